// Differences in words, so that somebody who reads no code sees what changed.
import { formText } from "../model/form-order.ts";
import type { Difference, Severity } from "./comparison.ts";
import { receiverFaults } from "./orders/recipient.ts";
import { isDatumBelow } from "./orders/data.ts";
import type { Act, Condition, Dimension, Point } from "./point.ts";
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
    `${actText(point.act)} from ${point.subject}`,
    `for ${point.purpose}`,
    formText(point.form),
    ...(point.keep.kind === "never by us" ? [] : [`kept ${point.keep.text || point.keep.kind}`]),
    conditionText(point.condition),
  ];
  return `${whatText(point)}: ${parts.join(", ")}`;
}

function actText(act: Act): string {
  return { read: "read in memory", hold: "held", send: "sent", contact: "contacted" }[act];
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
    const mine = valueText(dimension, point, nearest, terms);
    const theirs = valueText(dimension, nearest, undefined, terms);
    return isNew ? { dimension, old: theirs, new: mine } : { dimension, old: mine, new: theirs };
  });
}

function valueText(dimension: Dimension, point: Point, limit: Point | undefined, terms: TermRelation): string {
  switch (dimension) {
    case "act":
      return actText(point.act);
    case "data": {
      const beyond = limit === undefined ? [] : point.data.filter((each) => !isDatumBelow(each, limit.data, terms));
      const parts = beyond.map((each) => withParts(each, limit?.data ?? [], terms));
      return parts.length === 0 ? point.data.join(", ") : parts.join(", ");
    }
    case "subject":
      return point.subject;
    case "purpose":
      return point.purpose;
    case "recipient": {
      if (point.recipient === undefined) return "nobody";
      if (limit?.recipient === undefined || limit.recipient.id !== point.recipient.id) return point.recipient.name;
      return `${point.recipient.name} (${receiverFaults(point.recipient, limit.recipient, terms).join("; ")})`;
    }
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
  return differs.map((each) => `${verbs[each.dimension]}${each.old} → ${each.new}`).join("; ");
}

/** Somebody or something new is major; more of what was done before is minor. */
export function severityOf(differs: readonly Dimension[]): Severity {
  const isNew = differs.some((each) => each !== "form" && each !== "keep" && each !== "condition");
  return isNew ? "major" : "minor";
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
