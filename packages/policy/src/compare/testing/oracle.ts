// What two versions permit, by concrete situations and written from docs/design/language.md alone: it asks no order of the comparison.
import type { Form, Practice, Recipient, Stage } from "../../model/notice.ts";
import { grounds } from "../../model/values.ts";
import type { Vocabulary } from "../../model/vocabulary.ts";
import { type Side, upward } from "../side.ts";
import { type Items, deedsAt, may, shortestMonths } from "./recipient-deeds.ts";

/** Situations permitted on each dimension, as bits; all combinations of them are permitted together. */
type Box = readonly bigint[];

/** True when some concrete situation is permitted by `next` and by no practice of `old`. */
export function permitsMore(old: Side, next: Side): boolean {
  const world = worldOf(old, next);
  const limits = boxesOf(old, world, next);
  return boxesOf(next, world, old).some((box) => isOutside(box, limits));
}

/** Cuts the box by each limit in turn: what sticks out on some dimension must be inside of a later one. */
function isOutside(box: Box, limits: readonly Box[]): boolean {
  if (box.includes(0n)) return false;
  const at = limits.findIndex((limit) => box.every((each, dimension) => (each & (limit[dimension] ?? 0n)) !== 0n));
  const limit = limits[at];
  if (limit === undefined) return true;
  const rest = limits.slice(at + 1);
  const within = [...box];
  for (let dimension = 0; dimension < box.length; dimension += 1) {
    const piece = [...within];
    piece[dimension] = (box[dimension] ?? 0n) & ~(limit[dimension] ?? 0n);
    if (isOutside(piece, rest)) return true;
    within[dimension] = (box[dimension] ?? 0n) & (limit[dimension] ?? 0n);
  }
  return false;
}

/** Concrete kinds of things: one for each word of either vocabulary, and to which words of a side it belongs. */
interface World {
  readonly items: Items;
  readonly deeds: readonly string[];
}

function worldOf(old: Side, next: Side): World {
  const words = (kind: string): string[] => [
    ...new Set(
      [old, next].flatMap((side) => side.vocabulary.terms.filter((term) => term.kind === kind).map((term) => term.key)),
    ),
  ];
  const items = { data: words("data"), subject: words("subject"), purpose: words("purpose") };
  const deeds = new Set<string>(["we read", "we hold", "it rests on their device"]);
  const recipients = [old, next].flatMap((side) => upward(side).flatMap((home) => home.notice.recipients));
  for (const verb of ["send", "contact"])
    for (const each of [...recipients.map((one) => one.id), "public"])
      for (const deed of deedsAt(each, items)) deeds.add(`${verb} ${deed}`);
  return { items, deeds: [...deeds] };
}

function boxesOf(side: Side, world: World, other: Side): Box[] {
  const belongs = membership(side.vocabulary, other.vocabulary);
  const bitsOf = (kind: "data" | "subject" | "purpose", words: readonly string[]): bigint =>
    bits(world.items[kind], (item) => words.some((word) => belongs(kind, item, word)));
  const deeds = (verb: string, id: string, home: readonly Recipient[]): bigint =>
    bits(world.deeds, (deed) => deed.startsWith(`${verb} `) && may(deed.slice(verb.length + 1), id, home, belongs));
  const deed = (...names: string[]): bigint => bits(world.deeds, (each) => names.includes(each));
  const boxes: Box[] = [];
  for (const home of upward(side)) {
    const recipients = upward(home).flatMap((each) => each.notice.recipients);
    for (const practice of home.notice.practices) {
      const common = [bitsOf("subject", practice.from), bitsOf("purpose", practice.for), conditionBits(practice, home)];
      const box = (what: bigint, data: readonly string[], state: bigint): unknown =>
        boxes.push([...common, what, subsets(bitsOf("data", data), world.items.data.length), state]);
      const [held, passing] = [stateBits(practice.keep, true), stateBits(practice.keep, false)];
      box(
        deed("we read"),
        practice.reads,
        stateBits([{ form: { kind: "raw" }, keep: { kind: "never by us", text: "" } }], false),
      );
      const ours = comesToUs(practice, recipients);
      if (ours.length > 0) box(deed("we read"), [...practice.reads, ...ours], passing);
      if (practice.held === undefined) box(deed("we read", "we hold"), practice.data, held);
      else box(deed("it rests on their device"), practice.data, held);
      const sent = stateBits(practice.keep, false, practice.sentAs);
      for (const id of practice.to) box(deeds("send", id, recipients), practice.sends, sent);
    }
    for (const feature of home.notice.features)
      for (const id of feature.needs)
        boxes.push([
          1n,
          1n,
          conditionBits({ when: "opt-in", needs: feature.id }, home),
          deeds("contact", id, recipients),
          1n,
          1n,
        ]);
    const named = upward(side).flatMap((each) => [
      ...each.notice.features.flatMap((one) => one.needs),
      ...each.notice.practices.flatMap((one) => one.to),
    ]);
    for (const each of home.notice.recipients)
      if (each.reached === "by us" || !named.includes(each.id))
        boxes.push([1n, 1n, conditionBits({ when: "always" }, home), deeds("contact", each.id, recipients), 1n, 1n]);
  }
  return boxes;
}

/** Straight from their machine to the recipients, nothing of it comes to us; what rests there comes only as far as we send it on. */
function comesToUs({ held, data, sends, to, keep }: Practice, recipients: readonly Recipient[]): readonly string[] {
  const isDirect = to.length > 0 && to.every((id) => recipients.find((each) => each.id === id)?.reached === "directly");
  if (held !== undefined) return isDirect ? [] : sends;
  const isKept = data.length > 0 && keep.some((each) => each.keep.kind !== "never by us");
  const isAll = data.length === sends.length && data.every((each) => sends.includes(each));
  return isDirect && !isKept && isAll ? [] : data;
}

