// Puts what rows and cells of different days give into one answer, and says which closed days could not be answered for.
import type { Answer, LeftOut, NotKept, NotKeptReason, Question } from "../contract.ts";
import { StoreDamagedError } from "../errors.ts";
import { answerFromSums, type DaySums } from "../question/answer-from-sums.ts";
import { addedUp, permitting } from "../question/permitted.ts";
import { type ClosedShapes, planFor } from "./cells-plan.ts";
import type { ClosedHead } from "./closed-record.ts";
import { dayBounds } from "./day-bounds.ts";
import { withoutGoals } from "./goals-in-cells.ts";
import { type CellSums, type ReadShape, sumsOfCells } from "./sums-of-cells.ts";

/** A closed day and how its shapes are read. */
export interface ClosedSource extends ClosedShapes {
  readonly read: ReadShape;
}

export interface CellsAnswer {
  readonly sums: readonly DaySums[];
  readonly leftOut: readonly LeftOut[];
  readonly notKept: readonly NotKept[];
  readonly folded: readonly string[];
}

/** Whether any second of the closed day is asked for. */
export function isAsked({ day, timeZone }: ClosedHead, { from, until }: Question): boolean {
  const bounds = dayBounds(day, timeZone);
  return bounds.from < until && bounds.until > from;
}

/** `days` are of the question's site and range; `question.filter` must hold stored values. Turns are left to others between days. */
export async function askCells(
  days: readonly ClosedSource[],
  question: Question,
  signal?: AbortSignal,
): Promise<CellsAnswer> {
  const permit = permitting(question.permits);
  const sums: DaySums[] = [];
  const leftOut: LeftOut[] = [];
  const folded: string[] = [];
  const missing = new Map<NotKeptReason, ClosedSource[]>();
  const asked = withoutGoals(question);
  for (const day of days) {
    signal?.throwIfAborted();
    const denied = deniedHolding(day.head, permit);
    if (denied !== undefined) {
      leftOut.push({ ...denied, rows: day.head.rows });
      continue;
    }
    const found = asked === undefined ? "no shape" : await readable(sumsOfCells(day, asked.question, day.read));
    if (typeof found === "string") {
      const some = missing.get(found);
      if (some === undefined) missing.set(found, [day]);
      else some.push(day);
      continue;
    }
    sums.push({ ...found, groups: asked?.named(found.groups) ?? [] });
    if (found.isFolded) folded.push(day.head.day);
  }
  const notKept = [...missing].map(([reason, of]) => notKeptOf(reason, of, question));
  return { sums, leftOut, notKept, folded };
}

/** Counts that cannot be read are like counts that were not kept; the store has its own ways to say so. */
async function readable(sums: Promise<CellSums | NotKeptReason>): Promise<CellSums | NotKeptReason> {
  try {
    return await sums;
  } catch (error) {
    if (error instanceof StoreDamagedError) return "damaged";
    throw error;
  }
}

/** Counts of a day are made of everything it held, so they may be used only where all of it may, from its first second on. */
function deniedHolding(
  { holdings, day, timeZone, least }: ClosedHead,
  permit: Question["permits"],
): Omit<LeftOut, "rows"> | undefined {
  const { from } = dayBounds(day, timeZone);
  return holdings.find((holding) => {
    const { allowed, since } = permit(holding, least);
    return !allowed || (since !== undefined && since > from);
  });
}

function notKeptOf(reason: NotKeptReason, days: readonly ClosedSource[], question: Question): NotKept {
  const nearest = nearestFor(days, question);
  return {
    days: days.map(({ head }) => head.day).toSorted(),
    reason,
    ...(nearest === undefined ? {} : { nearest }),
  };
}

/** The same without its filter, then with fewer dimensions: the first that a shape of the first of these days is kept for. */
function nearestFor(days: readonly ClosedSource[], question: Question): NotKept["nearest"] {
  const { filter: _, ...bare } = question;
  const [day] = days;
  if (day === undefined) return undefined;
  for (let left = question.dimensions.length; left >= 0; left -= 1) {
    const dimensions = question.dimensions.slice(0, left);
    const isSame = left === question.dimensions.length && question.filter === undefined;
    if (!isSame && typeof planFor(day, { ...bare, dimensions }) !== "string") return { dimensions };
  }
  return undefined;
}

/** `rows`: what days that are not closed give, and what of them was left out. */
export function answerWithCells(
  rows: { readonly sums: readonly DaySums[]; readonly leftOut: readonly LeftOut[] },
  cells: CellsAnswer,
  question: Question,
): Answer {
  return {
    ...answerFromSums([...rows.sums, ...cells.sums], question),
    leftOut: addedUp([...rows.leftOut, ...cells.leftOut]),
    ...(cells.notKept.length === 0 ? {} : { notKept: cells.notKept }),
    ...(cells.folded.length === 0 ? {} : { folded: cells.folded }),
  };
}
