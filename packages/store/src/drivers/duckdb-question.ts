// A question as one SQL statement over the day files it touches; values enter only as parameters.
import type { DimensionColumn, Metric, Question, QuestionDimension } from "../contract.ts";
import { numberLimit } from "../event-row-check.ts";
import { asksOfVisits, dimensionsNamed, isEventDimension, type VisitDimension } from "../question/dimension-kind.ts";
import { orderKeys } from "../question/order-groups.ts";
import { isTimeDimension } from "../question/time-bucket.ts";
import { type ZoneOffset, zoneOffsets } from "../question/zone-offsets.ts";
import { entrySql, filterSql, keySql } from "./duckdb-expressions.ts";

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
  const named = [...dimensionsNamed(question)];
  const ofVisit = named.filter((one): one is VisitDimension => !isTimeDimension(one) && !isEventDimension(one));
  const plan: Plan = { question, offsets, named, ofVisit, needsEntries: asksOfVisits(question), bind };
  const inRange = `t >= ${bind(question.from)} AND t < ${bind(question.until)}`;
  // A question of visits alone needs no join: their events are counted where the visits are put together.
  const isOfVisits = ofVisit.length === named.length && (plan.needsEntries || ofVisit.length > 0);
  const needsVisits = plan.needsEntries || ofVisit.length > 0;
  const rows = `r AS (${rowsSql(plan, days, needsVisits)})`;
  const parts = isOfVisits ? byVisit(plan, inRange) : byEvent(plan, inRange, needsVisits);
  const from = plan.needsEntries && !isOfVisits ? `g LEFT JOIN s ON ${sameKeys(question)}` : "g";
  return { sql: `WITH ${[rows, ...parts].join(",\n")}\n${resultSql(question, from, bind)}`, values };
}

interface Plan {
  readonly question: Question;
  readonly offsets: readonly ZoneOffset[];
  readonly named: readonly QuestionDimension[];
  readonly ofVisit: readonly VisitDimension[];
  readonly needsEntries: boolean;
  readonly bind: (value: string | number) => string;
}

const entrySums = `count(*) AS entries, count(*) FILTER (interactive_events <= 1) AS bounces, sum(last_t - first_t) AS seconds,
  sum(pageviews) AS entry_pageviews`;

/** Every figure from one row a visit. */
function byVisit({ question, offsets, ofVisit, needsEntries, bind }: Plan, inRange: string): readonly string[] {
  const asked = [
    "any_value(visitor) AS visitor",
    `count(*) FILTER (${inRange}) AS events_asked`,
    `count(*) FILTER (name = 'pageview' AND ${inRange}) AS pageviews_asked`,
    ...(needsEntries ? wholeVisit : []),
  ];
  const visits = `SELECT ${["visit", ...frozenSql(ofVisit), ...asked].join(", ")} FROM r GROUP BY visit`;
  const keys = question.dimensions.map((dimension, index) => `${keySql(dimension, offsets, "t")} AS k${index}`);
  const wanted = question.filter === undefined ? "true" : filterSql(question.filter, bind);
  const sums = [
    "count(*) AS visits",
    "coalesce(sum(pageviews_asked), 0) AS pageviews",
    "coalesce(sum(events_asked), 0) AS events",
    ...(needsEntries ? [entrySums] : []),
  ];
  return [
    `v AS (${visits})`,
    `e AS (SELECT ${[...keys, "*"].join(", ")} FROM v WHERE events_asked > 0 AND (${wanted}))`,
    `g AS (SELECT ${[...keyNames(question), ...visitorsSql(question), ...sums].join(", ")} FROM e${groupSql(question)})`,
  ];
}

