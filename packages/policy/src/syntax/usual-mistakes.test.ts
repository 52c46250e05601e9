// What people write who see the language for the first time, and what they are told: where it is, and what to write instead.
import { expect, test } from "vitest";
import { checkNotice } from "../check/check-notice.ts";
import { formatDiagnostic } from "../format-diagnostic.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { parseNotice } from "./parse-notice.ts";

const told = (text: string): string[] => {
  const { notice, diagnostics } = parseNotice(text, "n");
  return (notice === undefined ? diagnostics : checkNotice(notice, { vocabulary: smallVocabulary })).map(
    formatDiagnostic,
  );
};

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split("\n").length;
}

test.each([
  ["a tab before a key", "    reads:", "\t    reads:", "a tab stands at the beginning of the line", "replace the tab"],
  ["a line a step too far left", "    reads:", "   reads:", "the text loses its shape here", "begin in one column"],
  [
    "a keep without a unit",
    "keep: 30 days, to: public",
    "keep: 30, to: public",
    "`30` is a number without a unit",
    "`30 days`",
  ],
  ["no one", "keep: 30 days, to: public", "keep: 30 days, to: no", "unknown recipient `no`", "did you mean `nobody`?"],
  [
    "all the world",
    "keep: 30 days, to: public",
    "keep: 30 days, to: everyone",
    "unknown recipient `everyone`",
    "did you mean `public`?",
  ],
  ["a time in words", "within: 30 days", "within: two weeks", "`two weeks` is no length of time", "`30 days`"],
  ["a time for ever", "within: 30 days", "within: without limit", "`without limit` is no length of time", "`30 days`"],
  [
    "an agreement by mail",
    "agreement: https://stripe.com/legal/dpa",
    'agreement: "mailto:a@b.example"',
    "is an address for mail, not a page",
    "https address",
  ],
])("%s", (_, from, to, message, help) => {
  const text = exampleNotice.replace(from, to);
  expect(text).not.toBe(exampleNotice);
  const all = told(text);
  expect(all.length).toBeGreaterThan(0);
  expect(all[0]).toContain(message);
  expect(all[0]).toContain(help);
  // One mistake is told once.
  expect(all).toHaveLength(1);
  expect([lineOf(text, to.trim()), lineOf(text, to.trim()) + 1]).toContain(Number(/^n:(\d+):/.exec(all[0] ?? "")?.[1]));
});

test("a text with a comma that is not in quotes", () => {
  const text = exampleNotice.replace(/words:[^]*$/, "words: { web-traffic: We count visits, never visitors. }\n");
  expect(told(text).join()).toContain(
    "`never visitors.` is the end of a text, not a clause\n  help: put a text with a comma in quotes",
  );
});

test("consent that nobody was asked for is a warning, and called one", () => {
  const text = exampleNotice.replace(
    "when: opt-out\n    basis: legitimate interest",
    "when: opt-out\n    basis: consent",
  );
  const other = exampleNotice.replace("basis: contract, keep: 1 year", "basis: consent, keep: 1 year");
  expect(told(text === exampleNotice ? other : text)).toEqual([
    expect.stringMatching(/^n:\d+:\d+: warning: consent-unasked: `\S+` rests on consent but happens with/),
  ]);
});
