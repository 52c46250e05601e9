// Promises lost, weakened, kept and gained. A promise counts the other way: losing one is a weakening.
import type { PromiseAtom } from "./promise-atoms.ts";
import { promiseAtoms } from "./promise-atoms.ts";
import { type BanReading, isUpheldBy } from "./orders/promise.ts";
import type { Notice } from "../model/notice.ts";
import { type Side, upward } from "./side.ts";
import type { TermRelation } from "./term-relation.ts";
import { type TermKind, type Vocabulary } from "../model/vocabulary.ts";

/** A promise of one side that the other does not uphold. */
export interface Unupheld {
  readonly atom: PromiseAtom;
  /** What comes nearest on the other side: of the same kind and about the same thing. */
  readonly nearest?: PromiseAtom;
}

/** What `made` promises and `other` does not uphold. */
export function unupheld(
  made: readonly PromiseAtom[],
  other: readonly PromiseAtom[],
  reading: BanReading,
): readonly Unupheld[] {
  return made.flatMap((atom) => {
    if (other.some((each) => isUpheldBy(atom, each, reading))) return [];
    const nearest =
      other.find((each) => isAbout(each, atom) && each.promise === atom.promise) ??
      other.find((each) => isAbout(each, atom));
    return [{ atom, ...(nearest === undefined ? {} : { nearest }) }];
  });
}

/** What a side promises, information it owes counted as promises: who runs a place, how a feature is turned off. */
export function atomsOf(side: Side): readonly PromiseAtom[] {
  return upward(side).flatMap(({ notice }) =>
    [...notice.promises.flatMap(promiseAtoms), ...informationOf(notice)].map((each) => ({
      ...each,
      notice: notice.id,
    })),
  );
}

function informationOf(notice: Notice): PromiseAtom[] {
  return [
    ...notice.venues.map((each) => item(each.id, "venue", `${each.name}, run by ${each.operator}`)),
    ...notice.features.flatMap((each) => (each.off === undefined ? [] : [item(each.id, "off", each.id)])),
    ...(notice.controller.contact === "" ? [] : [item(notice.id, "contact", "somebody to ask")]),
  ];
}

function item(promise: string, of: string, what: string): PromiseAtom {
  return { promise, kind: "item", of, item: what, except: [] };
}

export function banReading(made: TermRelation, upheld: TermRelation, vocabulary: Vocabulary): BanReading {
  const keys = new Set(vocabulary.terms.map((each) => `${each.kind} ${each.key}`));
  return { made, upheld, isAskable: (kind: TermKind, term: string) => keys.has(`${kind} ${term}`) };
}

function isAbout(one: PromiseAtom, other: PromiseAtom): boolean {
  if (one.kind !== other.kind) return false;
  if (one.kind === "right" && other.kind === "right") return one.right === other.right;
  if (one.kind === "item" && other.kind === "item")
    return one.of === other.of && (one.item === other.item || one.promise === other.promise);
  return one.kind === "only" || one.promise === other.promise;
}
