// The rows of a day that is being closed, once, in tables made for counting: texts as codes, one row a visit, one row a visit and page.
import type { DuckDBValue } from "@duckdb/node-api";
import type { CellKey } from "../closing/closed-record.ts";
import { type CellDimension, type ClosingOrder, type DimensionColumn, dimensionColumns } from "../contract.ts";
import { isEventDimension } from "../question/dimension-kind.ts";
import { zoneOffsets } from "../question/zone-offsets.ts";
import { keySql, textSql } from "./duckdb-expressions.ts";
import { type AttachedDay, rowsSql } from "./duckdb-question.ts";

/** Runs a statement on a connection of its own, when it is its turn. */
export type RunSql = (sql: string) => Promise<readonly (readonly DuckDBValue[])[]>;

export interface ClosingTables {
  readonly rows: number;
  readonly present: readonly CellDimension[];
  readonly onePerVisit: readonly CellDimension[];
  readonly onePerVisitor: readonly CellDimension[];
  /** Table of visits: one row for each value of these keys of events that a visit has; of no keys, one row a visit. */
  byVisit(keys: readonly CellKey[]): Promise<string>;
}

type Closed = Pick<ClosingOrder, "site" | "timeZone"> & { readonly firstHour: number };

/** What a visit is made of, besides its dimensions. */
const ofVisit = "count(*) AS events, count(*) FILTER (is_pageview) AS pageviews";

export function isOfEvents(key: CellKey): boolean {
  return key === "time:hour" || isEventDimension(key);
}

export function columnOf(key: CellKey): string {
  return key === "time:hour" ? "hour" : `d_${key}`;
}

/** Where a visit counts as a whole. */
export function enteredColumnOf(key: CellKey): string {
  return isOfEvents(key) ? `entered_${columnOf(key)}` : columnOf(key);
}

/** Text of a column of codes. */
export function decodedSql(key: CellDimension, code: string): string {
  return `enum_range(NULL::${typeOf(textColumnOf(key))})[${code} + 1]`;
}

function textColumnOf(dimension: CellDimension): DimensionColumn {
  return dimension === "entry_page" || dimension === "exit_page" ? "page" : dimension;
}

function typeOf(column: DimensionColumn): string {
  return `memory.main.closing_${column}`;
}

export async function makeClosingTables(run: RunSql, file: AttachedDay, closed: Closed): Promise<ClosingTables> {
  const { rows, columns } = await presentIn(run, file, closed.site);
  const derived: readonly CellDimension[] = columns.includes("page") ? ["entry_page", "exit_page"] : [];
  const present = [...columns, ...derived];
  await makeTypes(run, file, closed.site, columns);
  await run(eventsSql(file, closed, columns));
  await run(visitsSql(present));
  const onePerVisit = await singleIn(run, "closing_events", "visit", present.filter(isOfEvents));
  const ofEvents = await singleIn(run, "closing_events", "visitor", onePerVisit);
  const ofVisits = await singleIn(
    run,
    "closing_visits",
    "visitor",
    present.filter((key) => !isOfEvents(key)),
  );
  const made = new Map<string, string>([["", "closing_visits"]]);
  return {
    rows,
    present,
    onePerVisit: present.filter((key) => !isOfEvents(key) || onePerVisit.includes(key)),
    onePerVisitor: present.filter((key) => ofEvents.includes(key) || ofVisits.includes(key)),
    async byVisit(keys) {
      const name = keys.toSorted().join(" ");
      const known = made.get(name);
      if (known !== undefined) return known;
      const table = `closing_by_${made.size}`;
      await run(byVisitSql(table, keys, present));
      made.set(name, table);
      return table;
    },
  };
}

/** The texts' types outlive the connection; its tables do not. */
export async function dropTypes(run: RunSql): Promise<void> {
  for (const column of dimensionColumns) await run(`DROP TYPE IF EXISTS ${typeOf(column)}`);
}

async function presentIn(
  run: RunSql,
  file: AttachedDay,
  site: string,
): Promise<{ readonly rows: number; readonly columns: readonly DimensionColumn[] }> {
  const columns = dimensionColumns.filter((column) => file.dimensions.has(column));
  const counts = columns.map((column) => `count("${column}") FILTER (name <> 'engagement')`);
  const sql = `SELECT ${["count(*)", ...counts].join(", ")} FROM ${file.alias}.events WHERE site = ${textSql(site)}`;
  const [found = []] = await run(sql);
  return { rows: Number(found[0]), columns: columns.filter((_, index) => Number(found[index + 1]) > 0) };
}

