// Who is covered (clauses.md PS12): subjects the notice names and no practice is about, and people denied what every visitor has.
import { isConditionAtOrBelow } from "../compare/orders/condition.ts";
import { isKeepAtOrBelow } from "../compare/orders/keep.ts";
import { type Checking, find, warn } from "../check/checking.ts";
import { isFormAtOrBelow } from "../model/form-order.ts";
import type { Practice, Stage } from "../model/notice.ts";
import { isHeldByUs } from "../model/practice-reach.ts";
import { areStagesWithin, conditionOf, practicesAbove } from "./covering.ts";

export function lintSubjects(checking: Checking): void {
  const all = [...checking.notice.practices, ...practicesAbove(checking.parent)];
  lintNamed(checking, all);
  for (const practice of checking.notice.practices) lintDenied(checking, practice, all);
}

function lintNamed({ notice, vocabulary, ...rest }: Checking, all: readonly Practice[]): void {
  const checking: Checking = { notice, vocabulary, ...rest };
  const declared = [...new Set(all.flatMap((each) => each.from))];
  const named = notice.promises.flatMap(({ id, ban, detail }) => [
    ...(ban?.from ?? []).map((word, number) => ({ word, at: `promises.${id}.never.from.${number}` })),
    ...[detail["applies to"] ?? []].flat().map((word) => ({ word, at: `promises.${id}.applies to` })),
  ]);
  for (const { word, at } of named) {
    if (!vocabulary.has("subject", word)) continue;
    if (declared.some((each) => vocabulary.overlaps("subject", each, word))) continue;
    warn(
      checking,
      "subject-without-practice",
      at,
      `the notice speaks of \`${word}\` and has no practice about them`,
      "add the practice, or name those it is about",
    );
  }
}

/**
 * What a visitor has, whoever visits has: a practice about some visitors may not do with the same datum, for the same purpose, what
 * the practices about all of them rule out.
 */
function lintDenied(checking: Checking, practice: Practice, all: readonly Practice[]): void {
  const { vocabulary } = checking;
  for (const subject of practice.from) {
    const roots = rootsAbove(checking, subject);
    if (roots.length === 0) continue;
    const general = all.filter(
      (each) => each !== practice && isHeldByUs(each) && each.from.some((word) => roots.includes(word)),
    );
    for (const purpose of practice.for) {
      const forAll = general.filter((each) =>
        each.for.some((word) => vocabulary.isAtOrBelow("purpose", purpose, word)),
      );
      for (const datum of isHeldByUs(practice) ? practice.data : []) {
        const same = forAll.filter((each) => each.data.some((word) => vocabulary.isAtOrBelow("data", datum, word)));
        const worse = same.find((each) => isWorse(practice, each));
        if (worse === undefined || same.some((each) => isHeldAlike(practice, each))) continue;
        const [root = ""] = roots.filter((word) => worse.from.includes(word));
        find(
          checking,
          "less-than-visitors",
          `practices.${practice.id}`,
          `\`${practice.id}\` denies \`${subject}\` what \`${worse.id}\` gives every \`${root}\`: ${worseIn(practice, worse)} of \`${datum}\` for \`${purpose}\``,
          "narrow it to what it needs, or change what all have",
        );
        return;
      }
    }
  }
}

/** The broadest subjects above one, itself left aside. */
function rootsAbove({ vocabulary }: Checking, subject: string): readonly string[] {
  return vocabulary
    .keys("subject")
    .filter(
      (each) =>
        each !== subject &&
        vocabulary.isAtOrBelow("subject", subject, each) &&
        (vocabulary.term("subject", each)?.parents ?? []).length === 0,
    );
}

function isHeldAlike(practice: Practice, general: Practice): boolean {
  return (
    isConditionAtOrBelow(conditionOf(practice), conditionOf(general)) && areStagesWithin(practice.keep, general.keep)
  );
}

/** Strictly worse on something that can be compared; unlike anchors are another matter. */
function isWorse(practice: Practice, general: Practice): boolean {
  return worseIn(practice, general) !== undefined;
}

function worseIn(practice: Practice, general: Practice): string | undefined {
  const [mine, theirs] = [conditionOf(practice), conditionOf(general)];
  const isNoStricter = isConditionAtOrBelow(theirs, mine);
  if (!isConditionAtOrBelow(mine, theirs)) return isNoStricter ? "the condition" : undefined;
  if (practice.keep.some(({ form }) => general.keep.every((each) => isRawer(form, each.form)))) return "the form";
  const isLonger = practice.keep.some(({ keep }) =>
    general.keep.every((each) => isKeepAtOrBelow(each.keep, keep) && !isKeepAtOrBelow(keep, each.keep)),
  );
  return isLonger ? "the time" : undefined;
}

function isRawer(form: Stage["form"], limit: Stage["form"]): boolean {
  return isFormAtOrBelow(limit, form) && !isFormAtOrBelow(form, limit);
}
