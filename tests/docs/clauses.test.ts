// The coverage page is generated, complete, and claims nothing that is not there.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clauseTable, rows, states, tablePath } from "./clause-table.ts";

test("there are 46 promises, each with an id of its own", () => {
  expect(new Set(rows.map((row) => row.id)).size).toBe(46);
});

test("docs/reference/clauses.md is what `npm run clauses` writes", () => {
  expect(readFileSync(tablePath, "utf8")).toBe(clauseTable());
});

test.each(states())("$id is stated by a notice", (row) => {
  expect(row.stated).not.toEqual([]);
});

test.each(states())("$id is bound to more than the word of a person", (row) => {
  expect(row.stated.filter(({ kind }) => kind !== "attested")).not.toEqual([]);
});

test.each(states())("$id rests on an attestation only if a part of it is for people to keep, and then does", (row) => {
  const attested = row.stated.filter(({ kind }) => kind === "attested");
  expect(attested.length > 0, attested.map(({ says }) => says).join(", ")).toBe(row.people !== undefined);
});

test.each(states())("$id claims to be kept only with a mechanism that exists and an attack that names it", (row) => {
  if (row.missing !== undefined) expect(row.state).not.toBe("kept");
  else expect(row.state, "say in `missing` what is not built yet").toBe("kept");
});
