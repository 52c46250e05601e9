// The rows of a day that is being closed, once, in tables made for counting: texts as codes, one row a visit, one row a visit and page.
import type { DuckDBValue } from "@duckdb/node-api";
import type { CellKey } from "../closing/closed-record.ts";
import { type CellDimension, type ClosingOrder, type DimensionColumn, dimensionColumns } from "../contract.ts";
import { derivedOf } from "../closing/reduce-filter.ts";
import { isEventDimension } from "../question/dimension-kind.ts";
import { zoneOffsets } from "../question/zone-offsets.ts";
import { keySql, textSql } from "./duckdb-expressions.ts";
import { type AttachedDay, rowsSql } from "./duckdb-question.ts";

type TextColumn = DimensionColumn | "event_name";

/** Runs a statement on a connection of its own, when it is its turn. */
export type RunSql = (sql: string) => Promise<readonly (readonly DuckDBValue[])[]>;

export interface ClosingTables {
  readonly rows: number;
  readonly present: readonly CellDimension[];
  readonly onePerVisit: readonly CellDimension[];
  readonly onePerVisitor: readonly CellDimension[];
  /**
   * Table of visits: one row for each value of these keys of events that a visit has; of no keys, one row a visit. The last one
   * asked is kept, so ask for the same keys one after the other.
   */
  byVisit(keys: readonly CellKey[]): Promise<string>;
}

type Closed = Pick<ClosingOrder, "site" | "timeZone"> & { readonly firstHour: number };

/** What a visit is made of, besides its dimensions. */
const ofVisit = "count(*)::UINTEGER AS events, (count(*) FILTER (is_pageview))::UINTEGER AS pageviews";

