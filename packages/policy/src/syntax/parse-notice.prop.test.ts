// Reading a notice never throws and ends within a second, whatever the text.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleNotice } from "../testing/example-notice.ts";
import { parseNotice } from "./parse-notice.ts";

const mostMs = 1_000;
// oxlint-disable-next-line no-restricted-globals -- the test measures time; what it tests has no clock
const clock = performance;

function timed(text: string): { readonly ms: number; readonly isRead: boolean; readonly found: number } {
  const before = clock.now();
  const { notice, diagnostics } = parseNotice(text, "n.yaml");
  expect(notice === undefined).toBe(diagnostics.length > 0);
  for (const { span, code, path } of diagnostics) {
    expect(path).toBe("n.yaml");
    expect(code).not.toBe("unreadable");
    expect(span.line).toBeGreaterThanOrEqual(1);
    expect(span.column).toBeGreaterThanOrEqual(1);
  }
  return { ms: clock.now() - before, isRead: notice !== undefined, found: diagnostics.length };
}

const laughs = Array.from(
  { length: 30 },
  (_, index) =>
    `l${index}: &l${index} [${Array(10)
      .fill(`*l${Math.max(0, index - 1)}`)
      .join(",")}]`,
).join("\n");
const large = 999_000;
const fill = (unit: string): string => unit.repeat(Math.floor(large / unit.length));

describe("parseNotice", () => {
  it.each<[string, string]>([
    ["10 MB", "a: b\n".repeat(2_000_000)],
    ["billion laughs", laughs],
    ["opening brackets", fill("[")],
    ["opening braces", fill("{a: ")],
    ["dashes in a row", fill("- ")],
    ["question marks in a row", fill("? ")],
    ["one block deeper each line", Array.from({ length: 1_300 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
    ["lists one deeper each line", Array.from({ length: 1_300 }, (_, depth) => `${" ".repeat(depth)}-`).join("\n")],
    [
      "many keys",
      Array.from({ length: 100_000 }, (_, index) => `k${index}: v`)
        .join("\n")
        .slice(0, large),
    ],
    ["many unknown keys", Array.from({ length: 15_000 }, (_, index) => `practicez${index}: v`).join("\n")],
    ["many equal keys", fill("a: b\n")],
    ["many documents", fill("---\n")],
    ["many anchors", fill("- &a b\n")],
    ["many tags", fill("- !t b\n")],
    ["many merge keys", fill("<<: {}\n")],
    ["many remarks", fill("#\n")],
    ["many blank lines", fill("\n")],
    ["many spaces", fill(" ")],
    ["many tabs", fill("\t")],
    ["an open quote", `a: "${fill("x ")}`],
    ["an open quote of many lines", `a: "${fill("x\n")}`],
    ["a plain text of many lines", `a: ${fill("x\n ")}`],
    ["a folded text of many lines", `a: >\n${fill("  x\n")}`],
    ["a folded text of many indents", `a: >\n${fill("  x\n   y\n")}`],
    ["escapes", `a: "${fill("\\u0041")}"`],
    ["colons", fill(":")],
    ["commas in a list", `[${fill(",")}]`],
    ["one very long key", `${fill("x")}: y`],
    ["directives", fill("%A b\n")],
    ["lone surrogates", 'title: "\\ud800"\nnotice: \ud800'],
    ["many practices", `avow: 1\npractices:\n${fill("  - { id: a, from: b }\n")}`],
  ])("ends within a second on %s", (_, text) => {
    const { ms, isRead } = timed(text);
    expect(isRead).toBe(false);
    expect(ms).toBeLessThan(mostMs);
  });

  it("ends within a second on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3_000 }), (text) => timed(text).ms < mostMs),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it("ends within a second on YAML's own characters", () => {
    const unit = fc.constantFrom(
      "-",
      ":",
      "?",
      " ",
      "  ",
      "\n",
      "[",
      "]",
      "{",
      "}",
      ",",
      "&a",
      "*a",
      "!t",
      "|",
      ">",
      "'",
      '"',
      "%",
      "@",
      "`",
      "#",
      "a",
      "1e3",
      "<<",
      "---",
      "...",
      "\t",
      "\\",
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 400 }), (text) => timed(text).ms < mostMs),
      { numRuns: 3_000 },
    );
  }, 60_000);

  it("ends within a second on a damaged notice", () => {
    const damage = fc.array(
      fc.tuple(
        fc.nat({ max: exampleNotice.length }),
        fc.nat({ max: 30 }),
        fc.string({ unit: "grapheme", maxLength: 8 }),
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(damage, (cuts) => {
        let text = exampleNotice;
        for (const [at, length, insert] of cuts) text = text.slice(0, at) + insert + text.slice(at + length);
        return timed(text).ms < mostMs;
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});
