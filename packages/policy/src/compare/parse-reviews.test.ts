// Reviews are read whole or not at all: a name, a day and both hashes, or there is no review.
import { expect, it } from "vitest";
import { parseReviews } from "./parse-reviews.ts";
import { proseHash } from "./prose-hash.ts";

const [was, is] = [proseHash("We never count."), proseHash("We rarely count.")];
const whole = `{ clause: visits, old: ${was}, new: ${is}, by: "Ana Lee, counsel", on: 2026-11-20 }`;

it("reads who read which words of which clause, and when", () => {
  expect(parseReviews(`reviews:\n  - ${whole}\n`, "reviews.yaml")).toEqual({
    reviews: [{ clause: "visits", old: was, new: is, by: "Ana Lee, counsel", on: "2026-11-20" }],
    diagnostics: [],
  });
});

it.each([
  ["nobody", whole.replace(/ by: "[^"]*",/, ""), "missing-key"],
  ["no day", whole.replace("2026-11-20", "2026-11-31"), "bad-date"],
  ["a shortened hash", whole.replace(was, was.slice(0, 12)), "bad-value"],
  ["no old words", whole.replace(`old: ${was}, `, ""), "missing-key"],
  ["another key", whole.replace("by:", "says: fine, by:"), "unknown-key"],
  ["an anchor", whole.replace("{ clause", "&all { clause"), "anchor"],
])("gives no review of %s", (_what, text, code) => {
  const { reviews, diagnostics } = parseReviews(`reviews: [${text}]`, "reviews.yaml");
  expect(diagnostics.map((each) => each.code)).toEqual([code]);
  if (code !== "unknown-key" && code !== "anchor") expect(reviews).toEqual([]);
});

it("never throws, whatever the text", () => {
  for (const text of [
    "",
    "[",
    "reviews: no",
    "reviews: []",
    "\0",
    "- ".repeat(5000),
    "a: &a [*a, *a]",
    "reviews: [[[]]]",
  ])
    expect(parseReviews(text, "reviews.yaml").reviews).toEqual([]);
});
