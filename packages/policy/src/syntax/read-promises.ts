// The `promises:` section: an id and exactly one kind of promise each, with plain values beside it.
import { isSeq } from "yaml";
import type { Ban, NoticePromise, PromiseKind } from "../model/notice.ts";
import { promiseKinds } from "../model/notice.ts";
import { type Block, type Place, readBlock, readText, readTexts } from "./blocks.ts";
import { field, mayTexts } from "./fields.ts";
import { readItems } from "./read-items.ts";
import { idOf } from "./read-practices.ts";
import { readVoucher } from "./read-recipients.ts";
import { type Reading, report } from "./reading.ts";

/** Keys that may stand beside each kind; they are part of the sentence. */
const beside: Readonly<Record<PromiseKind, readonly string[]>> = {
  never: [],
  rights: ["within"],
  changes: [],
  cookies: [],
  "no account for": [],
  "disclosed only": ["receiver"],
  mail: ["except"],
  "told first": [],
  "free of": ["except"],
  "vendor of": [],
  questions: [],
  "applies to": [],
  secured: [],
  attested: [],
  says: [],
};
const banKeys = ["data", "from", "for", "to", "together"] as const;

export function readPromises(reading: Reading, place: Place | undefined): NoticePromise[] {
  return readItems(reading, place, "`promises`", (item) => readPromise(reading, item));
}

function readPromise(reading: Reading, place: Place): NoticePromise | undefined {
  const id = idOf(reading, place, "a promise");
  if (id === undefined) return undefined;
  const what = `promise \`${id}\``;
  const at = `promises.${id}`;
  const kind = kindOf(reading, { ...place, at }, what);
  if (kind === undefined) return undefined;
  const block = readBlock(reading, { ...place, at }, what, ["id", kind, ...beside[kind]]);
  const main = block === undefined ? undefined : field(block, kind);
  if (block === undefined || main === undefined) return undefined;
  reading.spans.set(at, place.span);
  if (kind === "never") {
    const ban = readBan(reading, main, what);
    return ban === undefined ? undefined : { id, kind, ban, detail: {} };
  }
  if (kind === "attested") {
    const voucher = readVoucher(reading, main, `\`attested\` of ${what}`);
    return voucher === undefined ? undefined : { id, kind, voucher, detail: {} };
  }
  return { id, kind, detail: readDetail(reading, block, what) };
}

/** The one kind a promise has. None or several is an error. */
function kindOf(reading: Reading, place: Place, what: string): PromiseKind | undefined {
  const quiet: Reading = { ...reading, diagnostics: [], spans: new Map() };
  const keys = [...(readBlock(quiet, place, what)?.entries.keys() ?? [])];
  const kinds = promiseKinds.filter((kind) => keys.includes(kind));
  if (kinds.length === 1) return kinds[0];
  const help = `a promise is an id and one of: ${promiseKinds.join(", ")}`;
  if (kinds.length > 1) {
    report(
      reading,
      "promise-kind",
      place.span,
      `${what} promises several things at once: ${kinds.join(", ")}`,
      "make a promise of each",
    );
    return undefined;
  }
  report(reading, "promise-kind", place.span, `${what} promises nothing that is known`, help);
  // Also names the misspelt key with its nearest known one.
  readBlock(reading, place, what, ["id", ...promiseKinds, ...new Set(Object.values(beside).flat())]);
  return undefined;
}

function readBan(reading: Reading, place: Place, what: string): Ban | undefined {
  const block = readBlock(reading, place, `\`never\` of ${what}`, banKeys);
  if (block === undefined) return undefined;
  const ban = {
    data: mayTexts(reading, block, "data", what) ?? [],
    from: mayTexts(reading, block, "from", what) ?? [],
    for: mayTexts(reading, block, "for", what) ?? [],
    to: mayTexts(reading, block, "to", what) ?? [],
    together: mayTexts(reading, block, "together", what) ?? [],
  };
  if (block.entries.size === 0) {
    report(
      reading,
      "empty-list",
      block.span,
      `\`never\` of ${what} forbids everything`,
      "name the data, subject, purpose or recipient it forbids",
    );
    return undefined;
  }
  if (block.entries.has("together") && ban.together.length < 2) {
    report(
      reading,
      "bad-value",
      field(block, "together")?.span ?? block.span,
      `\`together\` of ${what} needs two kinds of data`,
      "name at least two",
    );
  }
  return ban;
}

function readDetail(reading: Reading, block: Block, what: string): Record<string, string | readonly string[]> {
  const detail: [string, string | readonly string[]][] = [];
  for (const [key, place] of block.entries) {
    if (key === "id") continue;
    const name = `\`${key}\` of ${what}`;
    const value = isSeq(place.node)
      ? readTexts(reading, place, name)
      : readText(reading, place, name, key === "says" ? 1_000 : undefined);
    if (value !== undefined) detail.push([key, value]);
  }
  return Object.fromEntries(detail);
}
