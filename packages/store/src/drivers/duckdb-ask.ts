// Asks a question of the day files: by sums of days where these are few, remembered for days that are whole; else in one statement.
import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import type { Answer, Question } from "../contract.ts";
import { StoreValueError } from "../errors.ts";
import { answerFromRows, type GroupValue, labelled } from "../question/answer-from-rows.ts";
import { answerFromSums, type DayGroup, type DaySums } from "../question/answer-from-sums.ts";
import { leavesOf } from "../question/dimension-kind.ts";
import { orderKeys } from "../question/order-groups.ts";
import type { DayFile } from "./duckdb-day-files.ts";
import { holdingsIn, leftOutOf, type PermittedDay, permittedKey, setApart } from "./duckdb-permitted.ts";
import { statementFor, sumColumns, sumsStatementFor } from "./duckdb-question.ts";
import type { Readers } from "./duckdb-readers.ts";
import { isWhole, type KeptSums, stateOf } from "./kept-sums.ts";

/** `question.filter` must hold stored values. */
export async function ask(
  readers: Readers,
  kept: KeptSums,
  days: readonly DayFile[],
  question: Question,
  signal?: AbortSignal,
): Promise<Answer> {
  orderKeys(question);
  const { found, leftOut } = await permitted(readers, days, question, signal, (apart) =>
    answerOf(readers, kept, apart, question, signal),
  );
  return { ...found, leftOut };
}

/** Groups that are added up on the main thread when closed days have to be added to them. */
const mostWithCells = 300_000;

/** The sums of each day, to be put together with others. @throws StoreValueError when there are too many groups */
export async function askSums(
  readers: Readers,
  kept: KeptSums,
  days: readonly DayFile[],
  question: Question,
  signal?: AbortSignal,
): Promise<{ readonly sums: readonly DaySums[]; readonly leftOut: Answer["leftOut"] }> {
  orderKeys(question);
  const { found, leftOut } = await permitted(readers, days, question, signal, async (apart) => {
    if (apart.length === 0) return [];
    const few = kept.fits(question, apart.length) ? await sumsOf(readers, kept, apart, question, signal) : undefined;
    if (few !== undefined) return few;
    const rows = await readers.use(
      (connection) => run(connection, question, () => sumsStatementFor(question, apart, mostWithCells + 1)),
      signal,
    );
    if (rows.length <= mostWithCells) return byDay(rows, question.dimensions.length, apart.length);
    throw new StoreValueError("the answer has too many groups; ask fewer dimensions or a shorter range");
  });
  return { sums: found, leftOut };
}

/** Reads what may be looked at, again if what is held there changed meanwhile. */
async function permitted<Found>(
  readers: Readers,
  days: readonly DayFile[],
  question: Question,
  signal: AbortSignal | undefined,
  read: (days: readonly PermittedDay[]) => Promise<Found>,
): Promise<{ readonly found: Found; readonly leftOut: Answer["leftOut"] }> {
  for (;;) {
    const known = holdingsIn(days, question.site);
    const apart = setApart(days, question);
    const found = await read(apart.days);
    const leftOut = await leftOutOf(apart.shut, question, (use) => readers.use(use, signal));
    // Rows held under something else may have come in meanwhile, and been read where nothing was left out.
    if (holdingsIn(days, question.site) === known) return { found, leftOut };
  }
}

async function answerOf(
  readers: Readers,
  kept: KeptSums,
  days: readonly PermittedDay[],
  question: Question,
  signal?: AbortSignal,
): Promise<Omit<Answer, "leftOut">> {
  // Without a file there is nothing to join: the reference says what nothing looks like.
  if (days.length === 0) return answerFromRows([], question);
  const sums = kept.fits(question, days.length) ? await sumsOf(readers, kept, days, question, signal) : undefined;
  return sums === undefined ? inOneStatement(readers, days, question, signal) : answerFromSums(sums, question);
}

