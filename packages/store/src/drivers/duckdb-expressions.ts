// Dimensions, time buckets and filters as SQL expressions; users' text enters only through `textSql`.
import type { EventDetail, Filter, QuestionDimension } from "../contract.ts";
import { StoreValueError } from "../errors.ts";
import {
  type FilterDimension,
  isEventDetail,
  isEventDimension,
  type Leaf,
  type VisitFilter,
} from "../question/dimension-kind.ts";
import { isTimeDimension, type TimeDimension } from "../question/time-bucket.ts";
import type { ZoneOffset } from "../question/zone-offsets.ts";

/**
 * Text as an SQL expression. What could mean anything to SQL is spelled in hexadecimal and folded to a constant before
 * planning. A parameter would be as safe, but DuckDB then plans a statement twice: once before it knows the value.
 */
export function textSql(text: string): string {
  if (/^[\w/. -]*$/.test(text)) return `'${text}'`;
  return `decode(unhex('${Buffer.from(text, "utf8").toString("hex")}'))`;
}

/** A whole number, towards zero. @throws StoreValueError */
export function numberSql(value: number): string {
  if (!Number.isFinite(value)) throw new StoreValueError("a question's times, limit and offset must be finite numbers");
  return String(BigInt(Math.trunc(value)));
}

/** How a condition sees what it is asked of: an event, a visit by its entry, or what engagement says of a page. */
export interface Scope {
  /** Of a dimension that has one value here. */
  readonly column: (dimension: FilterDimension) => string;
  /** Of what only events have. */
  readonly detail: (leaf: Leaf) => string;
  readonly done: (filter: VisitFilter) => string;
}

export function keySql(
  dimension: QuestionDimension,
  offsets: readonly ZoneOffset[],
  at: string,
  column: Scope["column"] = eventColumn,
): string {
  return isTimeDimension(dimension) ? bucketSql(dimension, localSql(offsets, at)) : column(dimension);
}

/** Of rows of events, and of visits joined to them. */
export function eventColumn(dimension: FilterDimension): string {
  if (isEventDimension(dimension)) return `"${dimension}"`;
  return isEventDetail(dimension) ? detailColumn(dimension) : `v_${dimension}`;
}

/** Page and hostname are those the visit was entered by. */
export function entryColumn(dimension: FilterDimension): string {
  return isEventDimension(dimension) ? `entered_${dimension}` : eventColumn(dimension);
}

/** A property's name may be anything, its column's name may not. */
function detailColumn(dimension: EventDetail): string {
  if (!dimension.startsWith("prop:")) return dimension;
  return `prop_${Buffer.from(dimension.slice("prop:".length), "utf8").toString("hex")}`;
}

function localSql(offsets: readonly ZoneOffset[], at: string): string {
  const later = offsets.slice(1).toReversed();
  const first = offsets[0]?.offset ?? 0;
  if (later.length === 0) return `(${at} + ${first})`;
  return `(${at} + CASE ${later.map(({ since, offset }) => `WHEN ${at} >= ${since} THEN ${offset}`).join(" ")} ELSE ${first} END)`;
}

function bucketSql(dimension: TimeDimension, local: string): string {
  const day = `(${local} // 86400)`;
  switch (dimension) {
    case "time:hour":
      return `${local} // 3600`;
    case "time:day":
      return day;
    case "time:week":
      return `${day} - (${day} + 3) % 7`;
    case "time:month":
      return `year(DATE '1970-01-01' + ${day}::INTEGER) * 12 + month(DATE '1970-01-01' + ${day}::INTEGER) - 1`;
    default:
      return dimension satisfies never;
  }
}

export function filterSql(filter: Filter, scope: Scope): string {
  switch (filter.op) {
    case "and":
      return joinedSql(
        filter.of.map((one) => filterSql(one, scope)),
        "AND",
        "true",
      );
    case "or":
      return joinedSql(
        filter.of.map((one) => filterSql(one, scope)),
        "OR",
        "false",
      );
    case "not":
      return `NOT (${filterSql(filter.of, scope)})`;
    case "has_done":
    case "has_not_done":
      return scope.done(filter);
    case "is":
    case "is_not":
    case "contains":
    case "contains_not":
    case "matches":
    case "matches_not":
      return isEventDetail(filter.dimension) ? scope.detail(filter) : leafSql(filter, scope.column(filter.dimension));
    default:
      return filter satisfies never;
  }
}

const positives = { is_not: "is", contains_not: "contains", matches_not: "matches" } as const;

/** The condition without its negation, and whether it had one. */
export function positiveOf(leaf: Leaf): { readonly leaf: Leaf; readonly isNegative: boolean } {
  switch (leaf.op) {
    case "is":
    case "contains":
    case "matches":
      return { leaf, isNegative: false };
    case "is_not":
    case "contains_not":
    case "matches_not":
      return { leaf: { ...leaf, op: positives[leaf.op] }, isNegative: true };
    default:
      return leaf.op satisfies never;
  }
}

/** A condition on whatever the expression `column` is. */
export function leafSql(given: Leaf, column: string): string {
  const { leaf, isNegative } = positiveOf(given);
  const { values, caseSensitive } = leaf;
  const cased = caseSensitive ? column : `lower(${column})`;
  const casedSql = (value: string): string => textSql(caseSensitive ? value : value.toLowerCase());
  const tests = values.map((value) => {
    if (leaf.op === "is") return `${cased} = ${casedSql(value)}`;
    if (leaf.op === "contains") return `contains(${cased}, ${casedSql(value)})`;
    return matchSql(column, textSql(value), caseSensitive);
  });
  const any = joinedSql(tests, "OR", "false");
  return isNegative ? `NOT (${any})` : any;
}

function matchSql(column: string, pattern: string, caseSensitive: boolean): string {
  return `regexp_matches(${column}, ${pattern}, ${caseSensitive ? "'c'" : "'i'"})`;
}

export function joinedSql(parts: readonly string[], by: "AND" | "OR", none: string): string {
  return parts.length === 0 ? none : parts.map((part) => `(${part})`).join(` ${by} `);
}
