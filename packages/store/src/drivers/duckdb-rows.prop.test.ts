// Rows arrive in the day's table as they were appended, whatever their texts hold: separators, quotes, zeros, nothing.
import { DuckDBMapValue } from "@duckdb/node-api";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tempDir } from "../contract-suite/temp-dir.ts";
import type { EventRow } from "../contract.ts";
import { checkedRow } from "../event-row-check.ts";
import { writeRow } from "../event-row-text.ts";
import { DayFiles } from "./duckdb-day-files.ts";
import { addColumns, insertRows, textOfRows } from "./duckdb-rows.ts";

let files: DayFiles;
let remove: () => Promise<void>;
beforeAll(async () => {
  const made = await tempDir();
  remove = made.remove;
  files = await DayFiles.open(made.dir);
});
afterAll(async () => {
  await files.close();
  await remove();
});

const day = "2026-11-20";
/** Texts near the words that keep fields and rows apart. */
const awkward = fc.constantFrom("\u001f", "\u001e", "\u001f0", "\u001e0\u001f1", "\\u001f", "\u0000", "'\"\n,", "1");
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.array(awkward, { maxLength: 6 }).map((parts) => parts.join("")),
);
const number = fc.maxSafeNat().map((value) => value % 2 ** 48);
const rowOf = fc.record(
  {
    site: text.filter((value) => value !== ""),
    day: fc.constant(day),
    at: fc.nat(2 ** 32 - 1),
    visitor: number,
    visit: number,
    name: text.filter((value) => value !== ""),
    interactive: fc.boolean(),
    practice: text,
    version: text,
    dimensions: fc.record({ page: text, referrer: text, country: text }, { requiredKeys: [] }),
    props: fc.dictionary(text, text, { maxKeys: 4 }),
    scrollDepth: fc.nat(100),
    engagedMs: fc.nat(2_000_000_000),
  },
  {
    requiredKeys: ["site", "day", "at", "visitor", "visit", "name", "interactive", "practice", "version", "dimensions"],
  },
);

function extrasOf(found: Readonly<Record<string, unknown>>): Partial<EventRow> {
  const { props, scroll_depth: scrollDepth, engaged_ms: engagedMs } = found;
  const named = props instanceof DuckDBMapValue ? props.entries.map(({ key, value }) => [key, value]) : undefined;
  return {
    ...(named === undefined ? {} : { props: Object.fromEntries(named) as Record<string, string> }),
    ...(typeof scrollDepth === "number" ? { scrollDepth } : {}),
    ...(typeof engagedMs === "number" ? { engagedMs } : {}),
  };
}

test("are stored as they are, in their order", async () => {
  const file = await files.attach(day);
  await fc.assert(
    fc.asyncProperty(fc.array(rowOf, { minLength: 1, maxLength: 40 }), async (rows: readonly EventRow[]) => {
      const checked = rows.map(checkedRow);
      const payloads = checked.map((row) => Buffer.from(writeRow(row)));
      const made = await textOfRows(payloads, Buffer.concat(payloads));
      await addColumns(files.writer, file, made);
      await files.writer.run(`DELETE FROM ${file.alias}.events`);
      await insertRows(files.writer, file, made);
      const found = await files.writer.runAndReadAll(`SELECT * FROM ${file.alias}.events ORDER BY rowid`);
      const stored = found.getRowObjects().map((each) => ({
        site: each["site"],
        day,
        at: each["at"],
        visitor: Number(each["visitor"]),
        visit: Number(each["visit"]),
        name: each["name"],
        interactive: each["interactive"],
        practice: each["practice"],
        version: each["version"],
        dimensions: Object.fromEntries(
          ["page", "referrer", "country"].flatMap((column) => {
            const value = each[column];
            return value === null || value === undefined ? [] : [[column, value]];
          }),
        ),
        ...extrasOf(each),
      }));
      expect(stored).toEqual(checked);
      expect([made.first, made.last]).toEqual([
        Math.min(...checked.map(({ at }) => at)),
        Math.max(...checked.map(({ at }) => at)),
      ]);
    }),
    { numRuns: 60 },
  );
});
