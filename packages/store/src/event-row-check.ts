// What a row must be before any store takes it, so that every driver refuses the same and none fails later.
import { type DimensionColumn, dimensionColumns, type EventRow } from "./contract.ts";
import { StoreValueError } from "./errors.ts";

/** Longest text in bytes or so; a collector's own limits are lower. */
export const longestText = 16_384;
/** Visitor and visit numbers stay below it, so that one with its day fits 64 bits. */
export const numberLimit = 2 ** 48;

const columns: ReadonlySet<string> = new Set(dimensionColumns);

function isDimension(column: string): column is DimensionColumn {
  return columns.has(column);
}

/** The row with lone surrogates replaced and empty dimensions left out. @throws StoreValueError */
export function checkedRow(row: EventRow): EventRow {
  if (!isDay(row.day)) throw new StoreValueError("a row's day must be a date like 2026-11-20");
  checkNumber("time", row.at, 2 ** 32);
  checkNumber("visitor number", row.visitor, numberLimit);
  checkNumber("visit number", row.visit, numberLimit);
  if (row.site === "" || row.name === "") throw new StoreValueError("a row needs a site and a name");
  const dimensions: Record<string, string> = {};
  for (const column of Object.keys(row.dimensions)) {
    if (!isDimension(column)) throw new StoreValueError(`there is no dimension \`${column}\``);
    const value = row.dimensions[column];
    if (value !== "") dimensions[column] = text(value);
  }
  return {
    site: text(row.site),
    day: row.day,
    at: row.at,
    visitor: row.visitor,
    visit: row.visit,
    name: text(row.name),
    interactive: row.interactive,
    practice: text(row.practice),
    version: text(row.version),
    dimensions,
    ...checkedExtras(row),
  };
}

/** Properties of one row, and their names and values in characters; a collector's own limits are lower. */
const mostProps = 100;
/** Above it engagement is no measurement of anything. */
const longestEngagedMs = 30 * 86_400_000;

function checkedExtras({
  props,
  scrollDepth,
  engagedMs,
}: EventRow): Pick<EventRow, "props" | "scrollDepth" | "engagedMs"> {
  if (scrollDepth !== undefined) checkNumber("scroll depth", scrollDepth, 101);
  if (engagedMs !== undefined) checkNumber("engaged time", engagedMs, longestEngagedMs);
  const named = Object.entries(props ?? {});
  if (named.length > mostProps) throw new StoreValueError(`a row has at most ${mostProps} properties`);
  const kept = named.filter(([, value]) => value !== "").map(([key, value]) => [text(key), text(value)]);
  return {
    ...(kept.length === 0 ? {} : { props: Object.fromEntries(kept) as Record<string, string> }),
    ...(scrollDepth === undefined ? {} : { scrollDepth }),
    ...(engagedMs === undefined ? {} : { engagedMs }),
  };
}

/** The last day that was one: nearly every row is of today. */
let knownDay = "";

/** A real calendar day. */
export function isDay(day: string): boolean {
  if (day === knownDay) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(day)) return false;
  knownDay = day;
  return true;
}

function text(value: string | undefined): string {
  if (typeof value !== "string") throw new StoreValueError("a row's texts must be text");
  if (value.length > longestText) throw new StoreValueError(`a row holds a text longer than ${longestText} characters`);
  return value.toWellFormed();
}

function checkNumber(what: string, value: number, limit: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= limit) {
    throw new StoreValueError(`a row's ${what} must be a whole number from 0 and below ${limit}`);
  }
}
