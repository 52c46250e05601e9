// A question as one SQL statement over the day files it touches.
import type { Metric, Question, QuestionDimension } from "../contract.ts";
import { numberLimit } from "../event-row-check.ts";
import { asksOfEngagement, asksOfVisits, isEventDimension } from "../question/dimension-kind.ts";
import { orderKeys } from "../question/order-groups.ts";
import { entryColumn, eventColumn, filterSql, keySql, numberSql, type Scope } from "./duckdb-expressions.ts";
import { entryScope, eventScope, type Plan, planOf, visitScope } from "./duckdb-plan.ts";
import { type AskedDay, engagementSql, rowsSql } from "./duckdb-rows-sql.ts";

export { type AskedDay, type AttachedDay, permittedSql, rowsSql } from "./duckdb-rows-sql.ts";

/** What the figures of a group are made of, in the order of the columns of a statement of sums. */
export const sumColumns = [
  "visitors",
  "visits",
  "pageviews",
  "events",
  "entries",
  "bounces",
  "seconds",
  "entry_pageviews",
  "people",
  "scroll_depths",
  "scrolled",
  "engaged_ms",
  "engaged",
] as const;
type SumColumn = (typeof sumColumns)[number];

interface Parts {
  /** Common table expressions. */
  readonly parts: readonly string[];
  readonly from: string;
}

/**
 * Columns of the result: each dimension, each metric, then how many rows there are in all.
 * `filter` must hold stored values (question/empty-label.ts).
 */
export function statementFor(question: Question, days: readonly AskedDay[]): string {
  const { parts, from } = partsFor(question, days, false);
  return `WITH ${parts.join(",\n")}\n${resultSql(question, from)}`;
}

/**
 * What the metrics of each day and group are made of: the day's place in the list, each dimension, then `sumColumns`;
 * at most `most` rows, in no order. Groups that only a visit's entry makes have no events.
 */
export function sumsStatementFor(question: Question, days: readonly AskedDay[], most: number): string {
  const { parts, from } = partsFor(question, days, true);
  const asked = question.metrics;
  const added: Readonly<Record<SumColumn, boolean>> = {
    visitors: asked.includes("visitors") || asked.includes("percentage"),
    visits: asked.includes("visits"),
    pageviews: true,
    events: true,
    entries: asksOfVisits(question),
    bounces: asksOfVisits(question),
    seconds: asksOfVisits(question),
    entry_pageviews: asksOfVisits(question),
    people: asked.includes("percentage"),
    scroll_depths: asksOfEngagement(question),
    scrolled: asksOfEngagement(question),
    engaged_ms: asksOfEngagement(question),
    engaged: asksOfEngagement(question),
  };
  const sums = sumColumns.map((sum) => (added[sum] ? `coalesce(${sum}, 0)::DOUBLE` : "0::DOUBLE"));
  const columns = [...keyNames(question, true), ...sums].join(", ");
  return `WITH ${parts.join(",\n")}\nSELECT ${columns} FROM ${from} LIMIT ${numberSql(most)}`;
}

function partsFor(question: Question, days: readonly AskedDay[], isByDay: boolean): Parts {
  const plan = planOf(question, isByDay);
  const { isOfVisits, needsEntries, needsEngagement } = plan;
  const rows = needsEngagement ? [...rowsSql(plan, days), ...engagementSql(plan, days)] : rowsSql(plan, days);
  // A question of visits alone needs no join: their events are counted where the visits are put together.
  const parts = [...rows, ...(isOfVisits ? byVisit(plan) : byEvent(plan))];
  const beside = [...(needsEntries && !isOfVisits ? ["s"] : []), ...(needsEngagement ? ["c"] : [])];
  const using = keyNames(question, true).join(", ");
  const join = (part: string): string =>
    isByDay ? `FULL JOIN ${part} USING (${using})` : `LEFT JOIN ${part} ON ${sameKeys(question, part)}`;
  const from = ["g", ...beside.map(join)].join(" ");
  if (!question.metrics.includes("percentage")) return { parts, from };
  const day = isByDay ? { column: "d, ", group: " GROUP BY d", join: "LEFT JOIN everyone USING (d)" } : undefined;
  const everyone = `everyone AS (SELECT ${day?.column ?? ""}count(DISTINCT visitor) AS people FROM e${day?.group ?? ""})`;
  return { parts: [...parts, everyone], from: `${from} ${day?.join ?? "CROSS JOIN everyone"}` };
}

