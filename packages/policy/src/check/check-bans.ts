// A `never` is an assertion about what is declared: any practice of the notice or its parents that overlaps it breaks it.
import type { Ban, Notice, NoticePromise, Practice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import { dataWithUs } from "../model/practice-reach.ts";
import { everybody, ourselves, ownDevice } from "../model/values.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";
import { type Checking, find, isFull, knownRecipients } from "./checking.ts";

export function checkBans(checking: Checking): void {
  const { notice, parent, vocabulary } = checking;
  const isDirect = directFor(notice, parent);
  const above = practicesAbove(parent);
  for (const promise of notice.promises) {
    const { ban } = promise;
    if (ban === undefined || isFull(checking)) continue;
    for (const practice of notice.practices) {
      const broken = breach(ban, practice, vocabulary, isDirect);
      if (broken !== undefined) report(checking, promise.id, "", practice.id, `practices.${practice.id}`, "", broken);
    }
    for (const { is: practice, owner, isDirect: isDirectThere } of above) {
      const broken = breach(ban, practice, vocabulary, isDirectThere);
      const at = `promises.${promise.id}`;
      if (broken !== undefined) report(checking, promise.id, "", practice.id, at, ` of \`${owner.id}\``, broken);
    }
  }
  for (const [promise, owner] of promisesAbove(parent)) {
    for (const practice of promise.ban === undefined ? [] : notice.practices) {
      const broken = promise.ban === undefined ? undefined : breach(promise.ban, practice, vocabulary, isDirect);
      if (broken !== undefined)
        report(checking, promise.id, ` of \`${owner.id}\``, practice.id, `practices.${practice.id}`, "", broken);
    }
  }
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

/**
 * In what the practice overlaps the ban; undefined when they are apart on some axis. `isReachedDirectly` tells which recipients the
 * person's own machine contacts, so that nothing of what they get comes to us.
 */
export function breach(
  ban: Ban,
  practice: Practice,
  vocabulary: VocabularyIndex,
  isReachedDirectly: (recipient: string) => boolean = () => false,
): string | undefined {
  const meet = (
    kind: "data" | "subject" | "purpose",
    forbidden: readonly string[],
    declared: readonly string[],
  ): string | undefined => declared.find((each) => forbidden.some((term) => vocabulary.overlaps(kind, each, term)));
  const data = dataReaching(ban, practice, isReachedDirectly);
  if (data.length === 0) return undefined;
  const datum = meet("data", ban.data, data);
  if (ban.data.length > 0 && datum === undefined) return undefined;
  if (ban.from.length > 0 && meet("subject", ban.from, practice.from) === undefined) return undefined;
  if (ban.for.length > 0 && meet("purpose", ban.for, practice.for) === undefined) return undefined;
  const joined = ban.together.map((term) => meet("data", [term], data));
  if (joined.includes(undefined)) return undefined;
  const named = [...new Set([datum, ...joined])].filter((each) => each !== undefined);
  return named.length === 0 ? "it forbids all data of these people" : named.map((each) => `\`${each}\``).join(" with ");
}

/** What of the practice comes to where the ban keeps data from. What is published comes to everybody, us included. */
function dataReaching(
  ban: Ban,
  practice: Practice,
  isReachedDirectly: (recipient: string) => boolean,
): readonly string[] {
  const { reads, data, sends, to, held } = practice;
  if (ban.to.length === 0) return [...reads, ...data, ...sends];
  const isSent = to.includes(everybody) || ban.to.some((each) => to.includes(each));
  return [
    ...(isSent ? sends : []),
    ...(ban.to.includes(ourselves) ? [...reads, ...dataWithUs(practice, isReachedDirectly)] : []),
    ...(ban.to.includes(ownDevice) && held !== undefined ? data : []),
  ];
}

/** Recipients as the notice that names them, or one above it, declares them. */
function directFor(notice: Notice, parent: Policy | undefined): (recipient: string) => boolean {
  const recipients = knownRecipients(notice, parent);
  const direct = new Map(recipients.toReversed().map((each) => [each.id, each.reached === "directly"]));
  return (id) => direct.get(id) === true;
}

interface Above {
  readonly is: Practice;
  readonly owner: Notice;
  readonly isDirect: (recipient: string) => boolean;
}

function practicesAbove(parent: Policy | undefined): readonly Above[] {
  if (parent === undefined) return [];
  const isThere = directFor(parent.notice, parent.parent);
  return [
    ...parent.notice.practices.map((is): Above => ({ is, owner: parent.notice, isDirect: isThere })),
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
