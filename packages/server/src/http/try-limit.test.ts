// Tries are limited per key and forgotten after the window.
import { expect, test } from "vitest";
import { TryLimit } from "./try-limit.ts";

test("a window lets its number through, then names the wait; others are not concerned", () => {
  const limit = new TryLimit(2, 60_000);
  expect([limit.take("a", 0), limit.take("a", 1000), limit.take("a", 2000)]).toEqual([0, 0, 58]);
  expect(limit.take("b", 2000)).toBe(0);
  expect(limit.take("a", 60_000)).toBe(0);
});

test("the table is bounded", () => {
  const limit = new TryLimit(1, 60_000);
  limit.take("first", 0);
  for (let n = 0; n < 10_000; n += 1) limit.take(`k${n}`, 0);
  expect(limit.take("first", 0)).toBe(0);
});
