// Any text is read as a form or told what is wrong with it; any form that is read is answered, `unknown` for words nobody knows.
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadNotice } from "../load-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { answerForm } from "./answer-form.ts";
import { answerMarkdown, answerText } from "./answer-text.ts";
import { parseForm, topics } from "./question-form.ts";

const { policy } = await loadNotice("pypi.yaml", () => exampleNotice, { vocabulary: smallVocabulary });
if (policy === undefined) throw new Error("the example notice is not sound");

test("any text has a form or diagnostics, never both and never a throw", () => {
  const lines = fc.constantFrom(
    "avow form: 1",
    "form: a",
    "title: T",
    "questions:",
    "  one: { asks: Q, about: holds, of: page }",
    "  one: &a [*a]",
    "questions: []",
    "\u0000",
    "? :",
    "<<: {}",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(lines, { maxLength: 8 }).map((each) => each.join("\n")),
      ),
      (text) => {
        const { form, diagnostics } = parseForm(text, "form.yaml");
        expect(form === undefined).toBe(diagnostics.length > 0);
      },
    ),
    { numRuns: 1000 },
  );
});

test("a topic with any word is answered, and never with a guess for a word nobody knows", () => {
  fc.assert(
    fc.property(fc.constantFrom(...topics), fc.stringMatching(/^zz[a-z_]{1,20}$/), (about, of) => {
      const form = { id: "f", title: "<b>|*", questions: [{ id: "q", asks: "<script>|`", about, of }] };
      const answer = answerForm(policy, form, smallVocabulary, "2026-11-20");
      if (answer.kind !== "answers") throw new Error("a vendor answers");
      const head = ["controller", "contact", "hosts", "version", "features"].includes(about);
      expect(answer.answers[0]?.answer === "unknown").toBe(!head);
      expect(answerMarkdown(answer)).not.toMatch(/<script|<b>/);
      expect(answerText(answer)).toContain("q: ");
    }),
  );
});

test("words of the language's own objects are no data, right or recipient", () => {
  for (const about of topics)
    for (const of of ["__proto__", "constructor", "toString"]) {
      const form = { id: "f", title: "t", questions: [{ id: "q", asks: "?", about, of }] };
      expect(() => answerForm(policy, form, smallVocabulary, "2026-11-20")).not.toThrow();
    }
});