const entrySums = `count(*) AS entries, count(*) FILTER (interactive_events <= 1) AS bounces, sum(last_t - first_t) AS seconds,
  sum(pageviews) AS entry_pageviews`;

/** Every figure from one row a visit. */
function byVisit(plan: Plan): readonly string[] {
  const { question, offsets, needsEntries, isByDay } = plan;
  const asked = [
    "max(visitor) AS visitor",
    "count(*) FILTER (inside) AS events_asked",
    "count(*) FILTER (inside AND is_pageview) AS pageviews_asked",
    ...(needsEntries ? wholeVisit : []),
  ];
  const visits = `SELECT ${["visit", ...ofVisitsSql(plan), ...asked].join(", ")} FROM r GROUP BY visit`;
  const keys = keysSql(question, isByDay, (dimension) => keySql(dimension, offsets, "t", eventColumn));
  const sums = [
    "count(*) AS visits",
    "coalesce(sum(pageviews_asked), 0) AS pageviews",
    "coalesce(sum(events_asked), 0) AS events",
    ...(needsEntries ? [entrySums] : []),
  ];
  const wanted = wantedSql(question, visitScope(plan.done, eventColumn));
  return [
    `v AS (${visits})`,
    `e AS (SELECT ${[...keys, "*"].join(", ")} FROM v WHERE events_asked > 0 AND (${wanted}))`,
    `g AS (SELECT ${[...keyNames(question, isByDay), ...visitorsSql(question), ...sums].join(", ")} FROM e${groupSql(question, isByDay)})`,
  ];
}

/** Figures of events from the events, those of visits joined to them by the group their entry puts them in. */
function byEvent(plan: Plan): readonly string[] {
  const { question, offsets, named, needsEntries, needsVisits, needsEngagement, joinsVisits, done, isByDay } = plan;
  const keys = keysSql(question, isByDay, (dimension) => keySql(dimension, offsets, "t", eventColumn));
  const rows = question.dimensions.includes("goal") ? "rg" : "r";
  const from = joinsVisits ? `${rows} JOIN v USING (visit)` : rows;
  const sums = [
    ...(question.metrics.includes("visits") ? ["count(DISTINCT visit) AS visits"] : []),
    "count(*) FILTER (is_pageview) AS pageviews",
    "count(*) AS events",
  ];
  const wanted = wantedSql(question, eventScope(question, done));
  const parts = [
    `e AS (SELECT ${[...keys, "visitor", "visit", "is_pageview"].join(", ")} FROM ${from} WHERE inside AND (${wanted}))`,
    `g AS (SELECT ${[...keyNames(question, isByDay), ...visitorsSql(question), ...sums].join(", ")} FROM e${groupSql(question, isByDay)})`,
  ];
  if (!needsVisits) return parts;
  const entered = named
    .filter(isEventDimension)
    .map((dimension) => `coalesce(arg_min(${dimension}, place) ${pageview}, '') AS entered_${dimension}`);
  const whole = needsEntries ? [...entered, ...wholeVisit, "min(t) FILTER (inside) AS first_asked"] : [];
  const visits = `v AS (SELECT ${["visit", ...ofVisitsSql(plan), ...whole].join(", ")} FROM r GROUP BY visit)`;
  const withVisits = [visits, ...parts, ...(needsEntries ? [entriesSql(plan)] : [])];
  return needsEngagement ? [...withVisits, ...engagementSums(plan)] : withVisits;
}

function entriesSql({ question, offsets, done, isByDay }: Plan): string {
  const keys = keysSql(question, isByDay, (dimension) => keySql(dimension, offsets, "first_asked", entryColumn));
  const wanted = wantedSql(question, entryScope(done));
  return `s AS (SELECT ${[...keys, entrySums].join(", ")} FROM v WHERE first_asked IS NOT NULL AND (${wanted})${groupSql(question, isByDay)})`;
}