function bits<T>(list: readonly T[], isIn: (each: T) => boolean): bigint {
  let found = 0n;
  for (const [at, each] of list.entries()) if (isIn(each)) found |= 1n << BigInt(at);
  return found;
}

const subsetMemo = new Map<string, bigint>();

/** Every non-empty set of items that may be together, when these may. */
function subsets(items: bigint, count: number): bigint {
  const key = `${items} ${count}`;
  const known = subsetMemo.get(key);
  if (known !== undefined) return known;
  const allowed = Number(items);
  let found = 0n;
  for (let set = 1; set < 1 << count; set += 1) if ((set & ~allowed) === 0) found |= 1n << BigInt(set);
  subsetMemo.set(key, found);
  return found;
}

function parents(vocabulary: Vocabulary, kind: string, key: string): readonly string[] | undefined {
  return vocabulary.terms.find((term) => term.kind === kind && term.key === key)?.parents;
}

/** Whether a thing called `item` falls under `word` on this side; what it does not name falls under what the other side says is broader. */
function membership(mine: Vocabulary, other: Vocabulary): (kind: string, item: string, word: string) => boolean {
  const isUnder = (kind: string, item: string, word: string): boolean =>
    item === word || (parents(mine, kind, item) ?? []).some((each) => isUnder(kind, each, word));
  const broader = (kind: string, item: string): string[] => [
    item,
    ...(parents(other, kind, item) ?? []).flatMap((each) => broader(kind, each)),
  ];
  const memo = new Map<string, boolean>();
  return (kind, item, word) => {
    const key = `${kind}|${item}|${word}`;
    let known = memo.get(key);
    if (known === undefined) {
      if (parents(mine, kind, item) !== undefined) known = isUnder(kind, item, word);
      else {
        const heirs = mine.terms.filter((term) => term.kind === kind && term.also?.includes(item) === true);
        known =
          broader(kind, item).some((each) => parents(mine, kind, each) !== undefined && isUnder(kind, each, word)) ||
          heirs.some((each) => isUnder(kind, each.key, word));
      }
      memo.set(key, known);
    }
    return known;
  };
}

const answers = ["ask", "yes", "no"].flatMap((answer) =>
  [false, true].flatMap((signal) =>
    [false, true].flatMap((needed) =>
      ["", ...grounds].flatMap((ground) =>
        [[], ["f1"], ["f2"], ["f1", "f2"]].map((agreed) => ({ answer, signal, needed, ground, agreed })),
      ),
    ),
  ),
);

function conditionBits({ when, needs }: Pick<Practice, "when" | "needs">, home: Pick<Side, "notice">): bigint {
  const asked = (id: string | undefined): string[] =>
    id === undefined ? [] : [id, ...asked(home.notice.features.find((each) => each.id === id)?.within)];
  return bits(answers, ({ answer, signal, needed, ground, agreed }) => {
    if (asked(needs).some((each) => signal || !agreed.includes(each))) return false;
    if (when === "always") return true;
    if (when === "necessary") return needed;
    if (when === "opt-out") return answer !== "no" && !signal;
    if (when === "opt-in") return answer === "yes" && !signal;
    return ground === when;
  });
}

const forms: readonly Form[] = [
  ...(["raw", "truncated", "pseudonymous", "hashed", "encrypted"] as const).map((kind) => ({ kind })),
  ...[3, 5, 7, 10, 20].map((least) => ({ kind: "aggregate" as const, least })),
];
const ages = [0, 5, 7, 28, 30, 31, 84, 89, 90, 91, 92, 93, 1000];
const since = [undefined, 0, 5, 30, 31, 1000];
const calendars = ["long", "short"] as const;
const times = calendars.flatMap((calendar) =>
  ages.flatMap((collection) =>
    since.flatMap((E) =>
      since
        .filter((F) => (E ?? 0) <= collection && (F ?? 0) <= collection)
        .map((F) => ({ calendar, collection, E, F })),
    ),
  ),
);
type Time = (typeof times)[number];
const stateMemo = new Map<string, bigint>();

/** In which form at which time; the stage an age falls in is the first that has not ended. */
function stateBits(stages: readonly Stage[], isHeld: boolean, sentAs?: Form): bigint {
  const key = JSON.stringify([stages, isHeld, sentAs]);
  const known = stateMemo.get(key);
  if (known !== undefined) return known;
  const pairs = times.flatMap((time) => forms.map((form) => ({ time, form })));
  const found = bits(pairs, ({ time, form }) => {
    const stage = stages.find((each) => !isOver(each, time));
    if (stage === undefined || (isHeld && stage.keep.kind === "never by us")) return false;
    return isLeft(form, stage.form) && (sentAs === undefined || isLeft(form, sentAs));
  });
  stateMemo.set(key, found);
  return found;
}

/** What is never held is there only as it comes. */
function isOver({ keep }: Stage, time: Time): boolean {
  if (keep.kind === "without limit") return false;
  if (keep.kind === "never by us") return time.collection > 0;
  const from = keep.after === "collection" ? time.collection : time[keep.after as "E" | "F"];
  if (from === undefined) return false;
  const months = /^(\d+) month/.exec(keep.text)?.[1];
  return from > (months !== undefined && time.calendar === "short" ? (shortestMonths[months] ?? 0) : keep.days);
}

function isLeft(form: Form, limit: Form): boolean {
  if (limit.kind === "raw") return true;
  if (limit.kind === "aggregate") return form.kind === "aggregate" && form.least >= limit.least;
  return form.kind === "aggregate" || form.kind === limit.kind;
}
