// Counts one shape of a day that is being closed, and what its small groups are together.
import type { DuckDBValue } from "@duckdb/node-api";
import { everyoneAlong } from "../closing/close-rows.ts";
import type { Cell, CellKey, KeptShape } from "../closing/closed-record.ts";
import type { Line } from "../closing/fold.ts";
import {
  type CountedShape,
  type FoldedShape,
  foldShape,
  groupId,
  keptShape,
  type LargeGroup,
  lineName,
  wholeLine,
} from "../closing/fold-shape.ts";
import {
  type ClosingTables,
  columnOf,
  decodedSql,
  enteredColumnOf,
  isOfEvents,
  type RunSql,
} from "./duckdb-close-tables.ts";

/** Texts of the codes of a dimension that enough visitors shared. */
type Texts = ReadonlyMap<number, string>;

export interface ShapeSoFar {
  readonly totals: Cell["sums"];
  readonly alone: Map<CellKey, KeptShape>;
  readonly texts: Map<CellKey, Texts>;
}

interface Large extends LargeGroup {
  readonly codes: readonly number[];
}

const sums = ["visitors", "visits", "pageviews", "events", "entries", "bounces", "seconds", "entry_pageviews"] as const;

export async function totalsOf(run: RunSql): Promise<Cell["sums"]> {
  await run(groupsSql([], "closing_visits", true));
  const [row = []] = await run(`SELECT ${sums.join(", ")} FROM closing_groups`);
  return sumsOf(row);
}

export async function countShape(
  run: RunSql,
  tables: ClosingTables,
  keys: readonly CellKey[],
  least: number,
  soFar: ShapeSoFar,
): Promise<KeptShape> {
  const table = await tables.byVisit(keys.filter(isOfEvents));
  const isSingle = keys.every((key) => isOnePerVisitor(tables, key));
  await run(groupsSql(keys, table, onePerVisitorBeside(tables, keys)));
  await learnTexts(run, keys, least, soFar);
  const large = await largeGroups(run, keys, least, soFar);
  const small = (entered: boolean): Promise<CountedShape["small"]> =>
    linesOfSmall(run, { tables, keys, table: entered ? "closing_visits" : table, least, entered, soFar });
  const counted: CountedShape = {
    keys,
    large,
    small: await small(false),
    smallEntered: await small(true),
    everyone: everyoneAlong(keys, soFar.totals.visitors, soFar.alone),
    alone: keys.map((key) => soFar.alone.get(key)),
  };
  const folded = foldShape(counted, least);
  const shape = keptShape(keys, folded, await restOf(run, { table, keys, large, folded, least, isSingle, soFar }));
  const [key] = keys;
  if (keys.length === 1 && key !== undefined) soFar.alone.set(key, shape);
  return shape;
}

function isOnePerVisitor({ onePerVisitor }: ClosingTables, key: CellKey): boolean {
  return key !== "time:hour" && onePerVisitor.includes(key);
}

/** Whether a visitor's rows of the same keys of events are of one group, so that the first of them stands for the visitor. */
function onePerVisitorBeside(tables: ClosingTables, keys: readonly CellKey[]): boolean {
  return keys.every((key) => isOfEvents(key) || isOnePerVisitor(tables, key));
}

