// The memory of answers: exact by place, and bounded however many ways of asking there are.
import { describe, expect, it } from "vitest";
import { emptyMemo, remember } from "./memo.ts";
import { makeDecision } from "./table.ts";

const at = { notice: "example", version: "1" };
const yes = makeDecision(true, "allowed", "logs", at);
const no = makeDecision(false, "undeclared data", undefined, at);

describe("remember", () => {
  it("gives each place its own decision and each decision one number", () => {
    const memo = emptyMemo();
    remember(memo, 0, 0, 4, yes);
    remember(memo, 0, 3, 4, no);
    remember(memo, 7, 0, 4, yes);
    expect(memo.planes[0]).toEqual(Uint16Array.of(1, 0, 0, 2));
    expect(memo.planes[7]).toEqual(Uint16Array.of(1, 0, 0, 0));
    expect(memo.decisions).toEqual([undefined, yes, no]);
  });

  it("forgets everything when full, and leaves out what would never fit", () => {
    const memo = emptyMemo();
    for (let plane = 0; plane < 20; plane += 1) {
      remember(memo, plane, 1, 1_000_000, yes);
      expect(memo.places).toBeLessThanOrEqual(4_194_304);
      expect(memo.planes[plane]?.[1]).toBe(1);
    }
    expect(memo.planes.filter((places) => places !== undefined)).toHaveLength(4);
    expect(remember(memo, 30, 0, 5_000_000, no)).toBe(no);
    expect(memo.planes[30]).toBeUndefined();
  });
});