/** Figures of events from the events, those of visits joined to them by the group their entry puts them in. */
function byEvent(plan: Plan, inRange: string, needsVisits: boolean): readonly string[] {
  const { question, offsets, named, ofVisit, needsEntries, bind } = plan;
  const keys = question.dimensions.map((dimension, index) => `${keySql(dimension, offsets, "t")} AS k${index}`);
  const wanted = question.filter === undefined ? "true" : filterSql(question.filter, bind);
  const from = ofVisit.length > 0 ? "r JOIN v USING (visit)" : "r";
  const sums = [
    ...(question.metrics.includes("visits") ? ["count(DISTINCT visit) AS visits"] : []),
    "count(*) FILTER (name = 'pageview') AS pageviews",
    "count(*) AS events",
  ];
  const parts = [
    `e AS (SELECT ${[...keys, "visitor", "visit", "name"].join(", ")} FROM ${from} WHERE ${inRange} AND (${wanted}))`,
    `g AS (SELECT ${[...keyNames(question), ...visitorsSql(question), ...sums].join(", ")} FROM e${groupSql(question)})`,
  ];
  if (!needsVisits) return parts;
  const entered = named
    .filter(isEventDimension)
    .map((dimension) => `coalesce(arg_min(${dimension}, place) ${pageview}, '') AS entered_${dimension}`);
  const whole = needsEntries ? [...entered, ...wholeVisit, `min(t) FILTER (${inRange}) AS first_asked`] : [];
  const visits = `v AS (SELECT ${["visit", ...frozenSql(ofVisit), ...whole].join(", ")} FROM r GROUP BY visit)`;
  if (!needsEntries) return [visits, ...parts];
  const entryKeys = question.dimensions.map(
    (dimension, index) => `${entrySql(keySql(dimension, offsets, "first_asked"))} AS k${index}`,
  );
  const entryFilter = question.filter === undefined ? "true" : entrySql(filterSql(question.filter, bind));
  const entries = `SELECT ${[...entryKeys, entrySums].join(", ")} FROM v WHERE first_asked IS NOT NULL AND (${entryFilter})${groupSql(question)}`;
  return [visits, ...parts, `s AS (${entries})`];
}

/** Rows of every day, with numbers made unique across days: 48 bits of their own and the day's place above them. */
function rowsSql(
  { question, named, needsEntries, bind }: Plan,
  days: readonly AttachedDay[],
  needsVisits: boolean,
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

const pageview = "FILTER (name = 'pageview')";
const wholeVisit = [
  "min(t) AS first_t",
  "max(t) AS last_t",
  "count(*) FILTER (interactive) AS interactive_events",
  "count(*) FILTER (name = 'pageview') AS pageviews",
];

/** Columns of a visit are called after their dimension with `v_` before it; those of its entry with `entered_`. */
function frozenSql(ofVisit: readonly VisitDimension[]): readonly string[] {
  return ofVisit.map((dimension) => {
    if (dimension === "entry_page") return `coalesce(arg_min(page, place) ${pageview}, '') AS v_entry_page`;
    if (dimension === "exit_page") return `coalesce(arg_max(page, place) ${pageview}, '') AS v_exit_page`;
    return `arg_min(${dimension}, place) AS v_${dimension}`;
  });
}

function visitorsSql({ metrics }: Question): readonly string[] {
  return metrics.includes("visitors") || metrics.includes("percentage") ? ["count(DISTINCT visitor) AS visitors"] : [];
}

function keyNames({ dimensions }: Question): readonly string[] {
  return dimensions.map((_, index) => `k${index}`);
}

function groupSql(question: Question): string {
  return question.dimensions.length === 0 ? "" : ` GROUP BY ${keyNames(question).join(", ")}`;
}

function sameKeys(question: Question): string {
  return (
    keyNames(question)
      .map((key) => `g.${key} = s.${key}`)
      .join(" AND ") || "true"
  );
}

function resultSql(question: Question, from: string, bind: (value: number) => string): string {
  const isTotal = question.dimensions.length === 0;
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
  const perVisit = (sql: string): string => `CASE WHEN coalesce(entries, 0) = 0 THEN ${none} ELSE ${sql} END`;
  switch (metric) {
    case "visitors":
    case "visits":
    case "pageviews":
    case "events":
      return `g.${metric}::DOUBLE`;
    case "views_per_visit":
      return perVisit("round(entry_pageviews::DOUBLE * 100 / entries) / 100");
    case "bounce_rate":
      return perVisit("round(bounces::DOUBLE * 100 / entries)");
    case "visit_duration":
      return perVisit("round(seconds::DOUBLE / entries)");
    case "percentage": {
      const all = "(SELECT count(DISTINCT visitor) FROM e)";
      return `CASE WHEN ${all} = 0 THEN 0 ELSE round(g.visitors::DOUBLE * 1000 / ${all}) / 10 END`;
    }
    default:
      return metric satisfies never;
  }
}