/** Absence is code 0 in each. */
async function makeTypes(
  run: RunSql,
  { alias }: AttachedDay,
  site: string,
  columns: readonly DimensionColumn[],
): Promise<void> {
  await dropTypes(run);
  for (const column of columns) {
    const values = `SELECT DISTINCT "${column}" FROM ${alias}.events WHERE site = ${textSql(site)} AND "${column}" IS NOT NULL`;
    await run(
      `CREATE TYPE ${typeOf(column)} AS ENUM (SELECT value FROM (SELECT '' UNION ${values}) AS texts(value) ORDER BY value)`,
    );
  }
}

function eventsSql(
  file: AttachedDay,
  { site, timeZone, firstHour }: Closed,
  columns: readonly DimensionColumn[],
): string {
  const [from, until] = [0, 2 ** 32];
  const question = {
    site,
    permits: () => ({ allowed: true }),
    from,
    until,
    timeZone,
    metrics: [],
    dimensions: [],
    orderBy: [],
    limit: 0,
    offset: 0,
  };
  const near = (firstHour - 72) * 3600;
  const hour = keySql("time:hour", zoneOffsets(timeZone, near, near + 7 * 86_400), "t");
  const coded = columns.map((column) => `enum_code("${column}"::${typeOf(column)}) AS d_${column}`);
  const selected = ["t", "visitor", "visit", "is_pageview", "interactive", "place", `(${hour}) - ${firstHour} AS hour`];
  const parts = rowsSql({ question, named: columns, needsEntries: true, needsVisits: true }, [{ file }]);
  return `CREATE TEMP TABLE closing_events AS WITH ${parts.join(",\n")} SELECT ${[...selected, ...coded].join(", ")} FROM r`;
}

/** Frozen, and where they count as a whole, as question/visits.ts says. */
function visitsSql(present: readonly CellDimension[]): string {
  const pageview = "FILTER (is_pageview)";
  const dimensions = present.map((key) => {
    if (key === "entry_page") return `coalesce(arg_min(d_page, place) ${pageview}, 0) AS ${columnOf(key)}`;
    if (key === "exit_page") return `coalesce(arg_max(d_page, place) ${pageview}, 0) AS ${columnOf(key)}`;
    if (isOfEvents(key)) return `coalesce(arg_min(${columnOf(key)}, place) ${pageview}, 0) AS ${enteredColumnOf(key)}`;
    return `arg_min(${columnOf(key)}, place) AS ${columnOf(key)}`;
  });
  const whole = [
    "count(*) FILTER (interactive) <= 1 AS is_bounce",
    "max(t) - min(t) AS seconds",
    `arg_min(hour, t) AS ${enteredColumnOf("time:hour")}`,
  ];
  const visits = `SELECT ${["visit", "max(visitor) AS visitor", ofVisit, ...whole, ...dimensions].join(", ")} FROM closing_events GROUP BY visit`;
  return `CREATE TEMP TABLE closing_visits AS SELECT *, visit = min(visit) OVER (PARTITION BY visitor) AS is_first FROM (${visits})`;
}

/** `is_first`: the one row of a visitor among those of the same keys. */
function byVisitSql(table: string, keys: readonly CellKey[], present: readonly CellDimension[]): string {
  const columns = keys.map(columnOf);
  const rows = `SELECT ${[...columns, "visit", ofVisit].join(", ")} FROM closing_events GROUP BY ${[...columns, "visit"].join(", ")}`;
  const frozen = present.filter((key) => !isOfEvents(key)).map((key) => `v.${columnOf(key)}`);
  const selected = ["b.*", "v.visitor", ...frozen].join(", ");
  const first = `visit = min(visit) OVER (PARTITION BY ${[...columns, "visitor"].join(", ")}) AS is_first`;
  return `CREATE TEMP TABLE ${table} AS SELECT *, ${first} FROM (SELECT ${selected} FROM (${rows}) b JOIN closing_visits v ON b.visit = v.visit)`;
}

/** Those of which none of whoever (`visit`, `visitor`) has two values. */
async function singleIn(
  run: RunSql,
  table: string,
  who: "visit" | "visitor",
  keys: readonly CellDimension[],
): Promise<readonly CellDimension[]> {
  if (keys.length === 0) return [];
  const each = keys.map((key, index) => `min(${columnOf(key)}) = max(${columnOf(key)}) AS one_${index}`);
  const all = keys.map((_, index) => `coalesce(bool_and(one_${index}), true)`);
  const sql = `SELECT ${all.join(", ")} FROM (SELECT ${each.join(", ")} FROM ${table} GROUP BY ${who})`;
  const [found = []] = await run(sql);
  return keys.filter((_, index) => found[index] === true);
}
