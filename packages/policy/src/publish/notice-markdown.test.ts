// A notice as Markdown: whole, in order, and hostile prose stays prose.
import { expect, test } from "vitest";
import { compileNotice } from "../compile/compile-notice.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { noticeMarkdown } from "./notice-markdown.ts";

function page(text: string): string {
  return noticeMarkdown(compileNotice(parseNotice(text, "notice.yaml").notice!, { vocabulary: smallVocabulary }));
}

test("every clause stands on the page, under its heading and with its number", () => {
  const policy = compileNotice(parseNotice(exampleNotice, "notice.yaml").notice!, { vocabulary: smallVocabulary });
  const said = noticeMarkdown(policy);
  const at = policy.clauses.map(({ id, number }) => said.indexOf(`**${number}** \`${id}\``));
  expect(at.every((each) => each > 0)).toBe(true);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(said).toContain("Last updated: not published yet");
});

test("prose of a notice is no markup: no HTML, link, image, heading or address except https", () => {
  const hostile =
    "<script>alert(1)</script> [x](javascript:alert(1)) ![y](http://evil.example) `a` **b** www.evil.example";
  const said = page(exampleNotice.replace("We count visits, never visitors.", hostile));
  expect(said).toContain("alert(1)");
  expect(said).not.toMatch(/<script|(?<!\\)\]\(|http:\/\/|(?<!https:\/\/)www\.|\*\*b/);
});