export function isOfEvents(key: CellKey): boolean {
  return key === "time:hour" || key === "event_name" || isEventDimension(key);
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

/** Whose texts a dimension has. */
function textColumnOf(dimension: CellDimension): TextColumn {
  if (dimension === "entry_page" || dimension === "exit_page") return "page";
  return dimension === "entry_hostname" || dimension === "exit_hostname" ? "hostname" : dimension;
}

function typeOf(column: TextColumn): string {
  return `memory.main.closing_${column}`;
}

export async function makeClosingTables(run: RunSql, file: AttachedDay, closed: Closed): Promise<ClosingTables> {
  const { rows, columns } = await presentIn(run, file, closed.site);
  const present = [...columns, ...derivedOf(columns)];
  await makeTypes(run, file, closed.site, columns);
  await run(rowsCodedSql(file, closed, columns));
  await run(visitsSql(present));
  await run(eventsSql(present));
  await run("DROP TABLE closing_rows");
  const [[visits, visitors] = []] = await run("SELECT count(*), count(*) FILTER (is_first) FROM closing_visits");
  let made: { readonly name: string; readonly table: string } | undefined;
  const byVisit = async (keys: readonly CellKey[]): Promise<string> => {
    if (keys.length === 0) return "closing_visits";
    const name = keys.toSorted().join(" ");
    if (made?.name === name) return made.table;
    if (made !== undefined) await run(`DROP TABLE ${made.table}`);
    made = undefined;
    await run(byVisitSql("closing_by_keys", keys, present));
    made = { name, table: "closing_by_keys" };
    return made.table;
  };
  const ofVisits = present.filter((key) => !isOfEvents(key));
  const onePerVisit: CellDimension[] = [...ofVisits];
  const onePerVisitor: CellDimension[] = [...(await singleOf(run, ofVisits))];
  for (const key of present.filter(isOfEvents)) {
    const table = await byVisit([key]);
    const [row = []] = await run(`SELECT count(*), count(*) FILTER (is_first) FROM ${table}`);
    if (row[0] === visits) onePerVisit.push(key);
    if (row[1] === visitors) onePerVisitor.push(key);
  }
  const inOrder = (some: readonly CellDimension[]): readonly CellDimension[] =>
    present.filter((key) => some.includes(key));
  return { rows, present, onePerVisit: inOrder(onePerVisit), onePerVisitor: inOrder(onePerVisitor), byVisit };
}

/** The texts' types outlive the connection; its tables do not. */
export async function dropTypes(run: RunSql): Promise<void> {
  for (const column of [...dimensionColumns, "event_name"] as const) await run(`DROP TYPE IF EXISTS ${typeOf(column)}`);
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
  for (const column of [...columns, "event_name"] as const) {
    const name = column === "event_name" ? "name" : `"${column}"`;
    const values = `SELECT DISTINCT ${name} FROM ${alias}.events WHERE site = ${textSql(site)} AND ${name} IS NOT NULL`;
    await run(
      `CREATE TYPE ${typeOf(column)} AS ENUM (SELECT value FROM (SELECT '' UNION ${values}) AS texts(value) ORDER BY value)`,
    );
  }
}

function rowsCodedSql(
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
  const named = [...columns, "event_name"] as const;
  const coded = named.map((column) => `enum_code("${column}"::${typeOf(column)}) AS d_${column}`);
  const selected = [
    "t",
    "visitor",
    "visit",
    "is_pageview",
    "interactive",
    "place",
    `((${hour}) - ${firstHour})::SMALLINT AS hour`,
  ];
  const parts = rowsSql({ question, named, needsEntries: true, needsVisits: true }, [{ file }]);
  return `CREATE TEMP TABLE closing_rows AS WITH ${parts.join(",\n")} SELECT ${[...selected, ...coded].join(", ")} FROM r`;
}

/** Frozen, and where they count as a whole, as question/visits.ts says. */
function visitsSql(present: readonly CellDimension[]): string {
  const pageview = "FILTER (is_pageview)";
  const whole = [
    "visit",
    "max(visitor) AS visitor",
    ofVisit,
    "count(*) FILTER (interactive) <= 1 AS is_bounce",
    "(max(t) - min(t))::UINTEGER AS seconds",
    "min(place) AS begun",
    `min(place) ${pageview} AS entered`,
    `max(place) ${pageview} AS left_by`,
  ];
  const dimensions = present.map((key) => {
    if (key === "entry_page") return `coalesce(entry.d_page, 0) AS ${columnOf(key)}`;
    if (key === "exit_page") return `coalesce(way_out.d_page, 0) AS ${columnOf(key)}`;
    if (key === "entry_hostname") return `coalesce(entry.d_hostname, 0) AS ${columnOf(key)}`;
    if (key === "exit_hostname") return `coalesce(way_out.d_hostname, 0) AS ${columnOf(key)}`;
    if (isOfEvents(key)) return `coalesce(entry.${columnOf(key)}, 0) AS ${enteredColumnOf(key)}`;
    return `start.${columnOf(key)}`;
  });
  const first = "SELECT min(visit) FROM closing_rows GROUP BY visitor";
  const selected = [
    "v.* EXCLUDE (begun, entered, left_by)",
    `v.visit IN (${first}) AS is_first`,
    `start.hour AS ${enteredColumnOf("time:hour")}`,
    ...dimensions,
  ];
  return `CREATE TEMP TABLE closing_visits AS SELECT ${selected.join(", ")}
    FROM (SELECT ${whole.join(", ")} FROM closing_rows GROUP BY visit) v
    JOIN closing_rows start ON start.place = v.begun
    LEFT JOIN closing_rows entry ON entry.place = v.entered
    LEFT JOIN closing_rows way_out ON way_out.place = v.left_by`;
}

/** What may differ within a visit; the rest is found with the visit. */
function eventsSql(present: readonly CellDimension[]): string {
  const columns = ["hour", ...present.filter(isOfEvents).map(columnOf)];
  return `CREATE TEMP TABLE closing_events AS SELECT ${["visit", "is_pageview", ...columns].join(", ")} FROM closing_rows`;
}

/** `is_first`: the one row of a visitor among those of the same keys. */
function byVisitSql(table: string, keys: readonly CellKey[], present: readonly CellDimension[]): string {
  const columns = keys.map(columnOf).join(", ");
  const rows = `SELECT ${columns}, visit, ${ofVisit} FROM closing_events GROUP BY ${columns}, visit`;
  const frozen = present.filter((key) => !isOfEvents(key)).map((key) => `v.${columnOf(key)}`);
  const selected = ["b.*", "v.visitor", ...frozen].join(", ");
  const first = `SELECT ${keys.map((key) => `e.${columnOf(key)}`).join(", ")}, min(e.visit) FROM closing_events e
    JOIN closing_visits v ON e.visit = v.visit GROUP BY ${keys.map((key) => `e.${columnOf(key)}`).join(", ")}, v.visitor`;
  return `CREATE TEMP TABLE ${table} AS SELECT *, (${columns}, visit) IN (${first}) AS is_first
    FROM (SELECT ${selected} FROM (${rows}) b JOIN closing_visits v ON b.visit = v.visit)`;
}

/** Dimensions of visits of which no visitor has two values. */
async function singleOf(run: RunSql, keys: readonly CellDimension[]): Promise<readonly CellDimension[]> {
  if (keys.length === 0) return [];
  const each = keys.map((key, index) => `min(${columnOf(key)}) = max(${columnOf(key)}) AS one_${index}`);
  const all = keys.map((_, index) => `coalesce(bool_and(one_${index}), true)`);
  const sql = `SELECT ${all.join(", ")} FROM (SELECT ${each.join(", ")} FROM closing_visits GROUP BY visitor)`;
  const [found = []] = await run(sql);
  return keys.filter((_, index) => found[index] === true);
}
