// Whether one practice permits what another does, on its words and in its protection: what the lints of overlap and of subjects ask.
import { isConditionAtOrBelow } from "../compare/orders/condition.ts";
import { isKeepAtOrBelow } from "../compare/orders/keep.ts";
import { isFormAtOrBelow, meetForms } from "../model/form-order.ts";
import type { Practice, Stage } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import type { TermKind } from "../model/vocabulary.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";

/** The practices of the notices above, nearest first. */
export function practicesAbove(parent: Policy | undefined): readonly Practice[] {
  return parent === undefined ? [] : [...parent.notice.practices, ...practicesAbove(parent.parent)];
}

/** True when every word of `narrow` stands at or below one of `broad`. */
export function isCovered(
  vocabulary: VocabularyIndex,
  kind: TermKind,
  narrow: readonly string[],
  broad: readonly string[],
): boolean {
  return narrow.every((each) => broad.some((other) => vocabulary.isAtOrBelow(kind, each, other)));
}

/** True when `other` reads, holds and sends all that `practice` does, whatever the purpose and the subject. */
export function isDoneBy(practice: Practice, other: Practice, vocabulary: VocabularyIndex): boolean {
  const { reads, data, sends, to, held } = practice;
  if (held !== other.held || !to.every((id) => other.to.includes(id))) return false;
  const seen = other.held === undefined ? [...other.reads, ...other.data] : other.reads;
  return (
    isCovered(vocabulary, "data", data, other.data) &&
    isCovered(vocabulary, "data", reads, seen) &&
    (to.length === 0 || isCovered(vocabulary, "data", sends, other.sends))
  );
}

/** True when whatever form, time and condition `practice` permits, `other` permits too. */
export function isLooserOrEqual(practice: Practice, other: Practice): boolean {
  return (
    isConditionAtOrBelow(conditionOf(practice), conditionOf(other)) &&
    areStagesWithin(practice.keep, other.keep) &&
    (practice.to.length === 0 || areStagesWithin(sentStages(practice), sentStages(other)))
  );
}

/** A practice's condition as the comparison orders it. */
export function conditionOf({ when, needs }: Practice): { when: string; features: readonly string[] } {
  return { when, features: needs === undefined ? [] : [needs] };
}

/** True when every stage lies at or below one of the limits. */
export function areStagesWithin(stages: readonly Stage[], limits: readonly Stage[]): boolean {
  return stages.every(({ form, keep }) =>
    limits.some((limit) => isFormAtOrBelow(form, limit.form) && isKeepAtOrBelow(keep, limit.keep)),
  );
}

function sentStages({ keep, sentAs }: Practice): readonly Stage[] {
  return sentAs === undefined ? keep : keep.map((stage) => ({ ...stage, form: meetForms(stage.form, sentAs) }));
}

/** In what `other` protects less than `practice`, in words. */
export function looserIn(practice: Practice, other: Practice): readonly string[] {
  return [
    ...(isConditionAtOrBelow(conditionOf(other), conditionOf(practice)) ? [] : [`\`when: ${other.when}\``]),
    ...(areStagesWithin(other.keep, practice.keep) ? [] : ["a longer or rawer `keep`"]),
    ...(practice.to.length === 0 || areStagesWithin(sentStages(other), sentStages(practice))
      ? []
      : ["a rawer form of sending"]),
  ];
}
