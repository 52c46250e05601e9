// One question as a client of the stats API writes it, checked field by field; the message names the field.
import { type Filter, metrics as storedMetrics } from "@avow/store";
import { nearestWord } from "../http/nearest.ts";
import { Refusal } from "../http/refusal.ts";
import { shown } from "../http/shown.ts";
import { type DateRange, type Moment, readDateRange } from "./date-range.ts";
import { readFilters } from "./read-filters.ts";
import {
  type ApiMetric,
  type DimensionWord,
  type TimeWord,
  dimensionWord,
  fixedWords,
  isDetailWord,
  isRate,
  isTimeWord,
  pageMetrics,
  rateMetrics,
  revenueMetrics,
  visitMetrics,
} from "./words.ts";

/** What may be asked for. */
export const metricWords: readonly ApiMetric[] = [...storedMetrics, ...rateMetrics];

export const queryLimits = {
  metrics: storedMetrics.length + rateMetrics.length,
  dimensions: 6,
  rows: 10_000,
  offset: 1_000_000,
} as const;

export type OrderBy = readonly [by: ApiMetric | DimensionWord, direction: "asc" | "desc"];

/** A checked question in the client's words, `time` resolved and the order filled in. */
export interface ReadQuery {
  readonly metrics: readonly ApiMetric[];
  readonly range: DateRange;
  readonly dimensions: readonly DimensionWord[];
  /** As given, for the echo. */
  readonly filters: readonly unknown[];
  readonly filter?: Filter;
  readonly orderBy: readonly OrderBy[];
  readonly include: { readonly imports?: boolean; readonly time_labels?: boolean; readonly total_rows?: boolean };
  readonly limit: number;
  readonly offset: number;
}

/** Keys a query may have. `purpose` is only ever compared with the key's own. */
export const queryKeys = [
  "site_id",
  "metrics",
  "date_range",
  "dimensions",
  "filters",
  "order_by",
  "include",
  "pagination",
  "purpose",
] as const;

type Given = Readonly<Record<string, unknown>>;

/** @throws Refusal 400. */
export function readQuery(given: Given, moment: Moment): ReadQuery {
  for (const key of Object.keys(given))
    if (!queryKeys.some((known) => known === key)) throw unknown("key", "query", key, queryKeys);
  const metrics = readMetrics(given["metrics"]);
  const range = readDateRange(given["date_range"], moment);
  const dimensions = readDimensions(given["dimensions"], given["date_range"], range);
  const filter = readFilters(given["filters"]);
  checkTogether(metrics, dimensions, filter);
  const include = readInclude(given["include"], dimensions);
  return {
    metrics,
    range,
    dimensions,
    filters: (given["filters"] as readonly unknown[] | undefined) ?? [],
    ...(filter === undefined ? {} : { filter }),
    orderBy: readOrderBy(given["order_by"], metrics, dimensions),
    include,
    ...readPagination(given["pagination"]),
  };
}

function readMetrics(given: unknown): readonly ApiMetric[] {
  if (!Array.isArray(given) || given.length === 0) throw bad("metrics must be a list with at least one metric");
  const money = given.find((one: unknown) => typeof one === "string" && revenueMetrics.includes(one));
  if (money !== undefined) throw bad(`metrics: ${shown(money)} is not offered; amounts of money are not kept here`);
  const read = given.map(
    (one: unknown) =>
      metricWords.find((known) => known === one) ?? fail(unknown("metric", "metrics", one, metricWords)),
  );
  if (new Set(read).size < read.length) throw bad("metrics must not name one twice");
  return read;
}

function readDimensions(given: unknown, asked: unknown, range: DateRange): readonly DimensionWord[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw bad("dimensions must be a list");
  if (given.length > queryLimits.dimensions) throw bad(`dimensions: at most ${queryLimits.dimensions}`);
  const read = given.map((one: unknown): DimensionWord => {
    if (one === "time") return bucketOf(asked, range);
    return (
      dimensionWord(one) ?? fail(unknown("dimension", "dimensions", one, [...fixedWords, "event:props:NAME", "time"]))
    );
  });
  if (new Set(read).size < read.length) throw bad("dimensions must not name one twice");
  if (read.filter(isTimeWord).length > 1) throw bad("dimensions: only one may be of time");
  return read;
}

/** `time` alone: hours up to two days, days up to half a year, months beyond; a range in months gives months. */
function bucketOf(asked: unknown, range: DateRange): TimeWord {
  const days = (range.until - range.from) / 86_400;
  if (asked === "6mo" || asked === "12mo" || asked === "year" || days > 184) return "time:month";
  return days > 2 ? "time:day" : "time:hour";
}

