// A question as one SQL statement over the day files it touches.
import type { DimensionColumn, Metric, Question, QuestionDimension } from "../contract.ts";
import { numberLimit } from "../event-row-check.ts";
import { asksOfVisits, dimensionsNamed, isEventDimension, type VisitDimension } from "../question/dimension-kind.ts";
import { orderKeys } from "../question/order-groups.ts";
import { isTimeDimension } from "../question/time-bucket.ts";
import type { Permitted } from "../question/permitted.ts";
import { type ZoneOffset, zoneOffsets } from "../question/zone-offsets.ts";
import { entrySql, filterSql, keySql, numberSql, textSql } from "./duckdb-expressions.ts";

/** A day file that is attached: its name in SQL and the dimensions it has. */
export interface AttachedDay {
  readonly alias: string;
  readonly dimensions: ReadonlySet<string>;
}

/** A day as one question may look at it. */
export interface AskedDay {
  readonly file: AttachedDay;
  /** Only rows held under one of these; absent where every row of the site may be looked at. */
  readonly only?: readonly Permitted[];
}

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
] as const;
type SumColumn = (typeof sumColumns)[number];

interface Parts {
  /** Common table expressions. */
  readonly parts: readonly string[];
  readonly from: string;
}

/** Which rows the metrics of a question need added up; what it does not ask is not read. */
export interface Plan {
  readonly question: Question;
  readonly offsets: readonly ZoneOffset[];
  readonly named: readonly QuestionDimension[];
  readonly ofVisit: readonly VisitDimension[];
  readonly needsEntries: boolean;
  readonly needsVisits: boolean;
  /** Groups are those of a day; its place in the list is their first key, `d`. */
  readonly isByDay: boolean;
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
  };
  const sums = sumColumns.map((sum) => (added[sum] ? `coalesce(${sum}, 0)::DOUBLE` : "0::DOUBLE"));
  const columns = [...keyNames(question, true), ...sums].join(", ");
  return `WITH ${parts.join(",\n")}\nSELECT ${columns} FROM ${from} LIMIT ${numberSql(most)}`;
}

function partsFor(question: Question, days: readonly AskedDay[], isByDay: boolean): Parts {
  const offsets = zoneOffsets(question.timeZone, question.from, question.until);
  const named = [...dimensionsNamed(question)];
  const ofVisit = named.filter((one): one is VisitDimension => !isTimeDimension(one) && !isEventDimension(one));
  const needsEntries = asksOfVisits(question);
  const needsVisits = needsEntries || ofVisit.length > 0;
  const plan: Plan = { question, offsets, named, ofVisit, needsEntries, needsVisits, isByDay };
  // A question of visits alone needs no join: their events are counted where the visits are put together.
  const isOfVisits = ofVisit.length === named.length && needsVisits;
  const parts = [...rowsSql(plan, days), ...(isOfVisits ? byVisit(plan) : byEvent(plan))];
  const using = keyNames(question, true).join(", ");
  const joined = isByDay ? `g FULL JOIN s USING (${using})` : `g LEFT JOIN s ON ${sameKeys(question)}`;
  const from = needsEntries && !isOfVisits ? joined : "g";
  if (!question.metrics.includes("percentage")) return { parts, from };
  const day = isByDay ? { column: "d, ", group: " GROUP BY d", join: "LEFT JOIN everyone USING (d)" } : undefined;
  const everyone = `everyone AS (SELECT ${day?.column ?? ""}count(DISTINCT visitor) AS people FROM e${day?.group ?? ""})`;
  return { parts: [...parts, everyone], from: `${from} ${day?.join ?? "CROSS JOIN everyone"}` };
}

const entrySums = `count(*) AS entries, count(*) FILTER (interactive_events <= 1) AS bounces, sum(last_t - first_t) AS seconds,
  sum(pageviews) AS entry_pageviews`;

/** Every figure from one row a visit. */
function byVisit({ question, offsets, ofVisit, needsEntries, isByDay }: Plan): readonly string[] {
  const asked = [
    "max(visitor) AS visitor",
    "count(*) FILTER (inside) AS events_asked",
    "count(*) FILTER (inside AND is_pageview) AS pageviews_asked",
    ...(needsEntries ? wholeVisit : []),
  ];
  const visits = `SELECT ${["visit", ...frozenSql(ofVisit), ...asked].join(", ")} FROM r GROUP BY visit`;
  const keys = keysSql(question, isByDay, (dimension) => keySql(dimension, offsets, "t"));
  const sums = [
    "count(*) AS visits",
    "coalesce(sum(pageviews_asked), 0) AS pageviews",
    "coalesce(sum(events_asked), 0) AS events",
    ...(needsEntries ? [entrySums] : []),
  ];
  return [
    `v AS (${visits})`,
    `e AS (SELECT ${[...keys, "*"].join(", ")} FROM v WHERE events_asked > 0 AND (${wantedSql(question)}))`,
    `g AS (SELECT ${[...keyNames(question, isByDay), ...visitorsSql(question), ...sums].join(", ")} FROM e${groupSql(question, isByDay)})`,
  ];
}

