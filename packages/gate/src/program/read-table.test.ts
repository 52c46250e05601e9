// Whatever is no table declares nothing.
import { expect, test } from "vitest";
import { longestTable, readTable } from "./read-table.ts";
import { testFeature, testTable } from "./test-table.ts";

const table = testTable(testFeature("news", { off: "lab disable news" }), testFeature("updates", { within: "news" }));

test("a table is read as it was written", () => {
  expect(readTable(JSON.stringify(table))).toEqual(table);
});

test.each([
  ["no JSON", "{"],
  ["a list", "[]"],
  ["nothing", "null"],
  ["no features", JSON.stringify({ ...table, features: undefined })],
  ["a feature that is a word", JSON.stringify({ ...table, features: ["news"] })],
  ["a feature twice", JSON.stringify({ ...table, features: [table.features[0], table.features[0]] })],
  ["hosts that are no list", JSON.stringify(table).replace('["news.example"]', '"news.example"')],
  ["a host that is a number", JSON.stringify(table).replace('["news.example"]', "[1]")],
  ["a feature without declaration", JSON.stringify(table).replace('"declaration":', '"declared":')],
  ["a parent that is no word", JSON.stringify(table).replace('"within":"news"', '"within":{}')],
  ["too long a text", `${JSON.stringify(table)}${" ".repeat(longestTable)}`],
])("%s is no table", (_what, text) => {
  expect(readTable(text)).toBeUndefined();
});
