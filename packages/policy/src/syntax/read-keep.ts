// How long something is kept: `30 days`, `1 year after EVENT`, `until EVENT`, `never by us`, `without limit`, or stages of these.
import { isMap, isScalar } from "yaml";
import { formOf } from "../model/form-order.ts";
import type { Form, Keep, Stage } from "../model/notice.ts";
import { mostDays } from "../model/month-days.ts";
import { collection } from "../model/values.ts";
import { type Block, type Place, readBlock, readText, shortened, sourceOf } from "./blocks.ts";
import { mayText } from "./fields.ts";
import { type Reading, report, spanOf } from "./reading.ts";

export const lengthUnits = ["hour", "day", "week", "month", "year"] as const;
type Unit = (typeof lengthUnits)[number];

/** The most days it can be: an upper bound must hold in the longest months and in leap years. */
const daysOf: Readonly<Record<Unit, (count: number) => number>> = {
  hour: (count) => count / 24,
  day: (count) => count,
  week: (count) => count * 7,
  month: mostDays,
  year: (count) => mostDays(count * 12),
};

const keepHelp =
  "write e.g. `30 days`, `1 year after the account closes`, `until the day closes`, `never by us` or `without limit`";
const formHelp = "one of: raw, truncated, pseudonymous, hashed, encrypted, `aggregate of 10`";

/** The length a text stands for; undefined when it is none. */
export function keepOf(text: string): Keep | undefined {
  if (text === "never by us" || text === "without limit") return { kind: text, text };
  const until = /^until (\S.*)$/.exec(text);
  if (until?.[1] !== undefined) return { kind: "for", days: 0, after: until[1], text };
  const length = /^([1-9]\d{0,4}) (\w+?)s?(?: after (\S.*))?$/.exec(text);
  const unit = lengthUnits.find((each) => each === length?.[2]);
  if (length === null || unit === undefined) return undefined;
  return { kind: "for", days: daysOf[unit](Number(length[1])), after: length[3] ?? collection, text };
}

/** The stages of a practice; an unstaged keep is one stage in the form the practice names. */
export function readStages(reading: Reading, practice: Block, what: string): Stage[] {
  const place = practice.entries.get("keep");
  const formText = mayText(reading, practice, "form", what);
  const form = formText === undefined ? undefined : readForm(reading, practice.entries.get("form"), formText);
  if (place === undefined) {
    report(
      reading,
      "keep-missing",
      practice.span,
      `${what} does not say how long it keeps`,
      `add \`keep\`: ${keepHelp}`,
    );
    return [];
  }
  if (isMap(place.node)) {
    if (formText !== undefined) {
      const help = "leave `form` out: each stage of `keep` names its own";
      report(
        reading,
        "practice-incomplete",
        practice.entries.get("form")?.span ?? place.span,
        `${what} names a form twice`,
        help,
      );
    }
    return readStageBlock(reading, place, what);
  }
  const keep = readKeep(reading, place, what);
  if (formText === undefined) {
    report(
      reading,
      "practice-incomplete",
      practice.span,
      `${what} does not say in which form`,
      `add \`form\`: ${formHelp}`,
    );
  }
  return keep === undefined || form === undefined ? [] : [{ form, keep }];
}

function readStageBlock(reading: Reading, place: Place, what: string): Stage[] {
  const block = readBlock(reading, place, `\`keep\` of ${what}`);
  if (block === undefined) return [];
  if (block.entries.size === 0) report(reading, "empty-list", place.span, `\`keep\` of ${what} has no stage`, keepHelp);
  const stages: Stage[] = [];
  for (const [key, entry] of block.entries) {
    const form = readForm(reading, { ...entry, node: null }, key);
    const keep = readKeep(reading, entry, what);
    if (form !== undefined && keep !== undefined) stages.push({ form, keep });
  }
  return stages;
}

/** A form under a key of its own, as `sent as: aggregate of 10`. */
export function readFormOf(reading: Reading, block: Block, key: string, what: string): Form | undefined {
  const text = mayText(reading, block, key, what);
  return text === undefined ? undefined : readForm(reading, block.entries.get(key), text);
}

/** How long a recipient keeps what it gets. That it keeps nothing is said with `holds`. */
export function readKeeps(reading: Reading, block: Block, what: string): Keep | undefined {
  const place = block.entries.get("keeps");
  const keep = place === undefined ? undefined : readKeep(reading, place, what);
  if (place === undefined || keep?.kind !== "never by us") return keep;
  report(
    reading,
    "bad-keep",
    spanOf(reading, place.node, place.span),
    `\`never by us\` says nothing of ${what}`,
    "write `holds: nothing` or `holds: transits`",
  );
  return undefined;
}

function readForm(reading: Reading, place: Place | undefined, text: string): Form | undefined {
  const form = formOf(text);
  if (form === undefined && place !== undefined) {
    report(reading, "bad-form", spanOf(reading, place.node, place.span), `\`${shortened(text)}\` is no form`, formHelp);
  }
  return form;
}

function readKeep(reading: Reading, place: Place, what: string): Keep | undefined {
  const { node } = place;
  if (isScalar(node) && typeof node.value === "number") {
    const number = shortened(sourceOf(node));
    const span = spanOf(reading, node, place.span);
    report(reading, "bad-keep", span, `\`${number}\` is a number without a unit`, `write e.g. \`${number} days\``);
    return undefined;
  }
  const text = readText(reading, place, `\`keep\` of ${what}`);
  if (text === undefined) return undefined;
  const keep = keepOf(text);
  if (keep === undefined) {
    report(
      reading,
      "bad-keep",
      spanOf(reading, place.node, place.span),
      `\`${shortened(text)}\` is no length of time`,
      keepHelp,
    );
  }
  return keep;
}