/** What DuckDB adds up is asked only of days that are not remembered. @returns undefined when there are too many groups */
async function sumsOf(
  readers: Readers,
  kept: KeptSums,
  days: readonly PermittedDay[],
  question: Question,
  signal?: AbortSignal,
): Promise<readonly DaySums[] | undefined> {
  const known: DaySums[] = [];
  const missing: { readonly day: PermittedDay; readonly file: DayFile; readonly state: string | undefined }[] = [];
  for (const day of days) {
    const { file, isCut } = day;
    // INVARIANT: what may be looked at is part of the state, so sums of rows that may not be are never found again.
    const state = isWhole(file, question) && !isCut ? stateOf(file, permittedKey(day)) : undefined;
    const sums = state === undefined ? undefined : kept.get(question, file, state);
    if (sums === undefined) missing.push({ day, file, state });
    else known.push(sums);
  }
  let room = kept.most - known.reduce((sum, { groups }) => sum + groups.length, 0);
  if (missing.length === 0 && room >= 0) return known;
  const files = missing.map(({ day }) => day);
  const rows =
    room < 0
      ? []
      : await readers.use(
          (connection) => run(connection, question, () => sumsStatementFor(question, files, room + 1)),
          signal,
        );
  room -= rows.length;
  if (room < 0) {
    kept.refuse(question, days.length);
    return undefined;
  }
  const found = byDay(rows, question.dimensions.length, files.length);
  for (const [index, sums] of found.entries()) {
    const day = missing[index];
    if (day?.state !== undefined) kept.set(question, day.file, day.state, sums);
  }
  return [...known, ...found];
}

function byDay(rows: readonly (readonly DuckDBValue[])[], width: number, days: number): readonly DaySums[] {
  const found = Array.from({ length: days }, (): { groups: DayGroup[]; people: number } => ({ groups: [], people: 0 }));
  for (const row of rows) {
    const day = found[Number(row[0])];
    if (day === undefined) continue;
    const values = row.slice(1, 1 + width).map(groupValue);
    const sum = (name: (typeof sumColumns)[number]): number => Number(row[1 + width + sumColumns.indexOf(name)]);
    day.people = Math.max(day.people, sum("people"));
    day.groups.push({
      key: width === 1 ? String(values[0]) : JSON.stringify(values),
      values,
      sums: {
        visitors: sum("visitors"),
        visits: sum("visits"),
        pageviews: sum("pageviews"),
        events: sum("events"),
        entries: sum("entries"),
        bounces: sum("bounces"),
        seconds: sum("seconds"),
        entryPageviews: sum("entry_pageviews"),
      },
      engagement: {
        scrolled: sum("scrolled"),
        scrollDepths: sum("scroll_depths"),
        engaged: sum("engaged"),
        engagedMs: sum("engaged_ms"),
      },
    });
  }
  return found;
}

function groupValue(value: DuckDBValue): GroupValue {
  return typeof value === "string" ? value : Number(value);
}

async function inOneStatement(
  readers: Readers,
  days: readonly PermittedDay[],
  question: Question,
  signal?: AbortSignal,
): Promise<Omit<Answer, "leftOut">> {
  return readers.use(async (connection) => {
    const rows = await run(connection, question, () => statementFor(question, days));
    const width = question.dimensions.length;
    const total =
      rows[0] === undefined && (question.offset > 0 || question.limit === 0)
        ? await count(connection, question, days)
        : Number(rows[0]?.at(-1) ?? 0);
    return {
      rows: rows.slice(0, question.limit).map((row) => ({
        dimensions: row.slice(0, width).map((value, index) => labelled(question.dimensions[index], groupValue(value))),
        metrics: row
          .slice(width, width + question.metrics.length)
          .map((value) => (value === null ? null : Number(value))),
      })),
      total,
    };
  }, signal);
}

/** The page asked for is beyond the last row: ask for one row from the start, for the number it carries. */
async function count(connection: DuckDBConnection, question: Question, days: readonly PermittedDay[]): Promise<number> {
  const rows = await run(connection, question, () =>
    statementFor({ ...question, orderBy: [], limit: 1, offset: 0 }, days),
  );
  return Number(rows[0]?.at(-1) ?? 0);
}

async function run(
  connection: DuckDBConnection,
  question: Question,
  statement: () => string,
): Promise<readonly DuckDBValue[][]> {
  try {
    return (await connection.runAndReadAll(statement())).getRows();
  } catch (cause) {
    if (hasPattern(question) && cause instanceof Error && cause.message.startsWith("Invalid Input Error")) {
      throw new StoreValueError("a pattern of the filter is not a regular expression this store can run (RE2 syntax)", {
        cause,
      });
    }
    throw cause;
  }
}

function hasPattern({ filter }: Question): boolean {
  return leavesOf(filter).some(({ op }) => op === "matches" || op === "matches_not");
}
