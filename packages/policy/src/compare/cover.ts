// Which points of one side no point of the other covers, and what comes nearest to covering them.
import { differences, isBelow, isBelowOn } from "./below.ts";
import { isFormAtOrBelow } from "./orders/form.ts";
import type { Act, Dimension, Point } from "./point.ts";
import type { TermRelation } from "./term-relation.ts";

/** A point nothing covers. Subject and purpose are the very ones that are not covered. */
export interface Uncovered {
  readonly point: Point;
  readonly nearest?: { readonly point: Point; readonly differs: readonly Dimension[] };
}

/** What of `points` lies below no point of `limits`; `terms` reads the words of `points` in those of `limits`. */
export function uncovered(
  points: readonly Point[],
  limits: readonly Point[],
  terms: TermRelation,
): readonly Uncovered[] {
  const index = indexPoints(limits);
  const found: Uncovered[] = [];
  for (const point of points) {
    for (const subject of terms.frontier("subject", point.subject)) {
      for (const purpose of terms.frontier("purpose", point.purpose)) {
        const witness = subject === point.subject && purpose === point.purpose ? point : { ...point, subject, purpose };
        if (!isCovered(witness, index, terms)) found.push({ point: witness, ...nearestOf(witness, limits, terms) });
      }
    }
  }
  return found;
}

type Index = ReadonlyMap<string, readonly Point[]>;

/** By act, recipient and subject: most pairs differ there, and never meet. */
function indexPoints(points: readonly Point[]): Index {
  const index = new Map<string, Point[]>();
  for (const point of points) {
    const key = keyOf(point.act, point.recipient?.id, point.subject);
    const list = index.get(key);
    if (list === undefined) index.set(key, [point]);
    else list.push(point);
  }
  return index;
}

function keyOf(act: Act, recipient: string | undefined, subject: string): string {
  return `${act}\n${recipient ?? ""}\n${subject}`;
}

function isCovered(point: Point, index: Index, terms: TermRelation): boolean {
  const acts: readonly Act[] = point.act === "read" ? ["read", "hold"] : [point.act];
  for (const subject of terms.above("subject", point.subject)) {
    for (const act of acts) {
      const limits = index.get(keyOf(act, point.recipient?.id, subject));
      if (limits?.some((limit) => isBelow(point, limit, terms)) === true) return true;
    }
  }
  return false;
}

/** What a difference weighs when the nearest is sought: a practice that does another thing is far, one that keeps longer is near. */
const weight: Readonly<Record<Dimension, number>> = {
  act: 16,
  recipient: 8,
  data: 6,
  subject: 6,
  purpose: 5,
  form: 2,
  keep: 2,
  condition: 2,
};

function anchorOf({ keep }: Point): string {
  return keep.kind === "for" ? keep.after : keep.kind;
}

function nearestOf(point: Point, limits: readonly Point[], terms: TermRelation): Pick<Uncovered, "nearest"> {
  let best: Point | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const limit of limits) {
    if (limit.act === "contact" && point.act !== "contact") continue;
    const distance = distanceOf(point, limit, terms, least);
    if (distance >= least) continue;
    least = distance;
    best = limit;
  }
  return best === undefined ? {} : { nearest: { point: best, differs: differences(point, best, terms) } };
}

/** In the order of what it costs to ask. */
const cheapest = ["act", "subject", "purpose", "condition", "form", "keep", "recipient", "data"] as const;

/** How far apart two points are; no further than needed to see that it is `enough`. */
function distanceOf(point: Point, limit: Point, terms: TermRelation, enough: number): number {
  // The clause of the same name is what a reader looks at first.
  let distance = limit.clause === point.clause ? -4.5 : 0;
  if (limit.act !== point.act) distance += 1;
  // Of several stages, the one of the same form and anchor is meant.
  if (!isFormAtOrBelow(limit.form, point.form)) distance += 0.5;
  for (const dimension of cheapest) {
    if (distance >= enough) return distance;
    if (isBelowOn(dimension, point, limit, terms)) continue;
    distance += weight[dimension];
    if (dimension === "keep" && anchorOf(limit) !== anchorOf(point)) distance += 1;
  }
  return distance;
}
