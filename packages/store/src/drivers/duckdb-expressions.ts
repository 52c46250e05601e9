// Dimensions, time buckets and filters as SQL expressions; users' text enters only through `textSql`.
import type { Filter, QuestionDimension } from "../contract.ts";
import { StoreValueError } from "../errors.ts";
import { type FilterDimension, isEventDimension } from "../question/dimension-kind.ts";
import { isTimeDimension, type TimeDimension } from "../question/time-bucket.ts";
import type { ZoneOffset } from "../question/zone-offsets.ts";

type Leaf = Extract<Filter, { readonly dimension: FilterDimension }>;

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

export function keySql(dimension: QuestionDimension, offsets: readonly ZoneOffset[], at: string): string {
  return isTimeDimension(dimension) ? bucketSql(dimension, localSql(offsets, at)) : columnSql(dimension);
}

function columnSql(dimension: FilterDimension): string {
  return isEventDimension(dimension) ? `"${dimension}"` : `v_${dimension}`;
}

/** The same expression asked of a visit as a whole: page and hostname are those it was entered by. */
export function entrySql(sql: string): string {
  return sql.replaceAll('"page"', "entered_page").replaceAll('"hostname"', "entered_hostname");
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

export function filterSql(filter: Filter): string {
  switch (filter.op) {
    case "and":
      return joinedSql(filter.of.map(filterSql), "AND", "true");
    case "or":
      return joinedSql(filter.of.map(filterSql), "OR", "false");
    case "not":
      return `NOT (${filterSql(filter.of)})`;
    case "is":
    case "is_not":
    case "contains":
    case "contains_not":
    case "matches":
    case "matches_not":
      return leafSql(filter);
    default:
      return filter satisfies never;
  }
}

function leafSql({ op, dimension, values, caseSensitive }: Leaf): string {
  const column = columnSql(dimension);
  const cased = caseSensitive ? column : `lower(${column})`;
  const casedSql = (value: string): string => textSql(caseSensitive ? value : value.toLowerCase());
  const any = (test: (value: string) => string): string => joinedSql(values.map(test), "OR", "false");
  switch (op) {
    case "is":
      return any((value) => `${cased} = ${casedSql(value)}`);
    case "is_not":
      return `NOT (${any((value) => `${cased} = ${casedSql(value)}`)})`;
    case "contains":
      return any((value) => `contains(${cased}, ${casedSql(value)})`);
    case "contains_not":
      return `NOT (${any((value) => `contains(${cased}, ${casedSql(value)})`)})`;
    case "matches":
      return any((value) => matchSql(column, textSql(value), caseSensitive));
    case "matches_not":
      return `NOT (${any((value) => matchSql(column, textSql(value), caseSensitive))})`;
    default:
      return op satisfies never;
  }
}

function matchSql(column: string, pattern: string, caseSensitive: boolean): string {
  return `regexp_matches(${column}, ${pattern}, ${caseSensitive ? "'c'" : "'i'"})`;
}

function joinedSql(parts: readonly string[], by: "AND" | "OR", none: string): string {
  return parts.length === 0 ? none : parts.map((part) => `(${part})`).join(` ${by} `);
}
