// What has no order: bound prose somebody named must review, labels such as the basis, and editorial changes.
import type { Recipient, Voucher } from "../model/notice.ts";
import type { LabelChange, Review, ToReview } from "./comparison.ts";
import { changedMeanings } from "./compare-meanings.ts";
import { plainProse, proseHash } from "./prose-hash.ts";
import { type Side, practicesOf, upward } from "./side.ts";

/**
 * Changed prose by clause; reviewed when a review names these very words, old and new. Of several notices in a lineage
 * that say something under one id, what only moved from one to another has not changed.
 */
export function compareWords(old: Side, next: Side, reviews: readonly Review[]): readonly ToReview[] {
  const [before, after] = [wordsOf(old), wordsOf(next)];
  const changes: ToReview[] = [];
  for (const clause of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(clause) ?? [], after.get(clause) ?? []];
    const gone = without(was, is);
    const come = without(is, was);
    for (let at = 0; at < Math.max(gone.length, come.length); at += 1)
      changes.push(toReview(clause, gone[at], come[at], reviews));
  }
  const notice = next.notice.id;
  const meanings = changedMeanings(old, next).map((each) =>
    toReview(each.clause, { notice, text: each.old }, { notice, text: each.new }, reviews),
  );
  return [...changes, ...meanings];
}

interface Prose {
  readonly notice: string;
  readonly text: string;
}

function toReview(clause: string, was: Prose | undefined, is: Prose | undefined, reviews: readonly Review[]): ToReview {
  const [before, after] = [was?.text ?? "", is?.text ?? ""];
  const [oldHash, newHash] = [proseHash(before), proseHash(after)];
  const review = reviews.find((each) => each.clause === clause && each.old === oldHash && each.new === newHash);
  const reviewed = review === undefined ? {} : { reviewed: { by: review.by, on: review.on } };
  return { clause, notice: (is ?? was)?.notice ?? "", old: before, new: after, oldHash, newHash, ...reviewed };
}

/** What of `list` is not in `other`, however often it stands there. */
function without(list: readonly Prose[], other: readonly Prose[]): readonly Prose[] {
  const rest = other.map((each) => plainProse(each.text));
  return list.filter((each) => {
    const at = rest.indexOf(plainProse(each.text));
    if (at !== -1) rest.splice(at, 1);
    return at === -1;
  });
}

/** Prose bound to a clause: the author's words, what recipients, features and hosts are said to do, and what its terms mean. */
function wordsOf(side: Side): ReadonlyMap<string, readonly Prose[]> {
  const words = new Map<string, Prose[]>();
  for (const { notice } of upward(side)) {
    const say = (clause: string, text: string): unknown =>
      words.set(clause, [...(words.get(clause) ?? []), { notice: notice.id, text }]);
    for (const [id, text] of Object.entries(notice.words)) say(id, text);
    for (const each of notice.recipients) say(`${each.id}.does`, each.does);
    for (const each of notice.features) {
      say(`${each.id}.does`, each.does);
      if (each.off !== undefined) say(`${each.id}.off`, each.off);
    }
    for (const each of notice.covers) if (each.caution !== undefined) say(`${each.host}.caution`, each.caution);
    for (const each of notice.terms) say(`${each.kind} ${each.key}.means`, each.means);
  }
  return words;
}

export function compareLabels(old: Side, next: Side): readonly LabelChange[] {
  const [before, after] = [labelsOf(old), labelsOf(next)];
  const changes: LabelChange[] = [];
  for (const [key, { clause, label, value }] of after) {
    const was = before.get(key);
    if (was !== undefined && was.value !== value) changes.push({ clause, label, old: was.value, new: value });
  }
  return changes;
}

interface Label {
  readonly clause: string;
  readonly label: string;
  readonly value: string;
}

function labelsOf(side: Side): ReadonlyMap<string, Label> {
  const labels = new Map<string, Label>();
  const add = (clause: string, label: string, value: string): unknown =>
    labels.has(`${clause} ${label}`) ? undefined : labels.set(`${clause} ${label}`, { clause, label, value });
  for (const { is } of practicesOf(side)) {
    add(is.id, "basis", is.basis);
    add(is.id, "assumed", is.assumed.join(", "));
  }
  for (const { notice } of upward(side)) {
    for (const { id, voucher } of notice.promises) if (voucher !== undefined) addVoucher(id, voucher, add);
    add(notice.id, "contact", notice.controller.contact);
    for (const each of notice.recipients) addRecipient(each, add);
    for (const each of notice.venues) {
      add(each.id, "url", each.url);
      add(each.id, "privacy", each.privacy);
      add(each.id, "contact", each.contact);
    }
  }
  return labels;
}

type Add = (clause: string, label: string, value: string) => unknown;

function addRecipient({ id, agreement = "", privacy = "", vouched, assumed = [] }: Recipient, add: Add): void {
  add(id, "agreement", agreement);
  add(id, "privacy", privacy);
  add(id, "assumed", assumed.join(", "));
  if (vouched === undefined || vouched === "not yet") add(id, "vouched by", "");
  else addVoucher(id, vouched, add);
}

/** Who vouches, and since when, is all the proof there is. What they say and until when is ordered, not a label. */
function addVoucher(id: string, { by, on }: Voucher, add: Add): void {
  add(id, "vouched by", by);
  add(id, "vouched on", on);
}

export function editorialChanges(old: Side, next: Side): readonly string[] {
  const [before, after] = [old.notice, next.notice];
  const pages = [before, after].map((each) => JSON.stringify(each.page));
  return [
    ...(before.title === after.title ? [] : [`title: ${before.title} → ${after.title}`]),
    ...(pages[0] === pages[1] ? [] : ["order or headings of the page"]),
    ...(before.example === after.example ? [] : ["whose published notice it follows"]),
    ...parentCovers(old, next),
    ...(before.seeAlso.join("\n") === after.seeAlso.join("\n") ? [] : ["other notices it points to"]),
  ];
}

/** Where a parent speaks is compared when the parent is; here it is told. */
function parentCovers(old: Side, next: Side): readonly string[] {
  return upward(next)
    .slice(1)
    .map(({ notice }) => [notice.id, hostsOf(old, notice.id), hostsOf(next, notice.id)] as const)
    .filter(([, was, is]) => was !== undefined && was !== is)
    .map(([id, was, is]) => `${id}, which it is an addendum to, speaks for: ${was ?? ""} → ${is ?? ""}`);
}

function hostsOf(side: Side, id: string): string | undefined {
  const found = upward(side).find((each) => each.notice.id === id);
  return found?.notice.covers.map((each) => each.host).join(", ");
}
