// Before a question reads a day's file: which of its rows may be looked at, told from what the file is known to hold (clauses.md PS11).
import type { DuckDBConnection } from "@duckdb/node-api";
import type { LeftOut, Question } from "../contract.ts";
import { addedUp, holdingKey, type Permitted, permitting } from "../question/permitted.ts";
import type { DayFile } from "./duckdb-day-files.ts";
import { numberSql, textSql } from "./duckdb-expressions.ts";
import { permittedSql } from "./duckdb-question.ts";
import { type HeldCount, ofSite } from "./held-counts.ts";
import { isWhole } from "./kept-sums.ts";

/** A day's file as one question may look at it. */
export interface PermittedDay {
  readonly file: DayFile;
  /** Absent where every row of the site may be looked at: then no row is compared with anything. */
  readonly only?: readonly Permitted[];
  /** Some rows of one holding may be looked at and others not, and which depends on the moment of the question. */
  readonly isCut: boolean;
}

export interface SetApart {
  /** Files with something to look at. */
  readonly days: readonly PermittedDay[];
  /** Where rows were left out, and what may be looked at there. */
  readonly shut: readonly { readonly file: DayFile; readonly only: readonly Permitted[] }[];
}

export function setApart(files: readonly DayFile[], { site, permits }: Question): SetApart {
  const permit = permitting(permits);
  const days: PermittedDay[] = [];
  const shut: SetApart["shut"][number][] = [];
  for (const file of files) {
    const held = ofSite(file.held, site);
    const only: Permitted[] = [];
    let isCut = false;
    for (const { practice, version } of held) {
      const { allowed, since } = permit({ practice, version });
      if (!allowed || (since !== undefined && since > file.last)) continue;
      const isWholly = since === undefined || since <= file.first;
      isCut ||= !isWholly;
      only.push({ practice, version, ...(isWholly ? {} : { since }) });
    }
    if (only.length === held.length && !isCut) {
      days.push({ file, isCut });
      continue;
    }
    shut.push({ file, only });
    if (only.length > 0) days.push({ file, only, isCut });
  }
  return { days, shut };
}

/** Which rows of the file are looked at: other words, other sums. */
export function permittedKey({ only }: PermittedDay): string {
  return only === undefined ? "" : only.map(holdingKey).join(" ");
}

/** How many holdings are known of a site's rows in these files; it only grows. */
export function holdingsIn(files: readonly DayFile[], site: string): number {
  return files.reduce((sum, { held }) => sum + ofSite(held, site).length, 0);
}

/** A file wholly within the range knows how many rows it leaves out; the others are asked. */
export async function leftOutOf(
  shut: SetApart["shut"],
  question: Question,
  read: (use: (connection: DuckDBConnection) => Promise<readonly LeftOut[]>) => Promise<readonly LeftOut[]>,
): Promise<readonly LeftOut[]> {
  const left: LeftOut[] = [];
  const statements: string[] = [];
  for (const { file, only } of shut) {
    const allowed = new Map(only.map((one) => [holdingKey(one), one]));
    for (const held of ofSite(file.held, question.site)) {
      const permitted = allowed.get(holdingKey(held));
      if (permitted !== undefined && permitted.since === undefined) continue;
      if (permitted === undefined && isWhole(file, question)) left.push(leftOut(held, held.rows));
      else statements.push(countSql(file, question, held, permitted));
    }
  }
  if (statements.length === 0) return addedUp(left);
  const counted = await read(async (connection) => {
    const rows = (await connection.runAndReadAll(statements.join("\nUNION ALL "))).getRows();
    return rows.map(([practice, version, count]) => ({
      practice: String(practice),
      version: String(version),
      rows: Number(count),
    }));
  });
  return addedUp([...left, ...counted]);
}

function leftOut({ practice, version }: HeldCount, rows: number): LeftOut {
  return { practice, version, rows };
}

function countSql(file: DayFile, question: Question, held: HeldCount, permitted: Permitted | undefined): string {
  const { site, from, until } = question;
  const asked = `site = ${textSql(site)} AND "at" >= ${numberSql(from)} AND "at" < ${numberSql(until)}`;
  const isUsed = permitted === undefined ? "" : ` AND NOT ${permittedSql([permitted])}`;
  return `SELECT ${textSql(held.practice)}, ${textSql(held.version)}, count(*) FROM ${file.alias}.events
    WHERE ${asked} AND ${permittedSql([{ practice: held.practice, version: held.version }])}${isUsed}`;
}
