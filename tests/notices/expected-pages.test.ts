// The golden pages: what each shipped notice says to people, word for word; a change of the language or of a notice shows here.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { expectedPage, expectedPath, shippedIds } from "./expected-pages.ts";

test.each(shippedIds())(
  "notices/%s/expected.md is what the notice says (write it anew with `npm run expected`)",
  async (id) => {
    expect(readFileSync(expectedPath(id), "utf8")).toBe(await expectedPage(id));
  },
);