/** Figures of events from the events, those of visits joined to them by the group their entry puts them in. */
function byEvent({ question, offsets, named, ofVisit, needsEntries, needsVisits, isByDay }: Plan): readonly string[] {
  const keys = keysSql(question, isByDay, (dimension) => keySql(dimension, offsets, "t"));
  const from = ofVisit.length > 0 ? "r JOIN v USING (visit)" : "r";
  const sums = [
    ...(question.metrics.includes("visits") ? ["count(DISTINCT visit) AS visits"] : []),
    "count(*) FILTER (is_pageview) AS pageviews",
    "count(*) AS events",
  ];
  const parts = [
    `e AS (SELECT ${[...keys, "visitor", "visit", "is_pageview"].join(", ")} FROM ${from} WHERE inside AND (${wantedSql(question)}))`,
    `g AS (SELECT ${[...keyNames(question, isByDay), ...visitorsSql(question), ...sums].join(", ")} FROM e${groupSql(question, isByDay)})`,
  ];
  if (!needsVisits) return parts;
  const entered = named
    .filter(isEventDimension)
    .map((dimension) => `coalesce(arg_min(${dimension}, place) ${pageview}, '') AS entered_${dimension}`);
  const whole = needsEntries ? [...entered, ...wholeVisit, "min(t) FILTER (inside) AS first_asked"] : [];
  const visits = `v AS (SELECT ${["visit", ...frozenSql(ofVisit), ...whole].join(", ")} FROM r GROUP BY visit)`;
  if (!needsEntries) return [visits, ...parts];
  const entryKeys = keysSql(question, isByDay, (dimension) => entrySql(keySql(dimension, offsets, "first_asked")));
  const entries = `SELECT ${[...entryKeys, entrySums].join(", ")} FROM v WHERE first_asked IS NOT NULL AND (${entrySql(wantedSql(question))})${groupSql(question, isByDay)}`;
  return [visits, ...parts, `s AS (${entries})`];
}

/**
 * Rows of every day, with numbers made unique across days: 48 bits of their own and the day's place above them. What is
 * said of a day is planned once for each; what can be said of all of them is said after they are put together.
 */
export function rowsSql(
  { question, named, needsEntries, needsVisits }: Omit<Plan, "offsets" | "ofVisit" | "isByDay">,
  days: readonly AskedDay[],
): string[] {
  const columns = new Set<DimensionColumn>();
  for (const dimension of named) {
    if (isTimeDimension(dimension)) continue;
    columns.add(dimension === "entry_page" || dimension === "exit_page" ? "page" : dimension);
  }
  const site = textSql(question.site);
  const ofDay = ({ file: { alias, dimensions }, only }: AskedDay, index: number): string => {
    const selected = [
      `${BigInt(index) * BigInt(numberLimit)}::UBIGINT AS above`,
      '"at"',
      "visitor",
      "visit",
      "name",
      ...(needsEntries ? ["interactive"] : []),
      ...(needsVisits ? ["rowid"] : []),
      ...[...columns].map((column) => (dimensions.has(column) ? column : `NULL::VARCHAR AS ${column}`)),
    ];
    const held = only === undefined ? "" : ` AND ${permittedSql(only)}`;
    return `SELECT ${selected.join(", ")} FROM ${alias}.events WHERE site = ${site} AND name <> 'engagement'${held}`;
  };
  const united = [
    `"at"::BIGINT AS t`,
    "visitor + above AS visitor",
    "visit + above AS visit",
    "name = 'pageview' AS is_pageview",
    `"at" >= ${numberSql(question.from)} AND "at" < ${numberSql(question.until)} AS inside`,
    ...(needsEntries ? ["interactive"] : []),
    ...(needsVisits ? [`("at"::BIGINT << 31) + rowid AS place`] : []),
    ...[...columns].map((column) => `coalesce(${column}, '') AS ${column}`),
  ];
  return [`u AS (${days.map(ofDay).join("\nUNION ALL ")})`, `r AS (SELECT ${united.join(", ")} FROM u)`];
}

/** Rows that may be looked at; none where nothing is permitted. */
export function permittedSql(only: readonly Permitted[]): string {
  const each = only.map(({ practice, version, since }) => {
    const from = since === undefined ? "" : ` AND "at" >= ${numberSql(since)}`;
    return `(version = ${textSql(version)} AND practice = ${textSql(practice)}${from})`;
  });
  return each.length === 0 ? "false" : `(${each.join(" OR ")})`;
}

const pageview = "FILTER (is_pageview)";
const wholeVisit = [
  "min(t) AS first_t",
  "max(t) AS last_t",
  "count(*) FILTER (interactive) AS interactive_events",
  "count(*) FILTER (is_pageview) AS pageviews",
];

/** Columns of a visit are called after their dimension with `v_` before it; those of its entry with `entered_`. */
function frozenSql(ofVisit: readonly VisitDimension[]): readonly string[] {
  return ofVisit.map((dimension) => {
    if (dimension === "entry_page") return `coalesce(arg_min(page, place) ${pageview}, '') AS v_entry_page`;
    if (dimension === "exit_page") return `coalesce(arg_max(page, place) ${pageview}, '') AS v_exit_page`;
    return `arg_min(${dimension}, place) AS v_${dimension}`;
  });
}

function wantedSql({ filter }: Question): string {
  return filter === undefined ? "true" : filterSql(filter);
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

function sameKeys(question: Question): string {
  return (
    keyNames(question, false)
      .map((key) => `g.${key} = s.${key}`)
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
    default:
      return metric satisfies never;
  }
}
