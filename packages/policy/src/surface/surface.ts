// The surface of a notice: for every datum what is held, in which form, for how long and to whom, or that no such records exist.
import { findData, practicesOf } from "../answer/found-data.ts";
import { formText } from "../model/form-order.ts";
import type { Notice, Practice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import { dataWithUs, isHeldByUs } from "../model/practice-reach.ts";
import { everybody } from "../model/values.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { type VocabularyIndex, extendVocabulary, indexVocabulary } from "../terms/index-vocabulary.ts";

/** Strongest first: what is held anywhere is `held`. */
export const standings = [
  "held",
  "may be held",
  "on their own device",
  "passes through, no records",
  "no such records exist",
] as const;
export type Standing = (typeof standings)[number];

/** One practice that concerns a datum. */
export interface SurfaceUse {
  readonly practice: string;
  readonly from: readonly string[];
  /** Form and length of each stage, e.g. `pseudonymous: until the day closes`; empty for what is not kept. */
  readonly keeps: readonly string[];
  readonly for: readonly string[];
  /** Recipients' names; empty is nobody. */
  readonly to: readonly string[];
  readonly isPublic: boolean;
  /** Keys the published text does not state. */
  readonly assumed: readonly string[];
}

export interface SurfaceField {
  readonly data: string;
  readonly standing: Standing;
  readonly uses: readonly SurfaceUse[];
  /** Names of recipients the person's own machine reaches that see it: none of it comes to us. */
  readonly seenBy: readonly string[];
}

/** Every datum of the vocabulary the policy speaks; what its notice or a parent declares comes first. */
export function surface(policy: Policy, vocabulary: Vocabulary): readonly SurfaceField[] {
  const index = indexVocabulary(extendVocabulary(vocabulary, noticesOf(policy).toReversed()));
  const fields = index.keys("data").map((datum) => fieldOf(policy, index, datum));
  return fields.toSorted((a, b) => standings.indexOf(a.standing) - standings.indexOf(b.standing));
}

function fieldOf(policy: Policy, index: VocabularyIndex, datum: string): SurfaceField {
  const field = (standing: Standing, found: readonly Practice[]): SurfaceField => ({
    data: datum,
    standing,
    seenBy: seenBy(policy, index, datum),
    uses: found.map((practice) => {
      const use = useOf(policy, index, practice, datum);
      // What only passes has no length of its own; that of the practice is of its other data.
      return standing === "passes through, no records" ? { ...use, keeps: [] } : use;
    }),
  });
  const held = findData(policy, index, datum, (each) => (isHeldByUs(each) ? each.data : []));
  if (held.sure.length > 0) return field("held", held.sure);
  // A broader word may hold it: that no such records exist would be a guess.
  if (held.perhaps.length > 0) return field("may be held", held.perhaps);
  const device = findData(policy, index, datum, (each) => (each.held === undefined ? [] : each.data));
  const passing = practicesOf(policy).filter((each) =>
    [...each.reads, ...dataWithUs(each, (id) => isReachedDirectly(policy, id))].some((word) =>
      index.overlaps("data", word, datum),
    ),
  );
  if (passing.length > 0) return field("passes through, no records", passing);
  return device.sure.length > 0 ? field("on their own device", device.sure) : field("no such records exist", []);
}

function seenBy(policy: Policy, index: VocabularyIndex, datum: string): readonly string[] {
  const names = noticesOf(policy)
    .flatMap(({ recipients }) => recipients)
    .filter(
      ({ reached, sees = [] }) => reached === "directly" && sees.some((word) => index.overlaps("data", word, datum)),
    )
    .map(({ name }) => name);
  return [...new Set(names)];
}

function useOf(policy: Policy, index: VocabularyIndex, practice: Practice, datum: string): SurfaceUse {
  const { id, from, keep, for: purposes, to, sends, assumed } = practice;
  const isSent = sends.some((word) => index.overlaps("data", word, datum));
  return {
    practice: id,
    from,
    keeps: keep.map((stage) => `${formText(stage.form)}: ${stage.keep.text}`),
    for: purposes,
    to: isSent ? to.filter((each) => each !== everybody).map((each) => nameOf(policy, each)) : [],
    isPublic: isSent && to.includes(everybody),
    assumed,
  };
}

function nameOf(policy: Policy, id: string): string {
  const own = policy.notice.recipients.find((each) => each.id === id)?.name;
  return own ?? (policy.parent === undefined ? id : nameOf(policy.parent, id));
}

function isReachedDirectly(policy: Policy, id: string): boolean {
  const own = policy.notice.recipients.find((each) => each.id === id);
  if (own !== undefined) return own.reached === "directly";
  return policy.parent !== undefined && isReachedDirectly(policy.parent, id);
}

function noticesOf(policy: Policy): readonly Notice[] {
  return policy.parent === undefined ? [policy.notice] : [policy.notice, ...noticesOf(policy.parent)];
}
