// One side of a comparison: a notice with those above it, and the vocabulary its author spoke.
import type { Feature, Notice, NoticePromise, Practice, Recipient } from "../model/notice.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { extendVocabulary, indexVocabulary } from "../terms/index-vocabulary.ts";
import { settleNotice } from "../terms/settle-notice.ts";

/** A notice and the one it is an addendum to, if any. A `Policy` is one. */
export interface Lineage {
  readonly notice: Notice;
  readonly parent?: Lineage;
}

/** What is compared. Expects notices without errors (`checkNotice`). The vocabulary is the side's own, before the notices' added terms. */
export interface Side extends Lineage {
  readonly vocabulary: Vocabulary;
}

/** The side with every exception compiled away; the very same one when it has none. */
export function settleSide(side: Side): Side {
  const hasNone = upward(side).every(({ notice }) => notice.practices.every((each) => each.except === undefined));
  return hasNone ? side : { ...settled(side, side.vocabulary), vocabulary: side.vocabulary };
}

function settled(lineage: Lineage, vocabulary: Vocabulary): Lineage {
  const spoken = indexVocabulary(
    extendVocabulary(
      vocabulary,
      upward(lineage)
        .map((each) => each.notice)
        .toReversed(),
    ),
  );
  const notice = settleNotice(lineage.notice, spoken);
  return lineage.parent === undefined ? { notice } : { notice, parent: settled(lineage.parent, vocabulary) };
}

/** Something a notice says, with where in the lineage it is said: recipients and features are looked up from there upward. */
export interface Said<T> {
  readonly is: T;
  readonly home: Lineage;
}

/** The notice itself, then its parents. */
export function upward(lineage: Lineage): readonly Lineage[] {
  return lineage.parent === undefined ? [lineage] : [lineage, ...upward(lineage.parent)];
}

/** An addendum says what its parents say too. */
export function practicesOf(lineage: Lineage): readonly Said<Practice>[] {
  return upward(lineage).flatMap((home) => home.notice.practices.map((is) => ({ is, home })));
}

export function promisesOf(lineage: Lineage): readonly NoticePromise[] {
  return upward(lineage).flatMap((home) => home.notice.promises);
}

export function featuresOf(lineage: Lineage): readonly Said<Feature>[] {
  return upward(lineage).flatMap((home) => home.notice.features.map((is) => ({ is, home })));
}

export function recipientOf(home: Lineage, id: string): Recipient | undefined {
  return home.notice.recipients.find((each) => each.id === id) ?? (home.parent && recipientOf(home.parent, id));
}

export function featureOf(home: Lineage, id: string): Feature | undefined {
  return home.notice.features.find((each) => each.id === id) ?? (home.parent && featureOf(home.parent, id));
}
