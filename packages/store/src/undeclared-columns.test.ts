// PS14: a stored column that nobody declares is found, with what to do about it.
import { expect, it } from "vitest";
import { layout, recordsPractices } from "./layout.ts";
import { undeclaredColumns } from "./undeclared-columns.ts";

const page = { store: "events", table: "events", column: "page" };
const country = { store: "events", table: "events", column: "country" };
const at = { store: "events", table: "events", column: "at" };

function declaresPageAndDuration(kind: string, name: string): boolean {
  return kind === "data" && (name === "page" || name === "visit duration");
}

it("accepts what a notice declares and what says nothing about anybody", () => {
  const visitor = { store: "events", table: "events", column: "visitor" };
  expect(undeclaredColumns([page, at, visitor], declaresPageAndDuration)).toEqual([]);
});

it("names the column, what it holds and the term to declare", () => {
  const found = undeclaredColumns([page, country], (_, name) => name === "page");
  expect(found).toMatchObject([country]);
  expect(found[0]?.remedy).toContain("declare `country`");
  expect(undeclaredColumns([at], () => false)[0]?.remedy).toContain("`time of visit` or `visit duration`");
});

it("asks for the term of each column that a collector asks for, not for a neighbour's", () => {
  const termOf = { hostname: "page host", browser_version: "browser version", os_version: "operating system version" };
  for (const [name, term] of Object.entries(termOf)) {
    const column = { store: "events", table: "events", column: name };
    expect(undeclaredColumns([column], (_, declared) => declared === term)).toEqual([]);
    expect(undeclaredColumns([column], (_, declared) => declared !== term)).toHaveLength(1);
  }
  const source = { store: "events", table: "events", column: "source" };
  expect(undeclaredColumns([source], (_, declared) => declared === "referrer")).toEqual([]);
});

it("does not accept a practice of the same name as a term", () => {
  expect(undeclaredColumns([page], (kind) => kind === "practice")).toHaveLength(1);
});

it("asks Avow's own notice for every practice records are kept under", () => {
  for (const missing of recordsPractices) {
    const found = undeclaredColumns(layout, (kind, name) => kind === "data" || name !== missing);
    expect(found.length).toBeGreaterThan(0);
    for (const { remedy } of found) expect(remedy).toContain(`\`${missing}\``);
  }
});

it("offends at a column or table the layout does not know", () => {
  const unknown = [
    { store: "events", table: "events", column: "ip_address" },
    { store: "records", table: "people", column: "domain" },
    { store: "elsewhere", table: "events", column: "page" },
  ];
  const found = undeclaredColumns(unknown, () => true);
  expect(found.map(({ column }) => column)).toEqual(["ip_address", "domain", "page"]);
  expect(found[0]?.remedy).toContain("unknown to Avow");
});
