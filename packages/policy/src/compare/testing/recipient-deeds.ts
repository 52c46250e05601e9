// What may happen at a recipient, deed by deed, and which of it a declaration permits: the part of the oracle that knows recipients.
import { formOf } from "../../model/form-order.ts";
import type { Form, Keep, Recipient } from "../../model/notice.ts";

export type Items = Readonly<Record<"data" | "subject" | "purpose", readonly string[]>>;
type IsItem = (kind: "data" | "purpose", item: string, word: string) => boolean;

const storedForms = ["raw", "truncated", "pseudonymous", "hashed", "encrypted", "aggregate of 5", "aggregate of 10"];
/** Days of the shortest runs of months the pairs use: each has a February. */
export const shortestMonths: Readonly<Record<string, number>> = { "1": 28, "3": 89 };
/** Days since it came, in the longest and in the shortest months. */
const keptTimes = ["long", "short"].flatMap((calendar) =>
  [28, 30, 31, 84, 89, 90, 91, 92, 93, 1000].map((day) => `${calendar} ${day}`),
);

const hosts = ["a.example", "b.example"];
const roles = ["joint controller", "independent controller", "public body"];

/** What may happen at a recipient. */
export function deedsAt(id: string, items: Items, isDeep = true): string[] {
  const others = ["alpha", "beta", "gamma"].filter((each) => each !== id);
  return [
    id,
    ...roles.map((each) => `${id} acts as ${each}`),
    `${id} works as told`,
    `${id} passes it on`,
    `${id} keeps it`,
    `${id} is asked to keep it`,
    `${id} does what nobody said`,
    `${id} is told by the person's machine`,
    ...hosts.map((each) => `${id} gets it on ${each}`),
    ...items.data.map((each) => `${id} sees ${each}`),
    `${id} sees what nobody said`,
    `${id} hides nothing from us`,
    `${id} hides it`,
    `${id} may hide it`,
    `${id} without agreement`,
    `${id} without policy`,
    `${id} unvouched in 2026`,
    `${id} unvouched in 2027`,
    ...items.purpose.map((each) => `${id} uses it for ${each}`),
    `${id} uses it for what nobody said`,
    ...storedForms.map((each) => `${id} stores it ${each}`),
    ...keptTimes.map((each) => `${id} still has it after ${each}`),
    ...(isDeep ? others.flatMap((each) => deedsAt(each, items, false).map((deed) => `${id} by ${deed}`)) : []),
  ];
}

/** Whether the recipient, as `home` declares it, may do so. */
export function may(deed: string, id: string, home: readonly Recipient[], isItem: IsItem): boolean {
  if (deed === id) return true;
  if (!deed.startsWith(`${id} `)) return false;
  const it = home.find((each) => each.id === id);
  const what = deed.slice(id.length + 1);
  if (what.startsWith("by ")) {
    const [other = ""] = what.slice(3).split(" ");
    return other !== id && standsOn(id, home).has(other) && may(what.slice(3), other, home, isItem);
  }
  // Of the public nothing is declared: anything may happen.
  if (what.startsWith("acts as ")) return it?.role === what.slice(8);
  if (what === "works as told") return it?.role !== "public body" && it !== undefined;
  if (what === "passes it on") return it?.holds !== "nothing";
  if (what === "keeps it") return it?.holds !== "nothing" && it?.holds !== "transits";
  if (what === "is asked to keep it") return it?.holds === "stores";
  if (what === "does what nobody said") return it === undefined || it.holds === "not stated";
  if (what === "is told by the person's machine") return it?.reached === "directly";
  if (what.startsWith("gets it on ")) return it?.hosts.includes(what.slice(11)) === true;
  if (what === "sees what nobody said") return it?.sees === undefined;
  if (what.startsWith("sees "))
    return it?.sees === undefined || it.sees.some((word) => isItem("data", what.slice(5), word));
  if (what === "uses it for what nobody said") return it?.usesFor === undefined;
  if (what.startsWith("uses it for "))
    return it?.usesFor === undefined || it.usesFor.some((word) => isItem("purpose", what.slice(12), word));
  if (what.startsWith("stores it ")) return isStored(what.slice(10), it?.storesAs);
  if (what.startsWith("still has it after ")) return isStillThere(what.slice(19), it?.keeps);
  if (what === "hides nothing from us") return true;
  if (what === "hides it") return it?.visibleToUs !== false;
  if (what === "may hide it") return it?.visibleToUs === undefined;
  if (what === "without agreement") return it?.agreement === undefined;
  if (what === "without policy") return it?.privacy === undefined;
  const voucher = it?.vouched === "not yet" ? undefined : it?.vouched;
  if (what === "unvouched in 2026") return voucher === undefined;
  return voucher === undefined || voucher.until < "2028";
}

function standsOn(id: string, recipients: readonly Recipient[], seen = new Set<string>()): Set<string> {
  for (const each of recipients.find((one) => one.id === id)?.through ?? [])
    if (!seen.has(each)) {
      seen.add(each);
      standsOn(each, recipients, seen);
    }
  return seen;
}

function isStored(text: string, limit: Form | undefined): boolean {
  const form = formOf(text);
  if (limit === undefined || limit.kind === "raw") return true;
  if (form?.kind === "aggregate") return limit.kind !== "aggregate" || form.least >= limit.least;
  return form?.kind === limit.kind;
}

function isStillThere(time: string, keeps: Keep | undefined): boolean {
  if (keeps?.kind !== "for") return true;
  const [calendar, day] = time.split(" ");
  const months = /^(\d+) month/.exec(keeps.text)?.[1];
  return Number(day) <= (months !== undefined && calendar === "short" ? (shortestMonths[months] ?? 0) : keeps.days);
}
