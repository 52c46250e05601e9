// Closes a day from its file: counts it shape by shape on a connection of its own, so that questions find their turns between.
import type { DuckDBConnection } from "@duckdb/node-api";
import { type CellKey, type ClosedRecord, type KeptShape, shapesToKeep } from "../closing/closed-record.ts";
import { dayBounds } from "../closing/day-bounds.ts";
import type { ClosingOrder } from "../contract.ts";
import { addedUp } from "../question/permitted.ts";
import { countShape, type ShapeSoFar, totalsOf } from "./duckdb-close-shape.ts";
import { dropTypes, makeClosingTables, type RunSql } from "./duckdb-close-tables.ts";
import type { DayFile } from "./duckdb-day-files.ts";
import { ofSite } from "./held-counts.ts";
import type { Readers } from "./duckdb-readers.ts";

/** The order's site has rows in the file, and gets no more while this runs. */
export async function closeFromFile(
  readers: Readers,
  connection: DuckDBConnection,
  file: DayFile,
  order: ClosingOrder,
  signal?: AbortSignal,
): Promise<ClosedRecord> {
  const run: RunSql = (sql) =>
    readers.turn(async () => {
      signal?.throwIfAborted();
      return (await connection.runAndReadAll(sql)).getRows();
    });
  try {
    return await recordOf(run, file, order);
  } finally {
    await readers.turn(() => dropTypes(async (sql) => (await connection.runAndReadAll(sql)).getRows()));
  }
}

async function recordOf(run: RunSql, file: DayFile, order: ClosingOrder): Promise<ClosedRecord> {
  const { site, day, timeZone, least, nowMs } = order;
  const { firstHour } = dayBounds(day, timeZone);
  const tables = await makeClosingTables(run, file, { site, timeZone, firstHour });
  const { rows, present, onePerVisit, onePerVisitor } = tables;
  const totals = await totalsOf(run);
  const isSmall = totals.visitors < least;
  const soFar: ShapeSoFar = { totals, alone: new Map(), texts: new Map() };
  const shapes: KeptShape[] = [{ keys: [], cells: [{ values: [], sums: totals }], folded: 0 }];
  const isKept = (key: CellKey): boolean => key === "time:hour" || present.includes(key);
  const wanted = isSmall ? [] : shapesToKeep(order).filter((keys) => keys.length > 0 && keys.every(isKept));
  for (const keys of wanted) shapes.push(await countShape(run, tables, keys, least, soFar));
  const holdings = addedUp(ofSite(file.held, site));
  return {
    site,
    day,
    timeZone,
    least,
    rows,
    holdings: holdings.map(({ practice, version }) => ({ practice, version })),
    present,
    onePerVisit,
    onePerVisitor,
    ...(isSmall ? { isSmall } : {}),
    ...(nowMs === undefined ? {} : { closedAtMs: nowMs }),
    shapes,
  };
}
