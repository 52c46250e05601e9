// Visitors of ended days are forgotten by the clock.
import { afterEach, expect, test, vi } from "vitest";
import { startForgetting } from "./forget-visitors.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("ended days are dropped every minute, until it is stopped", () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-20T00:00:30Z") });
  const at: number[] = [];
  const stop = startForgetting({ dropEnded: (seconds) => void at.push(seconds) });
  vi.advanceTimersByTime(120_000);
  stop();
  vi.advanceTimersByTime(120_000);
  expect(at).toEqual([Date.parse("2026-11-20T00:01:30Z") / 1000, Date.parse("2026-11-20T00:02:30Z") / 1000]);
});
