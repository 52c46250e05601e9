// The `practices:` section: one block per practice, in sentence order.
import type { Practice } from "../model/notice.ts";
import { conditions, grounds } from "../model/values.ts";
import { type Block, type Place, readBlock } from "./blocks.ts";
import { field, isId, mayText, mayTexts, mayWord, needText } from "./fields.ts";
import { readItems } from "./read-items.ts";
import { readStages } from "./read-keep.ts";
import { type Reading, report, spanOf } from "./reading.ts";

const keys = [
  "id",
  "from",
  "reads",
  "data",
  "sends",
  "for",
  "when",
  "basis",
  "form",
  "keep",
  "to",
  "needs",
  "assumed",
] as const;

export function readPractices(reading: Reading, place: Place | undefined): Practice[] {
  return readItems(reading, place, "`practices`", (item) => readPractice(reading, item));
}

function readPractice(reading: Reading, place: Place): Practice | undefined {
  const id = idOf(reading, place, "a practice");
  const what = id === undefined ? "a practice" : `practice \`${id}\``;
  const block = readBlock(reading, { ...place, at: id === undefined ? place.at : `practices.${id}` }, what, keys);
  if (block === undefined || id === undefined) return undefined;
  reading.spans.set(block.at, place.span);
  const data = mayTexts(reading, block, "data", what) ?? [];
  const to = readTo(reading, block, what);
  const needs = mayText(reading, block, "needs", what);
  const reads = mayTexts(reading, block, "reads", what) ?? [];
  if (!block.entries.has("data") && !block.entries.has("reads"))
    need(reading, block, what, "data", "which data it is about");
  return {
    id,
    from: needed(reading, block, what, "from", "whose data it is"),
    reads,
    data,
    sends: mayTexts(reading, block, "sends", what) ?? (to.length === 0 ? [] : data),
    for: needed(reading, block, what, "for", "what the data is for"),
    when: readWhen(reading, block, what),
    basis: block.entries.has("basis")
      ? needText(reading, block, "basis", what)
      : need(reading, block, what, "basis", "on what legal basis"),
    keep: readStages(reading, block, what),
    to,
    ...(needs === undefined ? {} : { needs }),
    assumed: readAssumed(reading, block, what),
  };
}

function need(reading: Reading, block: Block, what: string, key: string, missing: string): string {
  report(reading, "practice-incomplete", block.span, `${what} does not say ${missing}`, `add \`${key}: …\``);
  return "";
}

function needed(reading: Reading, block: Block, what: string, key: string, missing: string): string[] {
  if (block.entries.has(key)) return mayTexts(reading, block, key, what) ?? [];
  need(reading, block, what, key, missing);
  return [];
}

function readWhen(reading: Reading, block: Block, what: string): string {
  if (!block.entries.has("when")) return need(reading, block, what, "when", "on what condition");
  return mayWord(reading, block, "when", what, [...conditions, ...grounds]) ?? "";
}

/** `nobody` is the word for an empty list: silence about recipients is not. */
function readTo(reading: Reading, block: Block, what: string): string[] {
  if (!block.entries.has("to")) {
    need(reading, block, what, "to", "who gets the data; write `to: nobody` if nobody does");
    return [];
  }
  const to = mayTexts(reading, block, "to", what) ?? [];
  if (!to.includes("nobody")) return to;
  if (to.length > 1) {
    const span = field(block, "to")?.span ?? block.span;
    report(
      reading,
      "bad-value",
      span,
      `${what} goes to nobody and to somebody`,
      "write `to: nobody` alone, or name the recipients",
    );
  }
  return [];
}

function readAssumed(reading: Reading, block: Block, what: string): string[] {
  const assumed = mayTexts(reading, block, "assumed", what) ?? [];
  const place = field(block, "assumed");
  for (const key of assumed) {
    if ((keys as readonly string[]).includes(key) && key !== "id" && key !== "assumed") continue;
    const span = spanOf(reading, place?.node, place?.span ?? block.span);
    report(
      reading,
      "bad-value",
      span,
      `\`${key}\` is no key of ${what}`,
      "`assumed` lists keys of this practice, e.g. [when, basis, keep]",
    );
  }
  return assumed;
}

/** The `id` of a list item, read before its other keys so that their paths can carry it. */
export function idOf(reading: Reading, place: Place, what: string): string | undefined {
  const quiet: Reading = { ...reading, diagnostics: [], spans: new Map() };
  const block = readBlock(quiet, place, what);
  const entry = block?.entries.get("id");
  if (block === undefined) {
    readBlock(reading, place, what, ["id"]);
    return undefined;
  }
  if (entry === undefined) {
    report(reading, "missing-key", place.span, `${what} needs \`id\``, "add `id: a-few-words`");
    return undefined;
  }
  const id = needText(reading, block, "id", what);
  return id !== "" && isId(reading, entry, id) ? id : undefined;
}
