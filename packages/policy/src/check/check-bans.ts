// A `never` is an assertion about what is declared: any practice of the notice or its parents that overlaps it breaks it.
import type { Ban, Notice, NoticePromise, Practice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import { everybody } from "../model/values.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";
import { type Checking, find } from "./checking.ts";

export function checkBans(checking: Checking): void {
  const { notice, parent, vocabulary } = checking;
  for (const promise of notice.promises) {
    for (const practice of notice.practices) reportBreach(checking, promise, practice, `practices.${practice.id}`, "");
    for (const [practice, owner] of practicesAbove(parent)) {
      reportBreach(checking, promise, practice, `promises.${promise.id}`, ` of \`${owner.id}\``);
    }
  }
  for (const [promise, owner] of promisesAbove(parent)) {
    for (const practice of notice.practices) {
      const broken = promise.ban === undefined ? undefined : breach(promise.ban, practice, vocabulary);
      if (broken !== undefined)
        report(checking, promise.id, ` of \`${owner.id}\``, practice.id, `practices.${practice.id}`, "", broken);
    }
  }
}

function reportBreach(checking: Checking, promise: NoticePromise, practice: Practice, at: string, of: string): void {
  const broken = promise.ban === undefined ? undefined : breach(promise.ban, practice, checking.vocabulary);
  if (broken !== undefined) report(checking, promise.id, "", practice.id, at, of, broken);
}

function report(
  checking: Checking,
  promise: string,
  whose: string,
  practice: string,
  at: string,
  of: string,
  broken: string,
): void {
  const help = "narrow the practice until they no longer overlap, or take the promise back openly";
  find(
    checking,
    "promise-broken",
    at,
    `practice \`${practice}\`${of} breaks promise \`${promise}\`${whose}: ${broken}`,
    help,
  );
}

/** In what the practice overlaps the ban; undefined when they are apart on some axis. */
export function breach(ban: Ban, practice: Practice, vocabulary: VocabularyIndex): string | undefined {
  const isPublished = practice.to.includes(everybody);
  if (ban.to.length > 0 && !isPublished && !ban.to.some((each) => practice.to.includes(each))) return undefined;
  const meet = (
    kind: "data" | "subject" | "purpose",
    forbidden: readonly string[],
    declared: readonly string[],
  ): string | undefined => declared.find((each) => forbidden.some((term) => vocabulary.overlaps(kind, each, term)));
  // What only stays with us cannot reach a recipient the ban names.
  const data = ban.to.length > 0 ? practice.sends : [...practice.reads, ...practice.data, ...practice.sends];
  const datum = meet("data", ban.data, data);
  if (ban.data.length > 0 && datum === undefined) return undefined;
  if (ban.from.length > 0 && meet("subject", ban.from, practice.from) === undefined) return undefined;
  if (ban.for.length > 0 && meet("purpose", ban.for, practice.for) === undefined) return undefined;
  const joined = ban.together.map((term) => meet("data", [term], data));
  if (joined.includes(undefined)) return undefined;
  const named = [...new Set([datum, ...joined])].filter((each) => each !== undefined);
  return named.length === 0 ? "it forbids all data of these people" : named.map((each) => `\`${each}\``).join(" with ");
}

function practicesAbove(parent: Policy | undefined): [Practice, Notice][] {
  if (parent === undefined) return [];
  return [
    ...parent.notice.practices.map((each): [Practice, Notice] => [each, parent.notice]),
    ...practicesAbove(parent.parent),
  ];
}

function promisesAbove(parent: Policy | undefined): [NoticePromise, Notice][] {
  if (parent === undefined) return [];
  return [
    ...parent.notice.promises.map((each): [NoticePromise, Notice] => [each, parent.notice]),
    ...promisesAbove(parent.parent),
  ];
}
