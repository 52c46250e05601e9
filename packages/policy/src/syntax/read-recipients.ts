// The `recipients:` section: who gets data, and what they vouch for.
import type { Recipient, Voucher } from "../model/notice.ts";
import { holdings, reaches, roles } from "../model/values.ts";
import { type Block, type Place, readBlock, readText } from "./blocks.ts";
import { field, mayText, mayTexts, mayWord, needDay, needText } from "./fields.ts";
import { readKeyed } from "./read-items.ts";
import { isMap } from "yaml";
import { type Reading, report } from "./reading.ts";

const keys = [
  "role",
  "name",
  "does",
  "holds",
  "reached",
  "hosts",
  "sees",
  "visible to us",
  "through",
  "agreement",
  "privacy",
  "vouched",
] as const;
const voucherKeys = ["says", "by", "on", "until"] as const;

export function readRecipients(reading: Reading, place: Place | undefined): Recipient[] {
  return readKeyed(reading, place, "recipient", keys, (id, block, what) => readRecipient(reading, id, block, what));
}

function readRecipient(reading: Reading, id: string, block: Block, what: string): Recipient {
  const sees = mayTexts(reading, block, "sees", what, true);
  const visible = mayWord(reading, block, "visible to us", what, ["yes", "no"]);
  const agreement = mayText(reading, block, "agreement", what);
  const privacy = mayText(reading, block, "privacy", what);
  const vouched = readVouched(reading, block, what);
  return {
    id,
    role: needWord(reading, block, "role", what, roles) ?? "",
    name: needText(reading, block, "name", what),
    does: needText(reading, block, "does", what),
    reached: mayWord(reading, block, "reached", what, reaches) ?? "by us",
    hosts: mayTexts(reading, block, "hosts", what, true) ?? [],
    holds: needWord(reading, block, "holds", what, holdings) ?? "not stated",
    ...(sees === undefined ? {} : { sees }),
    ...(visible === undefined ? {} : { visibleToUs: visible === "yes" }),
    ...(agreement === undefined ? {} : { agreement }),
    ...(privacy === undefined ? {} : { privacy }),
    ...(vouched === undefined ? {} : { vouched }),
    through: mayTexts(reading, block, "through", what, true) ?? [],
  };
}

function needWord<T extends string>(
  reading: Reading,
  block: Block,
  key: string,
  what: string,
  words: readonly T[],
): T | undefined {
  if (!block.entries.has(key))
    report(reading, "missing-key", block.span, `${what} needs \`${key}\``, `one of: ${words.join(", ")}`);
  return mayWord(reading, block, key, what, words);
}

function readVouched(reading: Reading, block: Block, what: string): Voucher | "not yet" | undefined {
  const place = field(block, "vouched");
  if (place === undefined) return undefined;
  if (isMap(place.node)) return readVoucher(reading, place, `\`vouched\` of ${what}`);
  const text = readText(reading, place, `\`vouched\` of ${what}`);
  if (text === undefined || text === "not yet") return text;
  report(
    reading,
    "bad-value",
    place.span,
    `\`vouched\` of ${what} is neither \`not yet\` nor a voucher`,
    "write `vouched: { says, by, on, until }`",
  );
  return undefined;
}

/** Who vouches for what, since when, until when. */
export function readVoucher(reading: Reading, place: Place, what: string): Voucher | undefined {
  const block = readBlock(reading, place, what, voucherKeys);
  if (block === undefined) return undefined;
  const voucher = {
    says: needText(reading, block, "says", what),
    by: needText(reading, block, "by", what),
    on: needDay(reading, block, "on", what),
    until: needDay(reading, block, "until", what),
  };
  if (voucher.on !== "" && voucher.until !== "" && voucher.until < voucher.on) {
    report(
      reading,
      "bad-date",
      field(block, "until")?.span ?? block.span,
      `${what} ends before it begins`,
      "`until` is the last day it holds",
    );
  }
  return voucher;
}
