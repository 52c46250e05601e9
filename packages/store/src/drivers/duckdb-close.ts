// Closes a day from its file: counts it shape by shape on a connection of its own, so that questions find their turns between.
import type { DuckDBConnection } from "@duckdb/node-api";
import { CellsWriter } from "../closing/cells-bytes.ts";
import { type CellKey, type ClosedHead, shapesToKeep } from "../closing/closed-record.ts";
import { dayBounds } from "../closing/day-bounds.ts";
import type { ClosingOrder } from "../contract.ts";
import { addedUp } from "../question/permitted.ts";
import { countShape, type ShapeSoFar, totalsOf } from "./duckdb-close-shape.ts";
import { dropTypes, isOfEvents, makeClosingTables, type RunSql } from "./duckdb-close-tables.ts";
import type { DayFile } from "./duckdb-day-files.ts";
import { ofSite } from "./held-counts.ts";
import type { Readers } from "./duckdb-readers.ts";

export interface CountedDay {
  readonly head: ClosedHead;
  readonly cells: CellsWriter;
}

/** The order's site has rows in the file, and gets no more while this runs. */
export async function closeFromFile(
  readers: Readers,
  connection: DuckDBConnection,
  file: DayFile,
  order: ClosingOrder,
  signal?: AbortSignal,
): Promise<CountedDay> {
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

async function recordOf(run: RunSql, file: DayFile, order: ClosingOrder): Promise<CountedDay> {
  const { site, day, timeZone, least, nowMs } = order;
  const { firstHour } = dayBounds(day, timeZone);
  const tables = await makeClosingTables(run, file, { site, timeZone, firstHour });
  const { rows, present, onePerVisit, onePerVisitor } = tables;
  const totals = await totalsOf(run);
  const isSmall = totals.visitors < least;
  const soFar: ShapeSoFar = { totals, alone: new Map(), texts: new Map() };
  const cells = new CellsWriter();
  cells.add({ keys: [], cells: [{ values: [], sums: totals }], folded: 0 });
  const isKept = (key: CellKey): boolean => key === "time:hour" || present.includes(key);
  const wanted = isSmall ? [] : shapesToKeep(order).filter((keys) => keys.length > 0 && keys.every(isKept));
  // A pair needs both its keys alone before it, and shapes of the same keys of events share a table.
  const inOrder = wanted.toSorted((a, b) => rank(a) - rank(b) || tableOf(a).localeCompare(tableOf(b)));
  for (const keys of inOrder) cells.add(await countShape(run, tables, keys, least, soFar));
  const holdings = addedUp(ofSite(file.held, site));
  const head: ClosedHead = {
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
  };
  return { head, cells };
}

/** Of visits alone, of one key of events, of two; in each the single ones first, because sorting keeps their order. */
function rank(keys: readonly CellKey[]): number {
  return keys.filter(isOfEvents).length;
}

function tableOf(keys: readonly CellKey[]): string {
  return keys.filter(isOfEvents).toSorted().join(" ");
}