/** Groups with every sum: of events from the rows of their keys, of whole visits from the visits' entries. */
function groupsSql(keys: readonly CellKey[], table: string, isSingle: boolean): string {
  const named = keys.map((key, index) => `${columnOf(key)}::INTEGER AS k${index}`);
  const entered = keys.map((key, index) => `${enteredColumnOf(key)}::INTEGER AS k${index}`);
  const visitors = isSingle ? "count(*) FILTER (is_first)" : "count(DISTINCT visitor)";
  const ofEvents = `${visitors} AS visitors, count(*) AS visits, sum(pageviews) AS pageviews, sum(events) AS events`;
  const ofEntries = `count(*) AS entries, count(*) FILTER (is_bounce) AS bounces, sum(seconds) AS seconds, sum(pageviews) AS entry_pageviews`;
  const group = keys.length === 0 ? "" : ` GROUP BY ALL`;
  const make = "CREATE OR REPLACE TEMP TABLE closing_groups AS";
  if (!keys.some(isOfEvents)) {
    const all = [...named, ofEvents, ofEntries, `${visitors} AS entrants`].join(", ");
    return `${make} SELECT ${all} FROM ${table}${group}`;
  }
  const g = `SELECT ${[...named, ofEvents].join(", ")} FROM ${table}${group}`;
  // A visit as a whole has no name.
  const ofEntered = keys.includes("event_name") ? " WHERE false" : "";
  const s = `SELECT ${[...entered, ofEntries, "count(DISTINCT visitor) AS entrants"].join(", ")} FROM closing_visits${ofEntered}${group}`;
  const figures = [...sums, "entrants"].map((sum) => `coalesce(${sum}, 0) AS ${sum}`);
  const names = keys.map((_, index) => `k${index}`);
  return `${make} SELECT ${[...names, ...figures].join(", ")} FROM (${g}) FULL JOIN (${s}) USING (${names.join(", ")})`;
}

async function learnTexts(run: RunSql, keys: readonly CellKey[], least: number, soFar: ShapeSoFar): Promise<void> {
  const [key] = keys;
  if (keys.length !== 1 || key === undefined || key === "time:hour") return;
  const rows = await run(`SELECT k0, ${decodedSql(key, "k0")} FROM closing_groups WHERE visitors >= ${least}`);
  soFar.texts.set(key, new Map(rows.map(([code, text]) => [Number(code), String(text)])));
}

async function largeGroups(
  run: RunSql,
  keys: readonly CellKey[],
  least: number,
  { texts }: ShapeSoFar,
): Promise<readonly Large[]> {
  const names = keys.map((_, index) => `k${index}`);
  const rows = await run(
    `SELECT ${[...names, ...sums, "entrants"].join(", ")} FROM closing_groups WHERE visitors >= ${least}`,
  );
  return rows.map((row) => {
    const codes = row.slice(0, keys.length).map(Number);
    const values = codes.map((code, index) => textOf(keys[index], code, texts));
    return { codes, values, sums: sumsOf(row.slice(keys.length)), entrants: Number(row.at(-1)) };
  });
}

/** A value of a pair that enough visitors shared was shared by as many alone, so its text is known. */
function textOf(key: CellKey | undefined, code: number, texts: ReadonlyMap<CellKey, Texts>): string | number {
  return key === undefined || key === "time:hour" ? code : (texts.get(key)?.get(code) ?? "");
}

interface SmallLines {
  readonly tables: ClosingTables;
  readonly keys: readonly CellKey[];
  readonly table: string;
  readonly least: number;
  readonly entered: boolean;
  readonly soFar: ShapeSoFar;
}

/** Small groups along each line that has a large one: how many, and how many visitors are in any of them. */
async function linesOfSmall(run: RunSql, of: SmallLines): Promise<CountedShape["small"]> {
  const { keys, least, entered, soFar } = of;
  const lines = new Map<string, Line>();
  const people = entered ? "entrants" : "visitors";
  const isSmall = `visitors < ${least}${entered ? " AND entries > 0" : ""}`;
  const counts = `count(*), sum(${people})`;
  const [whole = []] = await run(`SELECT ${counts} FROM closing_groups WHERE ${isSmall}`);
  const all = { cells: Number(whole[0]), people: Number(whole[1]) };
  if (all.cells === 0) return lines;
  lines.set(wholeLine, isEnough(of, keys, all) ? { ...all, people: await peopleIn(run, of, isSmall) } : all);
  if (keys.length < 2) return lines;
  for (const [index, key] of keys.entries()) {
    const isAlong = `k${index} IN (SELECT k${index} FROM closing_groups WHERE visitors >= ${least})`;
    const found = await run(
      `SELECT k${index}, ${counts} FROM closing_groups WHERE ${isSmall} AND ${isAlong} GROUP BY k${index}`,
    );
    const doubtful: number[] = [];
    for (const [code, cells, sum] of found) {
      const line = { cells: Number(cells), people: Number(sum) };
      lines.set(lineName(index, textOf(key, Number(code), soFar.texts)), line);
      if (isEnough(of, keys.toSpliced(index, 1), line)) doubtful.push(Number(code));
    }
    for (const [code, exact] of await peopleAlong(run, of, isSmall, index, doubtful)) {
      const name = lineName(index, textOf(key, code, soFar.texts));
      lines.set(name, { cells: lines.get(name)?.cells ?? 0, people: exact });
    }
  }
  return lines;
}

