// Differences in words, so that somebody who reads no code sees what changed.
import { formText } from "../model/form-order.ts";
import type { Difference } from "./comparison.ts";
import { receiverFaults } from "./orders/recipient.ts";
import { isDatumBelow } from "./orders/data.ts";
import type { Condition, Dimension, Point } from "./point.ts";
import type { PromiseAtom } from "./promise-atoms.ts";
import type { TermRelation } from "./term-relation.ts";

/** `IP address → Sentry`, or `IP address` where it stays with the controller. */
export function whatText(point: Point): string {
  const data = point.data.join(", ");
  if (point.act === "contact") return point.recipient?.name ?? "";
  return point.recipient === undefined ? data : `${data} → ${point.recipient.name}`;
}

/** The point as a whole: what is done, where nothing of the other side comes near. */
export function pointText(point: Point): string {
  if (point.act === "contact") {
    const how = point.recipient?.reached === "by us" ? "used by us" : "contacted";
    return `${whatText(point)} is ${how} (${conditionText(point.condition)})`;
  }
  const parts = [
    `${actText(point)} from ${point.subject}`,
    `for ${point.purpose}`,
    formText(point.form),
    ...(point.keep.kind === "never by us" ? [] : [`kept ${point.keep.text || point.keep.kind}`]),
    conditionText(point.condition),
  ];
  return `${whatText(point)}: ${parts.join(", ")}`;
}

/** What is read while it is kept is used; what is never kept is only looked at. */
function actText({ act, keep }: Point): string {
  if (act === "read") return keep.kind === "never by us" ? "read in memory" : "used";
  return { hold: "held", send: "sent", contact: "contacted" }[act];
}

function conditionText({ when, features }: Condition): string {
  return features.length === 0 ? when : `${when}, with a yes to ${features.join(" and ")}`;
}

/** Each differing dimension with the words of both sides, the old first whichever side `point` is of. */
export function differenceWords(
  point: Point,
  nearest: Point,
  differs: readonly Dimension[],
  terms: TermRelation,
  isNew: boolean,
): readonly Difference[] {
  return differs.map((dimension) => {
    if (dimension === "data") return dataDifference(point, nearest, terms, isNew);
    const [mine, theirs] = [valueText(dimension, point), valueText(dimension, nearest)];
    const [old, next] = isNew ? [theirs, mine] : [mine, theirs];
    return { dimension, old, new: dimension === "recipient" ? withFaults(next, point, nearest, terms, isNew) : next };
  });
}

/** Where some of it stays, only what came or went is told. */
function dataDifference(point: Point, nearest: Point, terms: TermRelation, isNew: boolean): Difference {
  const beyond = point.data.filter((each) => !isDatumBelow(each, nearest.data, terms));
  const told = (beyond.length === 0 ? point.data : beyond)
    .map((each) => withParts(each, nearest.data, terms))
    .join(", ");
  const isPart = beyond.length > 0 && beyond.length < point.data.length;
  const [mine, theirs] = [isPart ? point.data.join(", ") : told, nearest.data.join(", ")];
  const sides = isNew ? { old: theirs, new: mine } : { old: mine, new: theirs };
  return { dimension: "data", ...sides, ...(isPart ? { says: `${told} ${isNew ? "added" : "dropped"}` } : {}) };
}

/** The same recipient on other terms: what became of it. */
function withFaults(name: string, point: Point, nearest: Point, terms: TermRelation, isNew: boolean): string {
  const [receiver, limit] = [point.recipient, nearest.recipient];
  if (receiver === undefined || limit === undefined || receiver.id !== limit.id) return name;
  const faults = receiverFaults(receiver, limit, terms).map(({ gained, lost }) => (isNew ? gained : lost));
  return `${name} (${faults.join("; ")})`;
}

function valueText(dimension: Exclude<Dimension, "data">, point: Point): string {
  switch (dimension) {
    case "act":
      return actText(point);
    case "subject":
      return point.subject;
    case "purpose":
      return point.purpose;
    case "recipient":
      return point.recipient?.name ?? "nobody";
    case "form":
      return formText(point.form);
    case "keep":
      return point.keep.kind === "for" && point.keep.text === ""
        ? `${point.keep.days} days after ${point.keep.after}`
        : point.keep.text;
    case "condition":
      return conditionText(point.condition);
    default:
      return dimension satisfies never;
  }
}

/** A word that means more than it did is shown with what it now takes in. */
function withParts(datum: string, limit: readonly string[], terms: TermRelation): string {
  const parts = terms
    .frontier("data", datum)
    .filter((each) => !limit.some((term) => terms.above("data", each).has(term)) && each !== datum);
  return parts.length === 0 ? datum : `${datum} (which takes in ${parts.join(", ")})`;
}

const verbs: Readonly<Record<Dimension, string>> = {
  act: "",
  data: "data ",
  subject: "from ",
  purpose: "for ",
  recipient: "to ",
  form: "form ",
  keep: "kept ",
  condition: "when ",
};

/** `kept 30 days → 90 days; when opt-in → always`. */
export function differenceText(differs: readonly Difference[]): string {
  return differs.map((each) => each.says ?? `${verbs[each.dimension]}${each.old} → ${each.new}`).join("; ");
}

export function promiseText(atom: PromiseAtom): string {
  switch (atom.kind) {
    case "never": {
      const { data, from, for: purpose, to, together } = atom.ban;
      const parts = [
        data ?? (together.length > 0 ? "" : "any data"),
        together.length > 0 ? together.join(" with ") : "",
        from === undefined ? "" : `from ${from}`,
        purpose === undefined ? "" : `for ${purpose}`,
        to === undefined ? "" : `to ${to}`,
      ];
      return `never ${parts.filter((each) => each !== "").join(" ")}`;
    }
    case "right":
      return `the right to ${atom.right}${atom.text === "" ? "" : ` within ${atom.text}`}`;
    case "item":
      return `${atom.of}: ${atom.item}${atom.except.length === 0 ? "" : ` except ${atom.except.join(", ")}`}`;
    case "only":
      return `${atom.of} ${atom.items.join(", ")}${atom.receiver === "" ? "" : `, receiver: ${atom.receiver}`}`;
    case "attested":
      return `vouched until ${atom.until}: ${atom.says}`;
    default:
      return atom satisfies never;
  }
}
