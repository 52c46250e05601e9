// A comparison clause by clause: old and new words, old and new meaning, and the verdict of each. What a lawyer signs.
import {
  type Change,
  type Comparison,
  type LabelChange,
  type ToReview,
  type Verdict,
  verdictOf,
} from "../compare/comparison.ts";
import { alignIds } from "../compare/align-ids.ts";
import { type Side, upward } from "../compare/side.ts";
import { numberClauses } from "../compile/number-clauses.ts";
import type { Clause } from "../model/policy.ts";
import { extendVocabulary, indexVocabulary } from "../terms/index-vocabulary.ts";

/** One clause that changed in meaning, in words or in a label. */
export interface RedlineClause {
  readonly clause: string;
  /** Id of the notice it stands in: the compared one, or one above it. */
  readonly notice: string;
  /** Absent when the old, or the new, version has no such clause. */
  readonly old?: Clause;
  readonly new?: Clause;
  /** By the changes of this clause alone. */
  readonly verdict: Verdict;
  readonly changes: readonly Change[];
  readonly toReview: readonly ToReview[];
  readonly labels: readonly LabelChange[];
}

export interface Redline {
  /** In the order of the new page, those that are gone last. */
  readonly clauses: readonly RedlineClause[];
  /** What belongs to no clause: who answers for it, where it speaks, the words it adds. */
  readonly whole: Pick<Comparison, "changes" | "toReview" | "labels" | "editorial">;
}

export function comparisonRedline(old: Side, next: Side, comparison: Comparison): Redline {
  const [was, is] = [clausesOf(old), clausesOf(alignIds(old, next).side)];
  const { changes, toReview, labels, editorial } = comparison;
  const keys = [...new Set([...is.keys(), ...was.keys()])];
  const taken = new Set<unknown>();
  const take = <T>(list: readonly T[], isMine: (each: T) => boolean): readonly T[] => {
    const mine = list.filter(isMine);
    for (const each of mine) taken.add(each);
    return mine;
  };
  const clauses = keys.flatMap((key): RedlineClause[] => {
    const [before, after] = [was.get(key), is.get(key)];
    const face = after ?? before;
    if (face === undefined) return [];
    const { id } = face.clause;
    const ids = [before, after].flatMap((each) => (each === undefined ? [] : [each.notice]));
    const isHere = (each: { readonly clause: string; readonly notice: string }): boolean =>
      each.clause === id && ids.includes(each.notice);
    const own = take(changes, (each) => isHere(each) || isAboutRecipient(each, id));
    const prose = take(toReview, (each) => isHere({ ...each, clause: clauseOf(each.clause) }));
    const named = take(labels, (each) => each.clause === id);
    const isSame = before?.clause.sentence === after?.clause.sentence && own.length + prose.length + named.length === 0;
    if (isSame) return [];
    return [
      {
        clause: id,
        notice: face.notice,
        ...(before === undefined ? {} : { old: before.clause }),
        ...(after === undefined ? {} : { new: after.clause }),
        verdict: verdictOf(own),
        changes: own,
        toReview: prose,
        labels: named,
      },
    ];
  });
  const rest = <T>(list: readonly T[]): readonly T[] => list.filter((each) => !taken.has(each));
  return { clauses, whole: { changes: rest(changes), toReview: rest(toReview), labels: rest(labels), editorial } };
}

/** A recipient that changed is told at each practice that sends to it; it has a clause of its own too. */
function isAboutRecipient({ point, differs }: Change, id: string): boolean {
  return point?.recipient?.id === id && differs.some((each) => each.dimension === "recipient");
}

/** What a feature or recipient does, or how it is turned off, belongs to its clause. */
function clauseOf(prose: string): string {
  return prose.replace(/\.(?:does|off)$/, "");
}

interface Placed {
  readonly clause: Clause;
  readonly notice: string;
}

/** The compared notice's own clauses are found by id whatever it calls itself; those of a parent by the parent's id too. */
function clausesOf(side: Side): ReadonlyMap<string, Placed> {
  const lineage = upward(side);
  const index = indexVocabulary(extendVocabulary(side.vocabulary, lineage.map((each) => each.notice).toReversed()));
  const placed = new Map<string, Placed>();
  for (const [level, { notice, parent }] of lineage.entries())
    for (const clause of numberClauses(notice, index, parent))
      placed.set(level === 0 ? clause.id : `${notice.id}/${clause.id}`, { clause, notice: notice.id });
  return placed;
}
