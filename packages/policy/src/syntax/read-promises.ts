// The `promises:` section: an id and exactly one kind of promise each, with plain values beside it.
import { isSeq } from "yaml";
import type { Ban, Message, NoticePromise, PromiseKind } from "../model/notice.ts";
import { promiseKinds } from "../model/notice.ts";
import { type Block, type Place, missing, readBlock, readText, readTexts, shortened } from "./blocks.ts";
import { field, mayTexts, needText } from "./fields.ts";
import { banKeys, messageKeys, promiseSideKeys } from "./keys.ts";
import { type Groups, expandGroups } from "./read-groups.ts";
import { readItems, readKeyed } from "./read-items.ts";
import { keepOf } from "./read-keep.ts";
import { idOf } from "./read-practices.ts";
import { readVoucher } from "./read-recipients.ts";
import { type Reading, report } from "./reading.ts";

/** Characters; a longer message is no reminder. */
const longestMessage = 2_000;

export function readPromises(reading: Reading, place: Place | undefined, groups: Groups): NoticePromise[] {
  return readItems(reading, place, "`promises`", (item) => readPromise(reading, item, groups));
}

function readPromise(reading: Reading, place: Place, groups: Groups): NoticePromise | undefined {
  const id = idOf(reading, place, "a promise");
  if (id === undefined) return undefined;
  const what = `promise \`${id}\``;
  const at = `promises.${id}`;
  const kind = kindOf(reading, { ...place, at }, what);
  if (kind === undefined) return undefined;
  const block = readBlock(reading, { ...place, at }, what, ["id", kind, ...promiseSideKeys[kind]]);
  const main = block === undefined ? undefined : field(block, kind);
  if (block === undefined || main === undefined) return undefined;
  reading.spans.set(at, place.span);
  if (kind === "never") {
    const ban = readBan(reading, main, what, groups);
    return ban === undefined ? undefined : { id, kind, ban, detail: {} };
  }
  if (kind === "attested") {
    const voucher = readVoucher(reading, main, `\`attested\` of ${what}`);
    return voucher === undefined ? undefined : { id, kind, voucher, detail: {} };
  }
  const messages = readMessages(reading, field(block, "messages"), what);
  const plain = { ...block, entries: new Map([...block.entries].filter(([key]) => key !== "messages")) };
  const detail = readDetail(reading, plain, what);
  return { id, kind, detail, ...(messages === undefined ? {} : { messages }) };
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
  readBlock(reading, place, what, ["id", ...promiseKinds, ...new Set(Object.values(promiseSideKeys).flat())]);
  return undefined;
}

function readBan(reading: Reading, place: Place, what: string, groups: Groups): Ban | undefined {
  const block = readBlock(reading, place, `\`never\` of ${what}`, banKeys);
  if (block === undefined) return undefined;
  const ban = {
    data: mayTexts(reading, block, "data", what) ?? [],
    from: mayTexts(reading, block, "from", what) ?? [],
    for: mayTexts(reading, block, "for", what) ?? [],
    to: expandGroups(reading, groups, `${place.at}.to`, mayTexts(reading, block, "to", what) ?? []),
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

/** `messages: { id: { on, for, text } }`: each a fixed text for one event (clauses.md PS9). */
function readMessages(reading: Reading, place: Place | undefined, what: string): Message[] | undefined {
  if (place === undefined) return undefined;
  return readKeyed(reading, place, `message of ${what}`, messageKeys, (id, block, name) => {
    const text = field(block, "text");
    if (text === undefined) missing(reading, block, "text", name, "add `text: …`, word for word what is sent");
    return {
      id,
      on: needText(reading, block, "on", name),
      for: needText(reading, block, "for", name),
      text: (text === undefined ? undefined : readText(reading, text, `\`text\` of ${name}`, longestMessage)) ?? "",
    };
  });
}

function readDetail(reading: Reading, block: Block, what: string): Record<string, string | readonly string[]> {
  const detail: [string, string | readonly string[]][] = [];
  for (const [key, place] of block.entries) {
    if (key === "id") continue;
    const name = `\`${key}\` of ${what}`;
    const value = isSeq(place.node)
      ? readTexts(reading, place, name)
      : readText(reading, place, name, key === "says" ? 1_000 : undefined);
    if (key === "within" && typeof value === "string" && keepOf(value)?.kind !== "for") {
      const help = "write e.g. `30 days`, `1 month`, or `30 days after the account closes`";
      report(reading, "bad-keep", place.span, `\`${shortened(value)}\` is no length of time`, help);
    } else if (value !== undefined) detail.push([key, value]);
  }
  return Object.fromEntries(detail);
}
