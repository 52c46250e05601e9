// Practices another practice makes void: redundant when it permits the same, shadowed when it permits the same with less protection.
import type { Practice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import { type Checking, warn } from "../check/checking.ts";
import { isCovered, isDoneBy, isLooserOrEqual, looserIn } from "./covering.ts";

interface Said {
  readonly is: Practice;
  /** The parent that says it; undefined: this notice. */
  readonly owner: string | undefined;
}

export function lintOverlap(checking: Checking): void {
  const own = checking.notice.practices.map((is): Said => ({ is, owner: undefined }));
  const all = [...own, ...above(checking.parent)];
  for (const [number, { is }] of own.entries()) {
    const found = all.find((other, rank) => rank !== number && isVoidBy(checking, is, other, rank < number));
    if (found !== undefined) continue;
    const shadow = all.find((other, rank) => rank !== number && isShadowedBy(checking, is, other.is));
    if (shadow !== undefined) reportShadow(checking, is, shadow);
  }
}

function above(parent: Policy | undefined): readonly Said[] {
  if (parent === undefined) return [];
  const own = parent.notice.practices.map((is): Said => ({ is, owner: parent.id }));
  return [...own, ...above(parent.parent)];
}

/** All of it, on every word: reported here. Of two that are equal the later is redundant. */
function isVoidBy(checking: Checking, practice: Practice, other: Said, isEarlier: boolean): boolean {
  const { vocabulary } = checking;
  if (!isCovered(vocabulary, "subject", practice.from, other.is.from)) return false;
  if (!isCovered(vocabulary, "purpose", practice.for, other.is.for)) return false;
  if (!isDoneBy(practice, other.is, vocabulary) || !isLooserOrEqual(practice, other.is)) return false;
  if (looserIn(practice, other.is).length > 0) {
    reportShadow(checking, practice, other);
    return true;
  }
  const isMutual =
    isCovered(vocabulary, "subject", other.is.from, practice.from) &&
    isCovered(vocabulary, "purpose", other.is.for, practice.for) &&
    isDoneBy(other.is, practice, vocabulary);
  if (isMutual && !isEarlier && other.owner === undefined) return false;
  warn(
    checking,
    "redundant",
    `practices.${practice.id}`,
    `practice \`${practice.id}\` permits nothing that \`${other.is.id}\`${of(other)} does not permit already`,
    "take it out, or narrow the other one",
  );
  return true;
}

/** For some of its people and purposes: the other permits as much with less protection. */
function isShadowedBy({ vocabulary }: Checking, practice: Practice, other: Practice): boolean {
  const meets = (kind: "subject" | "purpose", mine: readonly string[], theirs: readonly string[]): boolean =>
    mine.some((each) => theirs.some((broad) => vocabulary.isAtOrBelow(kind, each, broad)));
  return (
    meets("purpose", practice.for, other.for) &&
    meets("subject", practice.from, other.from) &&
    isDoneBy(practice, other, vocabulary) &&
    isLooserOrEqual(practice, other) &&
    looserIn(practice, other).length > 0
  );
}

function reportShadow(checking: Checking, practice: Practice, other: Said): void {
  const { vocabulary } = checking;
  const shared = practice.for.filter((each) => isCovered(vocabulary, "purpose", [each], other.is.for));
  warn(
    checking,
    "shadowed",
    `practices.${practice.id}`,
    `practice \`${practice.id}\` protects in vain: for ${shared.map((each) => `\`${each}\``).join(", ")} \`${other.is.id}\`${of(other)} permits the same with ${looserIn(practice, other.is).join(" and ")}`,
    "narrow the other one, or let both say the same",
  );
}

function of({ owner }: Said): string {
  return owner === undefined ? "" : ` of \`${owner}\``;
}
