// An addendum that takes back what its parent promises (clauses.md PY1, PI1): practices add up, promises may not weaken.
import { compareAddendum } from "../compare/compare-addendum.ts";
import { type Checking, find } from "../check/checking.ts";
import type { Vocabulary } from "../model/vocabulary.ts";

/** `spoken` is the vocabulary before any notice adds words. Practices that break a parent's `never` are found with the other breaches. */
export function lintAddendum(checking: Checking, spoken: Vocabulary): void {
  const { notice, parent } = checking;
  if (parent === undefined) return;
  for (const { kind, clause, message } of compareAddendum(parent, notice, spoken)) {
    if (kind !== "weakened") continue;
    const help = "an addendum adds protection: say at least as much as the parent does, or leave the promise out";
    find(checking, "addendum-weakens", `promises.${clause}`, message, help);
  }
}
