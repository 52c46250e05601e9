// Builds the decision table of a notice and its parents.
import type { Keep, Notice, Practice, Recipient } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import { dataWithUs } from "../model/practice-reach.ts";
import { grounds } from "../model/values.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";
import { dataAxis, recipientAxis, termAxis } from "./build-axes.ts";
import { fillRows } from "./bit-rows.ts";
import { emptyMemo } from "./memo.ts";
import {
  type Rows,
  type Table,
  type TableBan,
  type TableLimit,
  type TablePractice,
  makeDecision,
  open,
} from "./table.ts";

type Answer = "ask" | "yes" | "no";

/** In the order of `Table.conditions`. */
const situations = [false, true].flatMap((signal) =>
  (["ask", "yes", "no"] as const).map((answer) => [answer, signal] as const),
);

export function buildTable(notice: Notice, version: string, index: VocabularyIndex, parent: Policy | undefined): Table {
  const inherited = parent === undefined ? undefined : open(parent);
  const recipient = recipientFinder(notice, parent);
  const practices = [
    ...notice.practices.map((each) => tablePractice(each, notice.id, version, recipient)),
    ...(inherited?.practices ?? []),
  ];
  const bans = [...ownBans(notice, version), ...(inherited?.bans ?? [])].map((each) => withTogether(each, index));
  const width = Math.max(1, Math.ceil(practices.length / 32));
  const banWidth = Math.ceil(bans.length / 32);
  const sides = { practices, bans, width, banWidth };
  const recipients = recipientAxis(recipientsOf(notice, parent), sides);
  const maskOf = (isIn: (practice: Practice) => boolean): Rows =>
    fillRows(1, practices.length, width, (_, bit) => practices[bit] !== undefined && isIn(practices[bit].practice));
  return {
    practices,
    bans,
    width,
    banWidth,
    data: dataAxis(index, sides),
    subjects: termAxis(index, "subject", sides, (side) => side.from),
    purposes: termAxis(index, "purpose", sides, (side) => side.for),
    recipients,
    controllerRow: recipients.index.size,
    strangerRow: recipients.index.size + 1,
    storing: storingRows([...recipients.index.keys()], practices, width),
    conditions: situations.map(([answer, signal]) => maskOf((each) => conditionHolds(each, answer, signal))),
    grounds: new Map(
      grounds.map((ground) => [
        ground,
        situations.map(([answer, signal]) => maskOf((each) => each.when === ground && isOn(each, answer, signal))),
      ]),
    ),
    allowed: practices.map((each) => makeDecision(true, "allowed", each.practice.id, each)),
    banned: bans.map((each) => makeDecision(false, "forbidden by promise", each.promise, each)),
    refusals: new Map(),
    memo: emptyMemo(),
    owner: { notice: notice.id, version },
  };
}

type FindRecipient = (id: string) => Recipient | undefined;

function tablePractice(practice: Practice, notice: string, version: string, recipient: FindRecipient): TablePractice {
  const stages = practice.keep.map(({ form, keep }) => ({
    form,
    lastDay: lastDay(keep),
    after: keep.kind === "for" ? keep.after : "",
    isHeld: keep.kind !== "never by us",
  }));
  const withUs = dataWithUs(practice, (id) => recipient(id)?.reached === "directly");
  const limits = new Map(practice.to.map((id) => [id, limitOf(recipient(id))]));
  return { practice, notice, version, stages, withUs, limits };
}

function limitOf(recipient: Recipient | undefined): TableLimit {
  const keeps = recipient?.keeps;
  return {
    isStoring: recipient?.holds === "stores",
    form: recipient?.storesAs,
    lastDay: (after) => (keeps?.kind === "for" && keeps.after === after ? keeps.days : Number.POSITIVE_INFINITY),
  };
}

/** A practice means the recipient as its own notice, or the nearest notice above it, declares it. */
function recipientFinder(notice: Notice, parent: Policy | undefined): FindRecipient {
  const found = new Map<string, Recipient>();
  for (
    let home: { notice: Notice; parent?: Policy } | undefined = parent === undefined ? { notice } : { notice, parent };
    home !== undefined;
    home = home.parent
  )
    for (const each of home.notice.recipients) if (!found.has(each.id)) found.set(each.id, each);
  return (id) => found.get(id);
}

function lastDay(keep: Keep): number {
  return keep.kind === "for" ? keep.days : Number.POSITIVE_INFINITY;
}

/** A feature that must be on is a yes that must have been said, whatever the practice's own condition. */
function isOn(practice: Practice, answer: Answer, signal: boolean): boolean {
  return practice.needs === undefined || (answer === "yes" && !signal);
}

function conditionHolds(practice: Practice, answer: Answer, signal: boolean): boolean {
  if (!isOn(practice, answer, signal)) return false;
  if (practice.when === "always" || practice.when === "necessary") return true;
  if (practice.when === "opt-out") return answer !== "no" && !signal;
  return practice.when === "opt-in" && answer === "yes" && !signal;
}

function ownBans(notice: Notice, version: string): Omit<TableBan, "together">[] {
  return notice.promises.flatMap(({ id, ban }) =>
    ban === undefined ? [] : [{ ban, promise: id, notice: notice.id, version }],
  );
}

/** Asked again for a parent's bans: an addendum may add terms they overlap. */
function withTogether(each: Omit<TableBan, "together">, index: VocabularyIndex): TableBan {
  const keys = index.keys("data");
  const sets = each.ban.together.map(
    (term) => new Set(keys.flatMap((key, row) => (index.overlaps("data", key, term) ? [row] : []))),
  );
  return { ...each, together: sets };
}

function recipientsOf(notice: Notice, parent: Policy | undefined): string[] {
  const own = notice.recipients.map((each) => each.id);
  return parent === undefined ? own : [...own, ...recipientsOf(parent.notice, parent.parent)];
}

/** Which practices may ask a recipient to keep what it gets: it must be declared to store (clauses.md PY3). */
function storingRows(ids: readonly string[], practices: readonly TablePractice[], width: number): Rows {
  return fillRows(ids.length + 2, practices.length, width, (row, bit) => {
    const id = ids[row];
    return id !== undefined && practices[bit]?.limits.get(id)?.isStoring === true;
  });
}