function checkTogether(
  metrics: readonly ApiMetric[],
  dimensions: readonly DimensionWord[],
  filter: Filter | undefined,
): void {
  const whole = metrics.find((metric) => visitMetrics.has(metric));
  if (whole !== undefined && dimensions.includes("event:hostname") && !dimensions.includes("event:page")) {
    throw bad(`metrics: \`${whole}\` describes a visit and cannot be asked by \`event:hostname\` alone`);
  }
  const detail = dimensions.find(isDetailWord);
  const notOfEvents = metrics.find((metric) => visitMetrics.has(metric) || pageMetrics.has(metric));
  if (detail !== undefined && notOfEvents !== undefined) {
    throw bad(`metrics: \`${notOfEvents}\` cannot be asked by \`${detail}\`, which only an event has`);
  }
  const ofPage = metrics.find((metric) => pageMetrics.has(metric));
  if (ofPage !== undefined && !dimensions.includes("event:page") && !names(filter, "page")) {
    throw bad(`metrics: \`${ofPage}\` needs the dimension \`event:page\` or a filter on it`);
  }
  if (metrics.includes("percentage") && dimensions.length === 0) throw bad("metrics: `percentage` needs a dimension");
  const rate = metrics.find(isRate);
  if (rate === undefined) return;
  if (!dimensions.includes("event:goal") && !names(filter, "goal")) {
    throw bad(`metrics: \`${rate}\` needs the dimension \`event:goal\` or a filter on it`);
  }
  if (metrics.includes("group_conversion_rate") && dimensions.every((word) => word === "event:goal")) {
    throw bad("metrics: `group_conversion_rate` needs a dimension besides `event:goal`");
  }
}

/** Whether a condition on the dimension stands in the filter, at any depth. */
function names(filter: Filter | undefined, dimension: string): boolean {
  if (filter === undefined) return false;
  if ("dimension" in filter) return filter.dimension === dimension;
  if (filter.op === "and" || filter.op === "or") return filter.of.some((one) => names(one, dimension));
  return filter.op === "not" && names(filter.of, dimension);
}

function readOrderBy(
  given: unknown,
  metrics: readonly ApiMetric[],
  dimensions: readonly DimensionWord[],
): readonly OrderBy[] {
  if (given === undefined) {
    const time = dimensions.find(isTimeWord);
    const [first] = metrics;
    return [
      ...(time === undefined ? [] : [[time, "asc"] as const]),
      ...(first === undefined ? [] : [[first, "desc"] as const]),
    ];
  }
  if (!Array.isArray(given) || given.length > 20)
    throw bad('order_by must be a list of pairs like ["visitors", "desc"]');
  return given.map((pair: unknown): OrderBy => {
    const [by, direction, ...rest] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
    if (rest.length > 0 || (direction !== "asc" && direction !== "desc")) {
      throw bad('order_by must be a list of pairs like ["visitors", "desc"]');
    }
    const known = [...metrics, ...dimensions];
    const resolved = by === "time" ? dimensions.find(isTimeWord) : by;
    const found = known.find((word) => word === resolved);
    if (found === undefined) throw bad(`order_by: ${shown(by)} is in neither metrics nor dimensions`);
    return [found, direction];
  });
}

function readInclude(given: unknown, dimensions: readonly DimensionWord[]): ReadQuery["include"] {
  if (given === undefined) return {};
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw bad("include must be an object");
  const known = ["imports", "time_labels", "total_rows"];
  for (const [key, value] of Object.entries(given)) {
    if (!known.includes(key)) throw unknown("option", "include", key, known);
    if (typeof value !== "boolean") throw bad(`include.${key} must be true or false`);
  }
  const include = given as ReadQuery["include"];
  if (include.time_labels === true && !dimensions.some(isTimeWord)) {
    throw bad("include.time_labels needs a dimension of time");
  }
  return include;
}

function readPagination(given: unknown): { readonly limit: number; readonly offset: number } {
  if (given === undefined) return { limit: queryLimits.rows, offset: 0 };
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw bad("pagination must be an object");
  const { limit = queryLimits.rows, offset = 0, ...rest } = given as Given;
  const [extra] = Object.keys(rest);
  if (extra !== undefined) throw unknown("key", "pagination", extra, ["limit", "offset"]);
  return {
    limit: readCount(limit, "pagination.limit", 1, queryLimits.rows),
    offset: readCount(offset, "pagination.offset", 0, queryLimits.offset),
  };
}

function readCount(given: unknown, field: string, least: number, most: number): number {
  if (typeof given === "number" && Number.isInteger(given) && given >= least && given <= most) return given;
  throw bad(`${field} must be a whole number from ${least} to ${most}`);
}

function unknown(what: string, field: string, given: unknown, known: readonly string[]): Refusal {
  const nearest = typeof given === "string" ? nearestWord(given, known) : undefined;
  const help = nearest === undefined ? `known: ${known.join(", ")}` : `did you mean \`${nearest}\`?`;
  return bad(`${field}: unknown ${what} ${shown(given)}; ${help}`);
}

function bad(error: string): Refusal {
  return new Refusal(400, "bad-query", error);
}

function fail(refusal: Refusal): never {
  throw refusal;
}
