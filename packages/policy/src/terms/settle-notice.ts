// Compiles `except` away: a practice with exceptions becomes one that names the widest words that are left (docs/design/language.md).
import type { Notice, Practice } from "../model/notice.ts";
import type { TermKind } from "../model/vocabulary.ts";
import type { VocabularyIndex } from "./index-vocabulary.ts";

/** Why an exception cannot be compiled away. */
export interface ExceptFault {
  readonly practice: string;
  readonly kind: "stands below nothing" | "leaves nothing" | "stands on two axes";
  /** The excepted word; absent when all of a key is excepted. */
  readonly word?: string;
  /** The key that loses all its words. */
  readonly key?: string;
}

/** The notice without `except`; the very same one when there is none. What cannot be compiled away is left out, which permits less. */
export function settleNotice(notice: Notice, vocabulary: VocabularyIndex): Notice {
  if (!notice.practices.some((each) => each.except !== undefined)) return notice;
  return { ...notice, practices: notice.practices.map((each) => settlePractice(each, vocabulary)) };
}

function settlePractice(practice: Practice, vocabulary: VocabularyIndex): Practice {
  const { except, ...rest } = practice;
  if (except === undefined) return practice;
  const without = (kind: TermKind, words: readonly string[]): readonly string[] =>
    wordsWithout(kind, words, except, vocabulary);
  return {
    ...rest,
    from: without("subject", practice.from),
    reads: without("data", practice.reads),
    data: without("data", practice.data),
    sends: without("data", practice.sends),
    for: without("purpose", practice.for),
  };
}

/**
 * A word that overlaps nothing excepted stays. Any other is replaced by the widest words below it that do: its own unspecified rest
 * goes, because nothing names it without what is excepted.
 */
function wordsWithout(
  kind: TermKind,
  words: readonly string[],
  except: readonly string[],
  vocabulary: VocabularyIndex,
): readonly string[] {
  const excepted = except.filter((each) => vocabulary.has(kind, each));
  const isFree = (word: string): boolean => !excepted.some((each) => vocabulary.overlaps(kind, word, each));
  if (words.every(isFree)) return words;
  const left = new Set<string>();
  for (const word of words) {
    if (isFree(word)) {
      left.add(word);
      continue;
    }
    const below = vocabulary.below(kind, word).filter((each) => isFree(each));
    for (const each of below)
      if (!below.some((other) => other !== each && vocabulary.isAtOrBelow(kind, each, other))) left.add(each);
  }
  return [...left];
}

const axes = [
  { kind: "data", keys: ["data", "reads"] },
  { kind: "subject", keys: ["from"] },
  { kind: "purpose", keys: ["for"] },
] as const;

/** What is wrong with the exceptions of a practice; words that are unknown are found elsewhere. */
export function exceptFaults(practice: Practice, vocabulary: VocabularyIndex): readonly ExceptFault[] {
  const { id, except } = practice;
  if (except === undefined) return [];
  const faults: ExceptFault[] = [];
  for (const word of except) {
    const standing = axes.filter(({ kind, keys }) =>
      keys.some((key) => practice[key].some((each) => vocabulary.isAtOrBelow(kind, word, each))),
    );
    const isKnown = axes.some(({ kind }) => vocabulary.has(kind, word));
    if (standing.length === 0 && isKnown) faults.push({ practice: id, kind: "stands below nothing", word });
    if (standing.length > 1) faults.push({ practice: id, kind: "stands on two axes", word });
  }
  const settled = settlePractice(practice, vocabulary);
  for (const key of ["data", "reads", "from", "for"] as const)
    if (practice[key].length > 0 && settled[key].length === 0)
      faults.push({ practice: id, kind: "leaves nothing", key });
  return faults;
}