/** Of each group: how deep each visitor saw, how long each visit looked; added up, with how many of them there are. */
function engagementSums({ question, offsets, done, isByDay }: Plan): readonly string[] {
  const keys = keysSql(question, isByDay, (dimension) => keySql(dimension, offsets, "t", eventColumn));
  const wanted = wantedSql(question, visitScope(done, eventColumn));
  const names = keyNames(question, isByDay);
  const each = (who: string, depth: string, ms: string): string => {
    const group = [...names, who].join(", ");
    return `SELECT ${[...names, `${depth} AS depth`, `${ms} AS ms`].join(", ")} FROM n GROUP BY ${group}`;
  };
  const both = `${each("visitor", "max(scroll_depth)", "NULL::HUGEINT")} UNION ALL ${each("visit", "NULL::BIGINT", "sum(engaged_ms)")}`;
  const sums = [
    "coalesce(sum(depth), 0) AS scroll_depths",
    "count(depth) AS scrolled",
    "coalesce(sum(ms), 0) AS engaged_ms",
    "count(ms) AS engaged",
  ];
  return [
    `n AS (SELECT ${[...keys, "visitor", "visit", "scroll_depth", "engaged_ms"].join(", ")} FROM re JOIN v USING (visit) WHERE inside AND (${wanted}))`,
    `c AS (SELECT ${[...names, ...sums].join(", ")} FROM (${both})${groupSql(question, isByDay)})`,
  ];
}

const pageview = "FILTER (is_pageview)";
const wholeVisit = [
  "min(t) AS first_t",
  "max(t) AS last_t",
  "count(*) FILTER (interactive) AS interactive_events",
  "count(*) FILTER (is_pageview) AS pageviews",
];

/** Columns of a visit are called after their dimension with `v_` before it; those of its entry with `entered_`. */
function ofVisitsSql({ ofVisit, done }: Plan): readonly string[] {
  const frozen = ofVisit.map((dimension) => {
    const [, which, column] = /^(entry|exit)_(page|hostname)$/.exec(dimension) ?? [];
    if (which === undefined) return `arg_min(${dimension}, place) AS v_${dimension}`;
    return `coalesce(${which === "entry" ? "arg_min" : "arg_max"}(${column}, place) ${pageview}, '') AS v_${dimension}`;
  });
  return [...frozen, ...[...done].map(([name, { sql }]) => `coalesce(bool_or(inside AND (${sql})), false) AS ${name}`)];
}

function wantedSql({ filter }: Question, scope: Scope): string {
  return filter === undefined ? "true" : filterSql(filter, scope);
}

function visitorsSql({ metrics }: Question): readonly string[] {
  return metrics.includes("visitors") || metrics.includes("percentage") ? ["count(DISTINCT visitor) AS visitors"] : [];
}

function keysSql(
  { dimensions }: Question,
  isByDay: boolean,
  keyOf: (dimension: QuestionDimension) => string,
): readonly string[] {
  const keys = dimensions.map((dimension, index) => `${keyOf(dimension)} AS k${index}`);
  return isByDay ? [`visit // ${numberLimit} AS d`, ...keys] : keys;
}

function keyNames({ dimensions }: Question, isByDay: boolean): readonly string[] {
  const names = dimensions.map((_, index) => `k${index}`);
  return isByDay ? ["d", ...names] : names;
}

function groupSql(question: Question, isByDay: boolean): string {
  const names = keyNames(question, isByDay);
  return names.length === 0 ? "" : ` GROUP BY ${names.join(", ")}`;
}

function sameKeys(question: Question, part: string): string {
  return (
    keyNames(question, false)
      .map((key) => `g.${key} = ${part}.${key}`)
      .join(" AND ") || "true"
  );
}

function resultSql(question: Question, from: string): string {
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
  return `SELECT ${columns.join(", ")} FROM ${from}${sorted} LIMIT ${numberSql(question.limit)} OFFSET ${numberSql(question.offset)}`;
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
    case "percentage":
      return "CASE WHEN people = 0 THEN 0 ELSE round(g.visitors::DOUBLE * 1000 / people) / 10 END";
    case "scroll_depth":
      return "CASE WHEN coalesce(scrolled, 0) = 0 THEN NULL ELSE round(scroll_depths::DOUBLE / scrolled) END";
    case "time_on_page":
      return "CASE WHEN coalesce(engaged, 0) = 0 THEN NULL ELSE round(engaged_ms::DOUBLE / (engaged * 1000)) END";
    default:
      return metric satisfies never;
  }
}
