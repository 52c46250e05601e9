// Rows into a day's table as column vectors, a few hundred at a time so that the main thread stays free between them.
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
} from "@duckdb/node-api";
import { setImmediate } from "node:timers/promises";
import { dimensionColumns, type EventRow } from "../contract.ts";
import type { DayFile } from "./duckdb-day-files.ts";

const chunkRows = 256;

const fixed: Readonly<Record<string, (row: EventRow) => DuckDBValue>> = {
  site: (row) => row.site,
  at: (row) => row.at,
  visitor: (row) => BigInt(row.visitor),
  visit: (row) => BigInt(row.visit),
  name: (row) => row.name,
  interactive: (row) => row.interactive,
  practice: (row) => row.practice,
  version: (row) => row.version,
};

/** Makes columns for dimensions that these rows are the first to have; others do not exist on disk. */
export async function addColumns(
  connection: DuckDBConnection,
  file: DayFile,
  rows: readonly EventRow[],
): Promise<void> {
  const needed = new Set(rows.flatMap((row) => Object.keys(row.dimensions)));
  for (const column of dimensionColumns) {
    if (!needed.has(column) || file.dimensions.has(column)) continue;
    await connection.run(`ALTER TABLE ${file.alias}.events ADD COLUMN ${column} VARCHAR`);
    file.columns = [...file.columns, column];
    file.dimensions.add(column);
  }
}

/** Within the caller's transaction: without one, an appender publishes as it goes. */
export async function appendRows(
  connection: DuckDBConnection,
  file: DayFile,
  rows: readonly EventRow[],
): Promise<void> {
  const appender = await connection.createAppender("events", "main", file.alias);
  try {
    const types = file.columns.map((_, index) => appender.columnType(index));
    for (let from = 0; from < rows.length; from += chunkRows) {
      appendChunk(appender, types, file.columns, rows.slice(from, from + chunkRows));
      await setImmediate();
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

function appendChunk(
  appender: DuckDBAppender,
  types: readonly DuckDBType[],
  columns: readonly string[],
  rows: readonly EventRow[],
): void {
  const chunk = DuckDBDataChunk.create(types, rows.length);
  chunk.setColumns(
    columns.map((column) => {
      const read = fixed[column] ?? ((row: EventRow): DuckDBValue => ofRow(row, column));
      return rows.map(read);
    }),
  );
  appender.appendDataChunk(chunk);
}

function ofRow({ dimensions }: EventRow, column: string): DuckDBValue {
  const known = dimensionColumns.find((one) => one === column);
  return known === undefined ? null : (dimensions[known] ?? null);
}
