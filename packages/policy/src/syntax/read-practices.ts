// The `practices:` section: one block per practice, in sentence order; a block with conditions per purpose is several.
import type { Practice } from "../model/notice.ts";
import { conditions, grounds, ownDevice } from "../model/values.ts";
import { type Block, type Place, readBlock } from "./blocks.ts";
import { field, isId, mayText, mayTexts, mayWord, needText } from "./fields.ts";
import { practiceKeys } from "./keys.ts";
import { partId, readConditionParts } from "./read-conditions.ts";
import { type Groups, expandGroups } from "./read-groups.ts";
import { readItems } from "./read-items.ts";
import { readFormOf, readStages } from "./read-keep.ts";
import { type Reading, report, spanOf } from "./reading.ts";

/** The practices, and for each block that is several the ids it became. */
export interface ReadPractices {
  readonly practices: readonly Practice[];
  readonly parts: ReadonlyMap<string, readonly string[]>;
}

export function readPractices(reading: Reading, place: Place | undefined, groups: Groups): ReadPractices {
  const parts = new Map<string, readonly string[]>();
  const practices = readItems(reading, place, "`practices`", (item) => readPractice(reading, item, groups, parts));
  return { practices: practices.flat(), parts };
}

function readPractice(
  reading: Reading,
  place: Place,
  groups: Groups,
  parts: Map<string, readonly string[]>,
): readonly Practice[] | undefined {
  const id = idOf(reading, place, "a practice");
  const what = id === undefined ? "a practice" : `practice \`${id}\``;
  const at = id === undefined ? place.at : `practices.${id}`;
  const inner: Reading = { ...reading, spans: new Map() };
  const block = readBlock(inner, { ...place, at }, what, practiceKeys);
  if (block === undefined || id === undefined) return undefined;
  inner.spans.set(block.at, place.span);
  const split = readConditionParts(inner, block, what);
  const common = readCommon(inner, block, what, groups);
  if (split === undefined) {
    const { spans } = inner;
    const whole = { id, ...common, for: readFor(inner, block, what), ...readWhen(inner, block, what) };
    for (const [path, span] of spans) reading.spans.set(path, span);
    return [inOrder(whole)];
  }
  const found = split.map((part): Practice => {
    const own = partId(id, part.when);
    isId(reading, place, own);
    for (const [path, span] of inner.spans) reading.spans.set(`practices.${own}${path.slice(at.length)}`, span);
    const purposes = new Map([["for", { ...part.for, at: `practices.${own}.for` }]]);
    const basis = part.basis === undefined ? undefined : { ...part.basis, at: `practices.${own}.basis` };
    const entries = new Map([...purposes, ...(basis === undefined ? [] : ([["basis", basis]] as const))]);
    const named = { ...block, entries };
    reading.spans.set(`practices.${own}.for`, part.for.span);
    return inOrder({
      id: own,
      ...common,
      for: mayTexts(reading, named, "for", what) ?? [],
      when: part.when,
      basis: readBasis(reading, { ...named, span: part.for.span }, what),
    });
  });
  parts.set(
    id,
    found.map((each) => each.id),
  );
  return found;
}

type Common = Omit<Practice, "id" | "for" | "when" | "basis">;

function readCommon(reading: Reading, block: Block, what: string, groups: Groups): Common {
  const data = mayTexts(reading, block, "data", what) ?? [];
  const to = expandGroups(reading, groups, `${block.at}.to`, readTo(reading, block, what));
  const needs = mayText(reading, block, "needs", what);
  const except = mayTexts(reading, block, "except", what);
  const held = mayWord(reading, block, "held", what, [ownDevice]);
  const sentAs = readFormOf(reading, block, "sent as", what);
  if (!block.entries.has("data") && !block.entries.has("reads"))
    need(reading, block, what, "data", "which data it is about");
  return {
    from: needed(reading, block, what, "from", "whose data it is"),
    reads: mayTexts(reading, block, "reads", what) ?? [],
    data,
    ...(except === undefined ? {} : { except }),
    ...(held === undefined ? {} : { held }),
    sends: mayTexts(reading, block, "sends", what) ?? (to.length === 0 ? [] : data),
    ...(sentAs === undefined ? {} : { sentAs }),
    keep: readStages(reading, block, what),
    to,
    ...(needs === undefined ? {} : { needs }),
    assumed: readAssumed(reading, block, what, practiceKeys),
  };
}

/** Keys as the model lists them; a hash does not see the order, a reader of the JSON does. */
function inOrder(practice: Practice): Practice {
  const { id, from, reads, data, except, held, sends, sentAs, for: purposes, ...rest } = practice;
  return {
    id,
    from,
    reads,
    data,
    ...(except === undefined ? {} : { except }),
    ...(held === undefined ? {} : { held }),
    sends,
    ...(sentAs === undefined ? {} : { sentAs }),
    for: purposes,
    ...rest,
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

function readFor(reading: Reading, block: Block, what: string): string[] {
  return needed(reading, block, what, "for", "what the data is for");
}

function readWhen(reading: Reading, block: Block, what: string): Pick<Practice, "when" | "basis"> {
  const basis = readBasis(reading, block, what);
  if (!block.entries.has("when")) return { when: need(reading, block, what, "when", "on what condition"), basis };
  return { when: mayWord(reading, block, "when", what, [...conditions, ...grounds]) ?? "", basis };
}

function readBasis(reading: Reading, block: Block, what: string): string {
  if (block.entries.has("basis")) return needText(reading, block, "basis", what);
  return need(reading, block, what, "basis", "on what legal basis");
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
    const help = "write `to: nobody` alone, or name the recipients";
    report(reading, "bad-value", span, `${what} goes to nobody and to somebody`, help);
  }
  return [];
}

/** Keys whose value the published text does not state: those of this block, its id left out. */
export function readAssumed(reading: Reading, block: Block, what: string, keys: readonly string[]): string[] {
  const assumed = mayTexts(reading, block, "assumed", what) ?? [];
  const place = field(block, "assumed");
  for (const key of assumed) {
    if (keys.includes(key) && key !== "id" && key !== "assumed") continue;
    const span = spanOf(reading, place?.node, place?.span ?? block.span);
    const help = `\`assumed\` lists keys of this block, e.g. [${keys.includes("when") ? "when, basis, keep" : "holds, keeps"}]`;
    report(reading, "bad-value", span, `\`${key}\` is no key of ${what}`, help);
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
