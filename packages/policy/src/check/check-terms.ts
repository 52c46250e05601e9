// Every word of the vocabulary a notice uses is known, and every word it adds stands below a known one.
import type { Keep } from "../model/notice.ts";
import { collection } from "../model/values.ts";
import type { TermKind } from "../model/vocabulary.ts";
import { termKinds } from "../model/vocabulary.ts";
import { type Checking, checkTerm, checkTerms, didYouMean, find } from "./checking.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";

export function checkVocabularyUse(checking: Checking): void {
  const { notice } = checking;
  for (const { id, from, reads, data, sends, for: purposes, basis, keep } of notice.practices) {
    const at = `practices.${id}`;
    checkTerms(checking, "subject", from, `${at}.from`);
    checkTerms(checking, "data", reads, `${at}.reads`);
    checkTerms(checking, "data", data, `${at}.data`);
    if (sends !== data && sends.join("\n") !== data.join("\n")) checkTerms(checking, "data", sends, `${at}.sends`);
    checkTerms(checking, "purpose", purposes, `${at}.for`);
    checkTerm(checking, "basis", basis, `${at}.basis`);
    for (const stage of keep) {
      checkEvent(checking, stage.keep, `${at}.keep`);
    }
  }
  for (const { id, sees, keeps, usesFor } of notice.recipients) {
    checkTerms(checking, "data", sees ?? [], `recipients.${id}.sees`);
    checkTerms(checking, "purpose", usesFor ?? [], `recipients.${id}.for`);
    if (keeps !== undefined) checkEvent(checking, keeps, `recipients.${id}.keeps`);
  }
  for (const { id, ban, kind, detail, messages } of notice.promises) {
    const at = `promises.${id}`;
    checkTerms(checking, "data", ban?.data ?? [], `${at}.never.data`);
    checkTerms(checking, "data", ban?.together ?? [], `${at}.never.together`);
    checkTerms(checking, "subject", ban?.from ?? [], `${at}.never.from`);
    checkTerms(checking, "purpose", ban?.for ?? [], `${at}.never.for`);
    for (const message of messages ?? []) {
      checkTerm(checking, "event", message.on, `${at}.messages.${message.id}.on`);
      checkTerm(checking, "purpose", message.for, `${at}.messages.${message.id}.for`);
    }
    const value = kind === "rights" || kind === "disclosed only" ? (detail[kind] ?? []) : [];
    checkTerms(
      checking,
      kind === "rights" ? "right" : "ground",
      typeof value === "string" ? [value] : value,
      `${at}.${kind}`,
    );
  }
}

function checkEvent(checking: Checking, keep: Keep, at: string): void {
  if (keep.kind === "for" && keep.after !== collection) checkTerm(checking, "event", keep.after, at);
}

/** `known` is the vocabulary without this notice's own terms. */
export function checkAddedTerms(checking: Checking, known: VocabularyIndex): void {
  const { notice } = checking;
  for (const { key, kind: sort, is } of notice.terms) {
    const at = `terms.${key}`;
    const kind = termKinds.find((each) => each === sort);
    if (kind === undefined) continue;
    if (known.has(kind, key)) {
      find(
        checking,
        "term-exists",
        at,
        `\`${key}\` is a known word already`,
        "use it as it is, or choose another word",
      );
      continue;
    }
    const siblings = notice.terms.filter((each) => each.kind === kind).map((each) => each.key);
    for (const broader of is) {
      if (known.has(kind, broader) || siblings.includes(broader)) continue;
      find(
        checking,
        "unknown-term",
        `${at}.is`,
        `\`${key}\` stands below \`${broader}\`, which is not known`,
        didYouMean(known.nearest(kind, broader), "name a known word of the same kind"),
      );
    }
    if (is.every((each) => siblings.includes(each)) && !reaches(checking, kind, key, known)) {
      find(
        checking,
        "term-cycle",
        `${at}.is`,
        `\`${key}\` stands below no known word`,
        "follow its `is` upwards: it must end at a word of the vocabulary",
      );
    }
  }
}

function reaches({ vocabulary }: Checking, kind: TermKind, key: string, known: VocabularyIndex): boolean {
  return known.keys(kind).some((each) => vocabulary.isAtOrBelow(kind, key, each));
}
