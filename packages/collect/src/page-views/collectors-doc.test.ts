// docs/reference/collectors.md names every step, drop reason, column with its terms and event key, and none besides.
// oxlint-disable-next-line no-restricted-imports -- a test reads the page it compares with
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { channels } from "./channel.ts";
import { columnTerms } from "./columns.ts";
import { eventKeys } from "./fields.ts";
import { dropReasons, steps } from "./steps.ts";

const doc = readFileSync(new URL("../../../../docs/reference/collectors.md", import.meta.url), "utf8");

/** The lines of a section, up to the next heading. */
function section(heading: string): readonly string[] {
  const body = doc.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`));
  return (body ?? "").split("\n");
}

/** Cells of each row of a section's table, without its head. */
function rows(heading: string): readonly (readonly string[])[] {
  const table = section(heading).filter((line) => line.startsWith("|"));
  return table.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const quoted = (cell: string | undefined): string[] =>
  [...(cell ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");

test("steps, in order, with the reasons each may drop with", () => {
  expect(rows("Steps").map(([name, , drops]) => [name, quoted(drops)])).toEqual(
    steps.map(({ name, drops }) => [name, [...drops]]),
  );
});

test("drop reasons", () => {
  const listed = section("Drop reasons")
    .filter((line) => line.startsWith("- "))
    .map((line) => quoted(line)[0]);
  expect(new Set(listed)).toEqual(new Set(dropReasons));
  expect(listed).toHaveLength(dropReasons.length);
});

test("columns with their terms", () => {
  const listed = rows("Columns").map(([column, terms]) => [quoted(column)[0], quoted(terms)]);
  expect(listed).toEqual(Object.entries(columnTerms).map(([column, terms]) => [column, [...terms]]));
});

test("fields with their keys", () => {
  const listed = rows("Fields of an event").map(([name, keys]) => [quoted(name)[0], quoted(keys)]);
  expect(listed).toEqual(Object.entries(eventKeys).map(([name, keys]) => [name, [...keys]]));
});

test("channels, in the order they are decided", () => {
  expect(rows("Channels").map(([name]) => quoted(name)[0])).toEqual([...channels]);
});
