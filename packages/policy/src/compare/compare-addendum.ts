// Whether an addendum takes back what its parent promises: practices add up, so of the child alone only promises can weaken.
import { breach } from "../check/check-bans.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { extendVocabulary, indexVocabulary } from "../terms/index-vocabulary.ts";
import { banReading } from "./compare-promises.ts";
import { isUpheldBy } from "./orders/promise.ts";
import { type PromiseAtom, promiseAtoms } from "./promise-atoms.ts";
import { type Lineage, promisesOf, upward } from "./side.ts";
import { relateTerms } from "./term-relation.ts";
import { promiseText } from "./witness.ts";

/** A promise of the parent that the child restates weaker, or breaks by a practice. */
export interface AddendumFinding {
  readonly kind: "weakened" | "contradicted";
  /** The parent's promise. */
  readonly promise: string;
  /** The child's clause. */
  readonly clause: string;
  readonly message: string;
}

export function compareAddendum(
  parent: Lineage,
  child: Lineage["notice"],
  vocabulary: Vocabulary,
): readonly AddendumFinding[] {
  const above = upward(parent).map((each) => each.notice);
  const spoken = extendVocabulary(vocabulary, [...above.toReversed(), child]);
  const terms = relateTerms(spoken, spoken);
  const index = indexVocabulary(spoken);
  const reading = banReading(terms, terms, spoken);
  const findings: AddendumFinding[] = [];
  for (const promise of promisesOf(parent)) {
    const { ban } = promise;
    for (const practice of ban === undefined ? [] : child.practices) {
      const broken = ban === undefined ? undefined : breach(ban, practice, index);
      if (broken !== undefined)
        findings.push({
          kind: "contradicted",
          promise: promise.id,
          clause: practice.id,
          message: `practice \`${practice.id}\` breaks promise \`${promise.id}\` of the parent: ${broken}`,
        });
    }
    for (const atom of promiseAtoms(promise)) {
      const restated = child.promises.flatMap(promiseAtoms).filter((each) => isRestated(atom, each));
      if (restated.some((each) => isUpheldBy(atom, each, reading))) continue;
      for (const each of restated) findings.push(weakened(atom, each));
    }
  }
  return findings;
}

function weakened(atom: PromiseAtom, by: PromiseAtom): AddendumFinding {
  const message = `promise \`${by.promise}\` says less than \`${atom.promise}\` of the parent: ${promiseText(atom)} → ${promiseText(by)}`;
  return { kind: "weakened", promise: atom.promise, clause: by.promise, message };
}

/** Both speak of one thing: the same right, the same kind with one value, or the same id. */
function isRestated(atom: PromiseAtom, by: PromiseAtom): boolean {
  if (atom.kind !== by.kind) return false;
  if (atom.kind === "right" && by.kind === "right") return atom.right === by.right;
  if (atom.kind === "item" && by.kind === "item")
    return atom.of === by.of && (single.has(atom.of) || atom.item === by.item);
  return atom.kind === "only" || atom.promise === by.promise;
}

/** Kinds that promise one value, so that another value is a contradiction; further questions and sayings are not. */
const single = new Set(["changes", "cookies", "mail", "vendor of"]);
