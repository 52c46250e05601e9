// The largest jointly permitted subset agrees with trying every subset.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { largestJoint } from "./largest-joint.ts";

const letters = Array.from("abcdefgh");
const family = fc.array(fc.subarray(letters), { maxLength: 5 });

function subsets(terms: readonly string[]): string[][] {
  return terms.reduce<string[][]>((all, term) => [...all, ...all.map((each) => [...each, term])], [[]]);
}

test("as large as the best of all subsets, permitted, and part of what was asked", () => {
  fc.assert(
    fc.property(family, fc.shuffledSubarray(letters), (practices, asked) => {
      const isPermitted = (together: readonly string[]) =>
        practices.some((practice) => together.every((term) => practice.includes(term)));
      const best = Math.max(
        0,
        ...subsets(asked)
          .filter((each) => each.length > 0 && isPermitted(each))
          .map((each) => each.length),
      );
      const kept = largestJoint(asked, isPermitted);
      expect(kept.length).toBe(best);
      if (kept.length > 0) expect(isPermitted(kept)).toBe(true);
      expect(asked).toEqual(expect.arrayContaining([...kept]));
    }),
    { numRuns: 2_000 },
  );
});

test("bans on pairs: permitted sets are closed downward, the largest is found", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...letters), fc.constantFrom(...letters)), { maxLength: 8 }),
      (bans) => {
        const isPermitted = (together: readonly string[]) =>
          !bans.some(([a, b]) => together.includes(a) && together.includes(b));
        const best = Math.max(
          0,
          ...subsets(letters)
            .filter(isPermitted)
            .map((each) => each.length),
        );
        expect(largestJoint(letters, isPermitted).length).toBe(best);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("the work is bounded however many terms a stranger asks for, and the answer is still permitted", () => {
  const many = Array.from({ length: 60 }, (_, n) => `t${n}`);
  let asked = 0;
  const kept = largestJoint(many, (together) => {
    asked += 1;
    return new Set(together.map((term) => Math.floor(Number(term.slice(1)) / 2))).size === together.length;
  });
  expect(asked).toBeLessThan(2_200);
  expect(kept.length).toBe(30);
});
