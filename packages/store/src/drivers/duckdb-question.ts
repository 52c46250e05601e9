// A question as one SQL statement over the day files it touches; values enter only as parameters.
import type { DimensionColumn, Filter, Metric, Question, QuestionDimension } from "../contract.ts";
import { numberLimit } from "../event-row-check.ts";
import {
  asksOfVisits,
  dimensionsNamed,
  type EventDimension,
  type FilterDimension,
  isEventDimension,
  type VisitDimension,
} from "../question/dimension-kind.ts";
import { orderKeys } from "../question/order-groups.ts";
import { isTimeDimension, type TimeDimension } from "../question/time-bucket.ts";
import { type ZoneOffset, zoneOffsets } from "../question/zone-offsets.ts";

type Leaf = Extract<Filter, { readonly dimension: FilterDimension }>;

/** A day file that is attached: its name in SQL and the dimensions it has. */
export interface AttachedDay {
  readonly alias: string;
  readonly dimensions: ReadonlySet<string>;
}

export interface Statement {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * Columns of the result: each dimension, each metric, then how many rows there are in all.
 * `filter` must hold stored values (question/empty-label.ts).
 */
export function statementFor(question: Question, days: readonly AttachedDay[]): Statement {
  const values: (string | number)[] = [];
  const bind = (value: string | number): string => `$${values.push(value)}`;
  const offsets = zoneOffsets(question.timeZone, question.from, question.until);
  const needsEntries = asksOfVisits(question);
  const named = [...dimensionsNamed(question)];
  const ofVisit = named.filter((one): one is VisitDimension => !isTimeDimension(one) && !isEventDimension(one));
  const needsVisits = needsEntries || ofVisit.length > 0;
  const inRange = `t >= ${bind(question.from)} AND t < ${bind(question.until)}`;

  const keys = question.dimensions.map((dimension, index) => `${keySql(dimension, offsets, "t")} AS k${index}`);
  const group =
    question.dimensions.length === 0
      ? ""
      : ` GROUP BY ${question.dimensions.map((_, index) => `k${index}`).join(", ")}`;
  const parts = [`r AS (${rowsSql(question, days, named, needsVisits, needsEntries, bind)})`];
  if (needsVisits)
    parts.push(`v AS (${visitsSql(ofVisit, needsEntries ? named.filter(isEventDimension) : undefined, inRange)})`);
  const wanted = question.filter === undefined ? "true" : filterSql(question.filter, bind);
  const joined = needsVisits ? "r JOIN v USING (visit)" : "r";
  const events = `SELECT ${[...keys, "visitor", "visit", "name"].join(", ")} FROM ${joined} WHERE ${inRange} AND (${wanted})`;
  parts.push(`e AS (${events})`, `g AS (SELECT ${sumsSql(question)} FROM e${group})`);
  if (needsEntries) {
    const entryKeys = question.dimensions.map(
      (dimension, index) => `${entrySql(keySql(dimension, offsets, "first_asked"))} AS k${index}`,
    );
    const entryFilter = question.filter === undefined ? "true" : entrySql(filterSql(question.filter, bind));
    const entries =
      "count(*) AS entries, count(*) FILTER (interactive_events <= 1) AS bounces, sum(last_t - first_t) AS seconds, sum(pageviews) AS entry_pageviews";
    const from = `FROM v WHERE first_asked IS NOT NULL AND (${entryFilter})${group}`;
    parts.push(`s AS (SELECT ${[...entryKeys, entries].join(", ")} ${from})`);
  }
  return { sql: `WITH ${parts.join(",\n")}\n${resultSql(question, needsEntries, bind)}`, values };
}

/** Rows of every day, with numbers made unique across days: 48 bits of their own and the day's place above them. */
function rowsSql(
  question: Question,
  days: readonly AttachedDay[],
  named: readonly QuestionDimension[],
  needsVisits: boolean,
  needsEntries: boolean,
  bind: (value: string) => string,
): string {
  const site = bind(question.site);
  const columns = new Set<DimensionColumn>();
  for (const dimension of named) {
    if (isTimeDimension(dimension)) continue;
    columns.add(dimension === "entry_page" || dimension === "exit_page" ? "page" : dimension);
  }
  const ofDay = ({ alias, dimensions }: AttachedDay, index: number): string => {
    const above = String(BigInt(index) * BigInt(numberLimit));
    const selected = [
      `"at"::BIGINT AS t`,
      `visitor + ${above}::UBIGINT AS visitor`,
      `visit + ${above}::UBIGINT AS visit`,
      "name",
      ...(needsEntries ? ["interactive"] : []),
      ...(needsVisits ? [`("at"::BIGINT << 31) + rowid AS place`] : []),
      ...[...columns].map((column) =>
        dimensions.has(column) ? `coalesce(${column}, '') AS ${column}` : `'' AS ${column}`,
      ),
    ];
    return `SELECT ${selected.join(", ")} FROM ${alias}.events WHERE site = ${site} AND name <> 'engagement'`;
  };
  return days.map(ofDay).join("\nUNION ALL ");
}

/** Columns of a visit are called after their dimension with `v_` before it; those of its entry with `entered_`. */
function visitsSql(
  ofVisit: readonly VisitDimension[],
  ofEntry: readonly EventDimension[] | undefined,
  inRange: string,
): string {
  const pageview = "FILTER (name = 'pageview')";
  const frozen = ofVisit.map((dimension) => {
    if (dimension === "entry_page") return `coalesce(arg_min(page, place) ${pageview}, '') AS v_entry_page`;
    if (dimension === "exit_page") return `coalesce(arg_max(page, place) ${pageview}, '') AS v_exit_page`;
    return `arg_min(${dimension}, place) AS v_${dimension}`;
  });
  const entries = (ofEntry ?? []).map(
    (dimension) => `coalesce(arg_min(${dimension}, place) ${pageview}, '') AS entered_${dimension}`,
  );
  const whole = [
    "min(t) AS first_t",
    "max(t) AS last_t",
    "count(*) FILTER (interactive) AS interactive_events",
    "count(*) FILTER (name = 'pageview') AS pageviews",
    `min(t) FILTER (${inRange}) AS first_asked`,
  ];
  return `SELECT ${["visit", ...frozen, ...entries, ...(ofEntry === undefined ? [] : whole)].join(", ")} FROM r GROUP BY visit`;
}

function sumsSql(question: Question): string {
  const keys = question.dimensions.map((_, index) => `k${index}`);
  const asked = new Set<Metric>(question.metrics);
  const sums = [
    ...(asked.has("visitors") || asked.has("percentage") ? ["count(DISTINCT visitor) AS visitors"] : []),
    ...(asked.has("visits") ? ["count(DISTINCT visit) AS visits"] : []),
    "count(*) FILTER (name = 'pageview') AS pageviews",
    "count(*) AS events",
  ];
  return [...keys, ...sums].join(", ");
}

function resultSql(question: Question, needsEntries: boolean, bind: (value: number) => string): string {
  const isTotal = question.dimensions.length === 0;
  const on = question.dimensions.map((_, index) => `g.k${index} = s.k${index}`).join(" AND ") || "true";
  const from = needsEntries ? `g LEFT JOIN s ON ${on}` : "g";
  const columns = [
    ...question.dimensions.map((_, index) => `g.k${index} AS k${index}`),
    ...question.metrics.map((metric, index) => `${metricSql(metric, isTotal)} AS m${index}`),
    "(SELECT count(*) FROM g) AS rows_in_all",
  ];
  const order = orderKeys(question).map(({ kind, index, descending }) => {
    const direction = descending ? "DESC" : "ASC";
    return kind === "metric" ? `m${index} ${direction} NULLS LAST` : `k${index} ${direction}`;
  });
  const sorted = order.length === 0 ? "" : ` ORDER BY ${order.join(", ")}`;
  return `SELECT ${columns.join(", ")} FROM ${from}${sorted} LIMIT ${bind(question.limit)} OFFSET ${bind(question.offset)}`;
}

/** The arithmetic of question/metric-value.ts. */
function metricSql(metric: Metric, isTotal: boolean): string {
  const none = isTotal ? "0" : "NULL";
  const perVisit = (sql: string): string => `CASE WHEN coalesce(s.entries, 0) = 0 THEN ${none} ELSE ${sql} END`;
  switch (metric) {
    case "visitors":
    case "visits":
    case "pageviews":
    case "events":
      return `g.${metric}::DOUBLE`;
    case "views_per_visit":
      return perVisit("round(s.entry_pageviews::DOUBLE * 100 / s.entries) / 100");
    case "bounce_rate":
      return perVisit("round(s.bounces::DOUBLE * 100 / s.entries)");
    case "visit_duration":
      return perVisit("round(s.seconds::DOUBLE / s.entries)");
    case "percentage": {
      const all = "(SELECT count(DISTINCT visitor) FROM e)";
      return `CASE WHEN ${all} = 0 THEN 0 ELSE round(g.visitors::DOUBLE * 1000 / ${all}) / 10 END`;
    }
    default:
      return metric satisfies never;
  }
}

function keySql(dimension: QuestionDimension, offsets: readonly ZoneOffset[], at: string): string {
  return isTimeDimension(dimension) ? bucketSql(dimension, localSql(offsets, at)) : columnSql(dimension);
}

function columnSql(dimension: FilterDimension): string {
  return isEventDimension(dimension) ? `"${dimension}"` : `v_${dimension}`;
}

/** The same expression asked of a visit as a whole: page and hostname are those it was entered by. */
function entrySql(sql: string): string {
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

function filterSql(filter: Filter, bind: (value: string) => string): string {
  switch (filter.op) {
    case "and":
      return joinedSql(
        filter.of.map((one) => filterSql(one, bind)),
        "AND",
        "true",
      );
    case "or":
      return joinedSql(
        filter.of.map((one) => filterSql(one, bind)),
        "OR",
        "false",
      );
    case "not":
      return `NOT (${filterSql(filter.of, bind)})`;
    default:
      return leafSql(filter, bind);
  }
}

function leafSql({ op, dimension, values, caseSensitive }: Leaf, bind: (value: string) => string): string {
  const column = columnSql(dimension);
  const cased = caseSensitive ? column : `lower(${column})`;
  const bindCased = (value: string): string => bind(caseSensitive ? value : value.toLowerCase());
  const any = (test: (value: string) => string): string => joinedSql(values.map(test), "OR", "false");
  switch (op) {
    case "is":
      return any((value) => `${cased} = ${bindCased(value)}`);
    case "is_not":
      return `NOT (${any((value) => `${cased} = ${bindCased(value)}`)})`;
    case "contains":
      return any((value) => `contains(${cased}, ${bindCased(value)})`);
    case "contains_not":
      return `NOT (${any((value) => `contains(${cased}, ${bindCased(value)})`)})`;
    case "matches":
      return any((value) => matchSql(column, bind(value), caseSensitive));
    case "matches_not":
      return `NOT (${any((value) => matchSql(column, bind(value), caseSensitive))})`;
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
