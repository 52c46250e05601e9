// A comparison as people read it: text, a pull-request comment, a redline. Nothing of the notice is read as markup.
import { describe, expect, it } from "vitest";
import { compareNotices } from "../compare/compare-notices.ts";
import type { Side } from "../compare/side.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { markChanges, markedText } from "./comparison-marks.ts";
import { comparisonMarkdown } from "./comparison-markdown.ts";
import { comparisonRedline } from "./comparison-redline.ts";
import { redlineText } from "./comparison-redline-text.ts";
import { comparisonText } from "./comparison-text.ts";

function side(text: string): Side {
  const { notice, diagnostics } = parseNotice(text, "n.yaml");
  if (notice === undefined) throw new Error(diagnostics.map((each) => each.message).join("; "));
  return { notice, vocabulary: smallVocabulary };
}

const old = side(exampleNotice);
const head = { title: "PyPI Privacy Notice", notice: "pypi", old: "main", new: "this change" };
const after = (...edits: readonly (readonly [string, string])[]): Side =>
  side(edits.reduce((text, [from, to]) => text.replace(from, to), exampleNotice));
const faces = (next: Side): { text: string; markdown: string; redline: string } => {
  const comparison = compareNotices(old, next);
  const redline = comparisonRedline(old, next, comparison);
  return {
    text: comparisonText(comparison, head),
    markdown: comparisonMarkdown(comparison, head),
    redline: redlineText(redline, comparison, head),
  };
};

const longer = ["keep: 30 days, to: public", "keep: 90 days, to: public"] as const;

function practice(at: number): string {
  return `  - { id: spy-${at}, from: user, data: [user agent], form: raw, for: [statistics], when: always, basis: consent, keep: ${at + 1} days, to: [stripe] }\n`;
}

describe("every face", () => {
  it.each([
    ["equivalent", after()],
    ["more protective", after(["keep: 30 days, to: public", "keep: 7 days, to: public"])],
    ["less protective", after(longer)],
    ["incomparable", after(longer, ["when: opt-out", "when: opt-in"])],
  ])("says %s alone on its first line", (verdict, next) => {
    for (const face of Object.values(faces(next))) expect(face.split("\n")[0]).toBe(verdict);
  });

  it("carries the witness", () => {
    for (const face of Object.values(faces(after(longer)))) expect(face).toContain("kept 30 days → 90 days");
  });
});

describe("text", () => {
  it("names the nearest old practice of each change, and the line that records a review", () => {
    const { text } = faces(after(longer, ["We count visits, never visitors.", "We rarely count visitors."]));
    expect(text).toContain("\n  abuse: e-mail address → the public: kept 30 days → 90 days\n");
    expect(text).toContain("    nearest before: abuse: e-mail address → the public: sent from user");
    expect(text).toMatch(/- \{ clause: web-traffic, old: [0-9a-f]{64}, new: [0-9a-f]{64}, by: YOUR NAME/);
  });
});

describe("markdown", () => {
  it("lets nothing of the notice be markup, a link or a mention", () => {
    const hostile = "<img src=x> | **b** [a](http://e.example) @everyone `c` www.e.example & #1 ![i](x)";
    const next = after(["We count visits, never visitors.", hostile]);
    const { markdown } = faces({ ...next, notice: { ...next.notice, title: "T\n# H" } });
    expect(markdown).not.toMatch(/<img|[^\\]\*\*b|[^\\]\]\(|http:\/\/|@everyone|[^\\]`c|www\.|& |[^\\]#1|\n# H/);
    expect(markdown).toContain(
      String.raw`&lt;img src=x&gt; \| \*\*b\*\* \[a\]\(http:<!-- -->//e.example\) @<!-- -->everyone`,
    );
  });

  it("stays within what a comment may hold, and says what it left out", () => {
    const many = Array.from({ length: 150 }, (_, at) => practice(at)).join("");
    const ids = Array.from({ length: 150 }, (_, at) => `spy-${at}, `).join("");
    const next = after(["promises:\n", `${many}promises:\n`], ["[web-traffic", `[${ids}web-traffic`]);
    const { markdown } = faces(next);
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toMatch(/and \d+ more: see/);
  });
});

describe("redline", () => {
  it("sets old and new words and meaning under each other, with the verdict of each clause", () => {
    const next = after(longer, ["We count visits, never visitors.", "We rarely count visitors."]);
    const { redline } = faces(next);
    expect(redline).toMatch(
      /\d\.\d abuse: less protective\n {2}old meaning: .*\[-30-\] days.*\n {2}new meaning: .*\{\+90\+\} days/,
    );
    expect(redline).toMatch(
      /\d\.\d web-traffic: equivalent\n {2}meaning: From visitors .*\n {2}old words: We count \[-visits, never-\] visitors\.\n {2}new words: We \{\+rarely\+\} count visitors\.\n {2}not reviewed; /,
    );
    expect(redline).toContain("Signature:");
  });

  it("tells clauses that came and went, and gives each change to one clause or to the whole", () => {
    const next = after(
      [longer[0], longer[1]],
      ["id: abuse", "id: misuse"],
      ["abuse", "misuse"],
      ["covers: [pypi.org,", "covers: [pypi.org, other.org,"],
    );
    const comparison = compareNotices(old, next);
    const { clauses, whole } = comparisonRedline(old, next, comparison);
    const state = clauses.map((each) => [each.clause, each.old !== undefined, each.new !== undefined]);
    expect(state).toEqual(
      expect.arrayContaining([
        ["misuse", false, true],
        ["abuse", true, false],
      ]),
    );
    const told = new Set([...clauses.flatMap((each) => each.changes), ...whole.changes]);
    expect(told.size).toBe(comparison.changes.length);
    expect(whole.changes.map((each) => each.about)).toEqual(["covers", "covers"]);
  });
});

describe("marks", () => {
  it.each([
    ["a b c", "a x c", "a [-b-] c", "a {+x+} c"],
    ["a b", "a b", "a b", "a b"],
    ["", "new words", "", "{+new words+}"],
    ["never a b", "a b rarely", "[-never-] a b", "a b {+rarely+}"],
  ])("%s → %s", (was, is, oldText, newText) => {
    const marked = markChanges(was, is);
    expect([markedText(marked.old, ["[-", "-]"]), markedText(marked.new, ["{+", "+}"])]).toEqual([oldText, newText]);
  });

  it("ends on any length", () => {
    const long = "word ".repeat(100_000);
    expect(markChanges(long, `${long}more`).old[0]?.isChanged).toBe(true);
  });
});
