// Patterns with `*`, against the same written as a regular expression.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern } from "./matches-pattern.ts";

test.each([
  ["/a", "/a", true],
  ["/a", "/ab", false],
  ["/a*", "/ab/c", true],
  ["*.example", "a.b.example", true],
  ["*.example", "example", false],
  ["*", "", true],
  ["ab*ba", "aba", false],
  ["a*b*c", "a1b2b3c", true],
  ["a.c", "abc", false],
])("%s and %s: %s", (pattern, text, does) => expect(matchesPattern(pattern, text)).toBe(does));

test("is what the regular expression of the same meaning says", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });
  fc.assert(
    fc.property(word, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 12 }), (pattern, text) => {
      expect(matchesPattern(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(text));
    }),
  );
});

test("a pattern made to backtrack ends at once", () => {
  expect(matchesPattern(`${"*a".repeat(5_000)}b`, "a".repeat(20_000))).toBe(false);
}, 500);