/** Enough when visitors are added up, but the same one may be in several groups: they have to be counted. */
function isEnough({ tables, least }: SmallLines, keys: readonly CellKey[], { people }: Line): boolean {
  return people >= least && !keys.every((key) => isOnePerVisitor(tables, key));
}

async function peopleIn(run: RunSql, of: SmallLines, isSmall: string): Promise<number> {
  const [row] = await run(`SELECT count(DISTINCT visitor) FROM ${inGroups(of, isSmall)}`);
  return Number(row?.[0] ?? 0);
}

async function peopleAlong(
  run: RunSql,
  of: SmallLines,
  isSmall: string,
  index: number,
  codes: readonly number[],
): Promise<readonly (readonly [number, number])[]> {
  if (codes.length === 0) return [];
  const some = inGroups(of, `${isSmall} AND k${index} IN (${codes.join(", ")})`);
  const rows = await run(`SELECT k${index}, count(DISTINCT visitor) FROM ${some} GROUP BY k${index}`);
  return rows.map(([code, people]) => [Number(code), Number(people)]);
}

function inGroups({ keys, table, entered }: SmallLines, which: string): string {
  const same = keys
    .map((key, index) => `t.${entered ? enteredColumnOf(key) : columnOf(key)} = k${index}`)
    .join(" AND ");
  return `${table} t JOIN (SELECT * FROM closing_groups WHERE ${which}) g ON ${same}`;
}

interface Rest {
  readonly table: string;
  readonly keys: readonly CellKey[];
  readonly large: readonly Large[];
  readonly folded: FoldedShape;
  readonly least: number;
  readonly isSingle: boolean;
  readonly soFar: ShapeSoFar;
}

/** All that is not kept: what adds up is what the kept groups leave of the totals; who was there is counted. */
async function restOf(run: RunSql, of: Rest): Promise<Cell["sums"] | undefined> {
  const { folded, large, keys, isSingle, soFar } = of;
  if (folded.folded === 0) return undefined;
  const rest = { ...soFar.totals };
  const kept = large.filter(({ values }) => !folded.too.has(groupId(values)));
  for (const group of kept) {
    for (const sum of Object.keys(rest) as (keyof typeof rest)[]) rest[sum] -= group.sums[sum];
  }
  if (isSingle) return rest;
  const columns = keys.map((key) => columnOf(key)).join(", ");
  const unkept = large.filter((group) => !kept.includes(group)).map(({ codes }) => `(${codes.join(", ")})`);
  const names = keys.map((_, index) => `k${index}`).join(", ");
  const except = unkept.length === 0 ? "" : ` AND (${names}) NOT IN (${unkept.join(", ")})`;
  const isKept = `(${columns}) IN (SELECT (${names}) FROM closing_groups WHERE visitors >= ${of.least}${except})`;
  const [row] = await run(
    `SELECT count(DISTINCT visitor), count(DISTINCT visit) FROM ${of.table} WHERE NOT (${isKept})`,
  );
  return { ...rest, visitors: Number(row?.[0] ?? 0), visits: Number(row?.[1] ?? 0) };
}

function sumsOf(row: readonly DuckDBValue[]): Cell["sums"] {
  const sum = (name: (typeof sums)[number]): number => Number(row[sums.indexOf(name)] ?? 0);
  return {
    visitors: sum("visitors"),
    visits: sum("visits"),
    pageviews: sum("pageviews"),
    events: sum("events"),
    entries: sum("entries"),
    bounces: sum("bounces"),
    seconds: sum("seconds"),
    entryPageviews: sum("entry_pageviews"),
  };
}
