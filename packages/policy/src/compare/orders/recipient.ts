// How recipients compare: the same body, bound, seeing and holding no more than before, on no more hosts and no more others.
import type { Receiver } from "../point.ts";
import type { TermRelation } from "../term-relation.ts";
import { isDataAtOrBelow } from "./data.ts";
import { isFormAtOrBelow } from "./form.ts";
import { isKeepAtOrBelow } from "./keep.ts";

/** Undefined is the controller. Each side brings its own declaration of the recipient. */
export function isRecipientAtOrBelow(
  receiver: Receiver | undefined,
  limit: Receiver | undefined,
  terms: TermRelation,
): boolean {
  return receiver === undefined || limit === undefined
    ? receiver === limit
    : receiver.id === limit.id && isReceiverBelow(receiver, limit, terms);
}

const known = new WeakMap<TermRelation, WeakMap<Receiver, WeakMap<Receiver, boolean>>>();

/** Asked for every pair of points of the two, so remembered for as long as the comparison lasts. */
function isReceiverBelow(receiver: Receiver, limit: Receiver, terms: TermRelation): boolean {
  const here = known.get(terms) ?? new WeakMap<Receiver, WeakMap<Receiver, boolean>>();
  known.set(terms, here);
  const limits = here.get(receiver) ?? new WeakMap<Receiver, boolean>();
  here.set(receiver, limits);
  const isBelow = limits.get(limit) ?? receiverFaults(receiver, limit, terms).length === 0;
  limits.set(limit, isBelow);
  return isBelow;
}

/** In what a recipient is more than a limit, told as a change to it and as a change away from it. */
export interface ReceiverFault {
  /** In words, where the limit is what was before. */
  readonly gained: string;
  /** In words, where the limit is what came. */
  readonly lost: string;
}

/** Empty when the recipient lies at or below the limit. */
export function receiverFaults(receiver: Receiver, limit: Receiver, terms: TermRelation): readonly ReceiverFault[] {
  if (receiver.id !== limit.id || receiver.name !== limit.name) return [named(receiver, limit)];
  const added = receiver.through.filter(
    (each) => !limit.through.some((other) => plainFaults(each, other, terms).length === 0),
  );
  return [
    ...plainFaults(receiver, limit, terms),
    ...added.map(({ name }) => ({
      gained: `stands on ${name}, which is new or less bound`,
      lost: `no longer stands on ${name}, or on one more bound`,
    })),
  ];
}

function named(receiver: Receiver, limit: Receiver): ReceiverFault {
  return { gained: `${receiver.name} instead of ${limit.name}`, lost: `${limit.name} instead of ${receiver.name}` };
}

function plainFaults(receiver: Receiver, limit: Receiver, terms: TermRelation): ReceiverFault[] {
  if (receiver.id !== limit.id || receiver.name !== limit.name) return [named(receiver, limit)];
  const hosts = receiver.hosts.filter((each) => !limit.hosts.includes(each));
  const found: ReceiverFault[] = [];
  const check = (isBelow: boolean, gained: string, lost: string): void => {
    if (!isBelow) found.push({ gained, lost });
  };
  check(isRoleBelow(receiver.role, limit.role), ...turned("", receiver.role, limit.role));
  check(
    rank(reaches, receiver.reached) <= rank(reaches, limit.reached),
    ...turned("reached ", receiver.reached, limit.reached),
  );
  check(hosts.length === 0, `new hosts ${hosts.join(", ")}`, `no longer on ${hosts.join(", ")}`);
  check(isHoldingBelow(receiver.holds, limit.holds), ...turned("holds: ", receiver.holds, limit.holds));
  check(isSeenBelow(receiver.sees, limit.sees, terms), seesText(receiver), seesText(limit));
  check(
    rank(views, receiver.visibleToUs) <= rank(views, limit.visibleToUs),
    "what it sees is no longer hidden from us",
    "what it sees is hidden from us",
  );
  check(receiver.hasAgreement || !limit.hasAgreement, "agreement no longer named", "agreement now named");
  check(receiver.hasPrivacy || !limit.hasPrivacy, "privacy policy no longer named", "privacy policy now named");
  check(isStoredBelow(receiver, limit), "stores it in a rawer form", "stores it in a more protected form");
  check(isKeptBelow(receiver, limit), keepsText(receiver), keepsText(limit));
  check(isUsedBelow(receiver, limit, terms), usesText(receiver), usesText(limit));
  check(
    isVouchedBelow(receiver, limit),
    "voucher dropped, changed or shortened",
    "vouched for, for something else or for longer",
  );
  return found;
}

function turned(key: string, mine: string, theirs: string): [gained: string, lost: string] {
  return [`${key}${theirs} → ${mine}`, `${key}${mine} → ${theirs}`];
}

function keepsText({ keeps }: Receiver): string {
  return `keeps it ${keeps?.text ?? "for a time that is not stated"}`;
}

function usesText({ usesFor }: Receiver): string {
  return `uses it for ${usesFor?.join(", ") ?? "what is not stated"}`;
}

function seesText({ sees }: Receiver): string {
  return `sees ${sees?.join(", ") ?? "what is not stated"}`;
}

const reaches = ["by us", "directly"] as const;
const holdings = ["nothing", "transits", "stores"] as const;
const views = [false, true, undefined] as const;

function rank<T>(chain: readonly T[], value: T): number {
  return chain.indexOf(value);
}

/**
 * Who is not said to store may do so with what it gets, so that is the most it may do; but we may not ask it to keep
 * anything, as we may whoever is said to store (clauses.md PY3): the two do not compare.
 */
function isHoldingBelow(holds: Receiver["holds"], limit: Receiver["holds"]): boolean {
  if (holds === "not stated" || limit === "not stated")
    return holds === limit || holds === "nothing" || holds === "transits";
  return rank(holdings, holds) <= rank(holdings, limit);
}

/** A processor does what it is told; every other role is alone. */
function isRoleBelow(role: string, limit: string): boolean {
  return (
    role === limit || (role === "processor" && (limit === "joint controller" || limit === "independent controller"))
  );
}

function isSeenBelow(sees: Receiver["sees"], limit: Receiver["sees"], terms: TermRelation): boolean {
  return limit === undefined || (sees !== undefined && isDataAtOrBelow(sees, limit, terms));
}

function isStoredBelow({ storesAs }: Receiver, { storesAs: limit }: Receiver): boolean {
  return limit === undefined || isFormAtOrBelow(storesAs ?? { kind: "raw" }, limit);
}

function isKeptBelow({ keeps }: Receiver, { keeps: limit }: Receiver): boolean {
  return (
    limit === undefined || limit.kind === "without limit" || (keeps !== undefined && isKeepAtOrBelow(keeps, limit))
  );
}

/** What it uses data for is named openly: each purpose, as wide as it is, must lie within one that was named. */
function isUsedBelow({ usesFor }: Receiver, { usesFor: limit }: Receiver, terms: TermRelation): boolean {
  if (limit === undefined || usesFor === undefined) return limit === undefined;
  return usesFor.every((each) =>
    terms
      .frontier("purpose", each)
      .every((witness) => limit.some((other) => terms.above("purpose", witness).has(other))),
  );
}

/** Dates are ISO days, so their text sorts. */
function isVouchedBelow({ voucher }: Receiver, { voucher: limit }: Receiver): boolean {
  return limit === undefined || (voucher?.says === limit.says && voucher.until >= limit.until);
}
