// Rows into a day's table: one text of all of them, which the database takes apart on a thread of its own.
import type { DuckDBConnection } from "@duckdb/node-api";
import { setImmediate } from "node:timers/promises";
import { type DimensionColumn, dimensionColumns } from "../contract.ts";
import { type Extras, type SpooledRow, readRow } from "../event-row-text.ts";
import type { DayFile } from "./duckdb-day-files.ts";
import { type HeldCounts, rowCounter } from "./held-counts.ts";

/** Rows as text, their fields and they themselves kept apart by words that stand in none of them. */
export interface RowsText {
  readonly text: string;
  readonly between: Separators;
  readonly dimensions: readonly DimensionColumn[];
  readonly extras: readonly (keyof Extras)[];
  /** Epoch seconds of the earliest and the latest. */
  readonly first: number;
  readonly last: number;
  /** How many rows of each site are held under what. */
  readonly held: HeldCounts;
}

interface Separators {
  readonly fields: string;
  readonly rows: string;
}

const always = ["site", "at", "visitor", "visit", "name", "interactive", "practice", "version"] as const;

/** Type of each in the table, and how it is read from its text. */
const extraColumns = {
  props: { type: "MAP(VARCHAR, VARCHAR)", read: (text: string) => `from_json(${text}, '"MAP(VARCHAR,VARCHAR)"')` },
  scroll_depth: { type: "UTINYINT", read: (text: string) => `${text}::UTINYINT` },
  engaged_ms: { type: "UINTEGER", read: (text: string) => `${text}::UINTEGER` },
} as const satisfies Record<keyof Extras, { readonly type: string; readonly read: (text: string) => string }>;
const extraNames = Object.keys(extraColumns) as readonly (keyof Extras)[];

/** Rows that are handled before whatever else waits for the main thread gets its turn: about a millisecond. */
const turnRows = 512;

/** `payloads` as they were spooled, of which there is at least one; `bytes` holds them all. */
export async function textOfRows(payloads: readonly Buffer[], bytes: Buffer): Promise<RowsText> {
  const rows: SpooledRow[] = [];
  const found = new Set<string>();
  const foundExtras = new Set<string>();
  const held: HeldCounts = new Map();
  const countRow = rowCounter(held);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const payload of payloads) {
    const row = readRow(payload);
    first = Math.min(first, row[1]);
    last = Math.max(last, row[1]);
    for (const column in row[8]) found.add(column);
    if (row[9] !== undefined) for (const column in row[9]) foundExtras.add(column);
    countRow(row[0], row[6], row[7]);
    if (rows.push(row) % turnRows === 0) await setImmediate();
  }
  const dimensions = dimensionColumns.filter((column) => found.has(column));
  const extras = extraNames.filter((column) => foundExtras.has(column));
  const between = separatorsFor(bytes);
  const lines: string[] = [];
  for (const row of rows) {
    if (lines.push(lineOf(row, dimensions, extras, between.fields)) % turnRows === 0) await setImmediate();
  }
  return { text: lines.join(between.rows), between, dimensions, extras, first, last, held };
}

/** Makes columns for dimensions that these rows are the first to have; others do not exist on disk. */
export async function addColumns(
  connection: DuckDBConnection,
  file: DayFile,
  { dimensions, extras }: Pick<RowsText, "dimensions" | "extras">,
): Promise<void> {
  for (const column of extras) {
    if (file.columns.includes(column)) continue;
    await connection.run(`ALTER TABLE ${file.alias}.events ADD COLUMN ${column} ${extraColumns[column].type}`);
    file.columns = [...file.columns, column];
  }
  for (const column of dimensions) {
    if (file.dimensions.has(column)) continue;
    await connection.run(`ALTER TABLE ${file.alias}.events ADD COLUMN ${column} VARCHAR`);
    file.columns = [...file.columns, column];
    file.dimensions.add(column);
  }
}

/** Within the caller's transaction. The order of the rows is kept. */
export async function insertRows(connection: DuckDBConnection, file: DayFile, rows: RowsText): Promise<void> {
  const values = [
    "f[1], f[2]::UINTEGER, f[3]::UBIGINT, f[4]::UBIGINT, f[5], f[6] = '1', f[7], f[8]",
    ...rows.dimensions.map((_, index) => `nullif(f[${index + 1 + always.length}], '')`),
    ...rows.extras.map((column, index) =>
      extraColumns[column].read(`nullif(f[${index + 1 + always.length + rows.dimensions.length}], '')`),
    ),
  ];
  const columns = [...always, ...rows.dimensions, ...rows.extras].map((column) => `"${column}"`);
  await connection.run(
    `INSERT INTO ${file.alias}.events (${columns.join(", ")}) SELECT ${values.join(", ")}
     FROM (SELECT string_split(unnest(string_split($1, $2)), $3) AS f)`,
    [rows.text, rows.between.rows, rows.between.fields],
  );
}

function lineOf(
  row: SpooledRow,
  dimensions: readonly DimensionColumn[],
  extras: readonly (keyof Extras)[],
  between: string,
): string {
  let line = `${row[0]}${between}${row[1]}${between}${row[2]}${between}${row[3]}${between}${row[4]}${between}${row[5]}${between}${row[6]}${between}${row[7]}`;
  const values = row[8];
  for (const column of dimensions) line += between + (values[column] ?? "");
  for (const column of extras) {
    const value = row[9]?.[column];
    line += between + (typeof value === "object" ? JSON.stringify(value) : (value ?? ""));
  }
  return line;
}

/**
 * A control character for the fields and another for the rows; where the rows hold it, with the first number that does not
 * follow it there. JSON writes control characters as `\u001f`, so that is what is looked for. INVARIANT: no part of such a word
 * is both its beginning and its end, so that it cannot arise where a text ends and a word begins.
 */
function separatorsFor(bytes: Buffer): Separators {
  return { fields: separator("\u001f", "\\u001f", bytes), rows: separator("\u001e", "\\u001e", bytes) };
}

function separator(character: string, written: string, bytes: Buffer): string {
  if (!bytes.includes(written)) return character;
  let number = 0;
  while (bytes.includes(`${written}${number}`)) number += 1;
  return `${character}${number}`;
}
