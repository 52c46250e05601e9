// Which practices of a notice and its parents speak of a datum: surely, perhaps (a broader word), or not at all.
import type { Practice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";

export interface Found {
  /** Practices whose word is the one asked for or stands below it. */
  readonly sure: readonly Practice[];
  /** Practices whose word is broader or shares something with it: what is asked for may be in it, and the notice does not say. */
  readonly perhaps: readonly Practice[];
}

/** The notice's own practices, then its parents'; one of the nearest stands for those of the same id above it. */
export function practicesOf(policy: Policy): readonly Practice[] {
  const own = policy.notice.practices;
  if (policy.parent === undefined) return own;
  return [...own, ...practicesOf(policy.parent).filter(({ id }) => own.every((each) => each.id !== id))];
}

/** `wordsOf` picks the words of a practice that count. */
export function findData(
  policy: Policy,
  index: VocabularyIndex,
  datum: string,
  wordsOf: (practice: Practice) => readonly string[],
): Found {
  const sure: Practice[] = [];
  const perhaps: Practice[] = [];
  for (const practice of practicesOf(policy)) {
    const words = wordsOf(practice);
    if (words.some((word) => index.isAtOrBelow("data", word, datum))) sure.push(practice);
    else if (words.some((word) => index.overlaps("data", word, datum))) perhaps.push(practice);
  }
  return { sure, perhaps };
}
