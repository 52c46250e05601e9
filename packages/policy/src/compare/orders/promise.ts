// How promises compare, the other way round: a promise is upheld by one that forbids, grants or secures at least as much.
import { everybody } from "../../model/values.ts";
import type { TermKind } from "../../model/vocabulary.ts";
import type { AtomBan, PromiseAtom } from "../promise-atoms.ts";
import type { TermRelation } from "../term-relation.ts";
import { isLengthAtOrBelow } from "./length.ts";

/** How the two vocabularies read a ban: on which terms, known to the side that must uphold it, each fires. */
export interface BanReading {
  /** The vocabulary the promise was made in, read in the other. */
  readonly made: TermRelation;
  /** The vocabulary of the side that must uphold it. */
  readonly upheld: TermRelation;
  /** Terms that can be asked about there. */
  isAskable(kind: TermKind, term: string): boolean;
}

/** True when whatever `old` guarantees, `upholder` guarantees too. */
export function isUpheldBy(old: PromiseAtom, upholder: PromiseAtom, reading: BanReading): boolean {
  if (old.kind === "never") return upholder.kind === "never" && isBanUpheld(old.ban, upholder.ban, reading);
  if (old.kind === "right") {
    if (upholder.kind !== "right" || upholder.right !== old.right) return false;
    if (old.within !== undefined)
      return (
        upholder.within !== undefined &&
        upholder.within.after === old.within.after &&
        isLengthAtOrBelow(upholder.within, old.within)
      );
    return old.text === "" || old.text === upholder.text;
  }
  if (old.kind === "item") {
    if (upholder.kind !== "item" || upholder.of !== old.of) return false;
    return isItemUpheld(old, upholder, reading) && areExceptionsWithin(upholder, old, reading);
  }
  if (old.kind === "only") {
    if (upholder.kind !== "only" || upholder.of !== old.of) return false;
    return (
      upholder.items.every((each) => old.items.includes(each)) &&
      (old.receiver === "" || old.receiver === upholder.receiver)
    );
  }
  return upholder.kind === "attested" && upholder.says === old.says && upholder.until >= old.until;
}

type Item = Extract<PromiseAtom, { kind: "item" }>;

/** What is promised to a kind of people is promised to all who were of that kind. */
function isItemUpheld(old: Item, upholder: Item, { made }: BanReading): boolean {
  if (old.of !== "applies to") return upholder.item === old.item;
  return made.frontier("subject", old.item).every((each) => made.above("subject", each).has(upholder.item));
}

/** An exception may not take in what its word did not mean when the promise was made. */
function areExceptionsWithin(upholder: Item, old: Item, { upheld }: BanReading): boolean {
  return upholder.except.every((each) => {
    if (old.of !== "mail") return old.except.includes(each);
    return upheld
      .frontier("purpose", each)
      .every((term) => old.except.some((known) => upheld.above("purpose", term).has(known)));
  });
}

/** A ban is upheld by one that fires wherever it fires. */
function isBanUpheld(old: AtomBan, upholder: AtomBan, reading: BanReading): boolean {
  const isWithin = (kind: TermKind, narrow: string | undefined, broad: string | undefined): boolean => {
    if (broad === undefined) return true;
    if (narrow === undefined) return false;
    // To fire on every word of it is not enough: kinds not yet named must be forbidden too.
    if (!reading.made.frontier(kind, narrow).every((each) => reading.made.above(kind, each).has(broad))) return false;
    const fires = reading.upheld.overlapping(kind, broad);
    for (const term of reading.made.overlapping(kind, narrow))
      if (reading.isAskable(kind, term) && !fires.has(term)) return false;
    return true;
  };
  // Everybody includes each, so a ban on one recipient fires on publication too.
  if (upholder.to !== undefined && upholder.to !== old.to && old.to !== everybody) return false;
  if (!isWithin("subject", old.from, upholder.from) || !isWithin("purpose", old.for, upholder.for)) return false;
  // Each thing the upholder waits for must be there already when the old ban fires.
  const present = [...(old.data === undefined ? [] : [old.data]), ...old.together];
  const awaited = [...(upholder.data === undefined ? [] : [upholder.data]), ...upholder.together];
  return awaited.every((each) => present.some((datum) => isWithin("data", datum, each)));
}
