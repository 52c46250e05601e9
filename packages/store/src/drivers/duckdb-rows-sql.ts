// The rows a question looks at, of every day it touches, as common table expressions.
import type { DimensionColumn, EventDetail, Question, QuestionDimension } from "../contract.ts";
import { numberLimit } from "../event-row-check.ts";
import { isEventDetail } from "../question/dimension-kind.ts";
import type { Permitted } from "../question/permitted.ts";
import { isTimeDimension } from "../question/time-bucket.ts";
import { eventColumn, numberSql, textSql } from "./duckdb-expressions.ts";
import { goalSql } from "./duckdb-plan.ts";

/** A day file that is attached: its name in SQL and what its table has. */
export interface AttachedDay {
  readonly alias: string;
  readonly dimensions: ReadonlySet<string>;
  readonly columns: readonly string[];
}

/** A day as one question may look at it. */
export interface AskedDay {
  readonly file: AttachedDay;
  /** Only rows held under one of these; absent where every row of the site may be looked at. */
  readonly only?: readonly Permitted[];
}

export interface RowsAsked {
  readonly question: Question;
  readonly named: readonly QuestionDimension[];
  readonly needsEntries: boolean;
  readonly needsVisits: boolean;
}

/**
 * Rows of every day, with numbers made unique across days: 48 bits of their own and the day's place above them. What is
 * said of a day is planned once for each; what can be said of all of them is said after they are put together.
 */
export function rowsSql(
  { question, named, needsEntries, needsVisits }: RowsAsked,
  days: readonly AskedDay[],
): string[] {
  const columns = columnsOf(named, question);
  const details = named.filter(isEventDetail);
  const asksProps = details.some((one) => one.startsWith("prop:"));
  const ofDay = (day: AskedDay, index: number): string => {
    const { dimensions, columns: held } = day.file;
    const selected = [
      ...always(index),
      "name",
      ...(needsEntries ? ["interactive"] : []),
      ...(needsVisits ? ["rowid"] : []),
      ...columns.map((column) => (dimensions.has(column) ? column : `NULL::VARCHAR AS ${column}`)),
      ...(asksProps ? [held.includes("props") ? "props" : "NULL::MAP(VARCHAR, VARCHAR) AS props"] : []),
    ];
    return dayRowsSql(question, day, selected, "name <> 'engagement'");
  };
  const united = [
    ...everyRow(question),
    "name = 'pageview' AS is_pageview",
    ...(needsEntries ? ["interactive"] : []),
    ...(needsVisits ? [`("at"::BIGINT << 31) + rowid AS place`] : []),
    ...columns.map((column) => `coalesce(${column}, '') AS ${column}`),
    ...(details.length > 0 ? ["name AS event_name"] : []),
    ...details.filter((one) => one.startsWith("prop:")).map(propSql),
  ];
  const rows = [`u AS (${days.map(ofDay).join("\nUNION ALL ")})`, `r AS (SELECT ${united.join(", ")} FROM u)`];
  return question.dimensions.includes("goal") ? [...rows, goalRowsSql(question)] : rows;
}

/** What engagement says of pages, in the same numbers. */
export function engagementSql({ question, named }: RowsAsked, days: readonly AskedDay[]): string[] {
  const columns = columnsOf(named, question).filter((column) => column === "page" || column === "hostname");
  const ofDay = (day: AskedDay, index: number): string => {
    const { dimensions, columns: held } = day.file;
    const selected = [
      ...always(index),
      ...["scroll_depth", "engaged_ms"].map((column) =>
        held.includes(column) ? `${column}::BIGINT AS ${column}` : `NULL::BIGINT AS ${column}`,
      ),
      ...columns.map((column) => (dimensions.has(column) ? column : `NULL::VARCHAR AS ${column}`)),
    ];
    return dayRowsSql(question, day, selected, "name = 'engagement'");
  };
  const united = [
    ...everyRow(question),
    "scroll_depth",
    "engaged_ms",
    ...columns.map((column) => `coalesce(${column}, '') AS ${column}`),
  ];
  return [`ue AS (${days.map(ofDay).join("\nUNION ALL ")})`, `re AS (SELECT ${united.join(", ")} FROM ue)`];
}

function always(index: number): readonly string[] {
  return [`${BigInt(index) * BigInt(numberLimit)}::UBIGINT AS above`, '"at"', "visitor", "visit"];
}

function everyRow({ from, until }: Question): readonly string[] {
  return [
    `"at"::BIGINT AS t`,
    "visitor + above AS visitor",
    "visit + above AS visit",
    `"at" >= ${numberSql(from)} AND "at" < ${numberSql(until)} AS inside`,
  ];
}

function dayRowsSql({ site }: Question, { file, only }: AskedDay, selected: readonly string[], which: string): string {
  const held = only === undefined ? "" : ` AND ${permittedSql(only)}`;
  return `SELECT ${selected.join(", ")} FROM ${file.alias}.events WHERE site = ${textSql(site)} AND ${which}${held}`;
}

/** Columns of the table that the dimensions are made of. */
function columnsOf(named: readonly QuestionDimension[], { goals = [] }: Question): readonly DimensionColumn[] {
  const columns = new Set<DimensionColumn>();
  for (const dimension of named) {
    if (isTimeDimension(dimension)) continue;
    if (dimension === "entry_page" || dimension === "exit_page") columns.add("page");
    else if (dimension === "entry_hostname" || dimension === "exit_hostname") columns.add("hostname");
    else if (!isEventDetail(dimension)) columns.add(dimension);
    else if (dimension === "goal" && goals.some((goal) => "page" in goal)) columns.add("page");
  }
  return [...columns];
}

function propSql(dimension: EventDetail): string {
  return `coalesce(props[${textSql(dimension.slice("prop:".length))}], '') AS ${eventColumn(dimension)}`;
}

/** A row for each goal an event meets, none for one that meets none. */
function goalRowsSql({ goals = [] }: Question): string {
  const met = goals.map((goal) => `CASE WHEN ${goalSql(goal)} THEN ${textSql(goal.label)} END`);
  const list = met.length === 0 ? "[]::VARCHAR[]" : `list_filter([${met.join(", ")}], lambda met: met IS NOT NULL)`;
  return `rg AS (SELECT *, unnest(${list}) AS goal FROM r)`;
}

/** Rows that may be looked at; none where nothing is permitted. */
export function permittedSql(only: readonly Permitted[]): string {
  const each = only.map(({ practice, version, since }) => {
    const from = since === undefined ? "" : ` AND "at" >= ${numberSql(since)}`;
    return `(version = ${textSql(version)} AND practice = ${textSql(practice)}${from})`;
  });
  return each.length === 0 ? "false" : `(${each.join(" OR ")})`;
}
