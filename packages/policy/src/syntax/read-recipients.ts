// The `recipients:` section: who gets data, and what they vouch for.
import type { Recipient, Voucher } from "../model/notice.ts";
import { holdings, reaches, roles } from "../model/values.ts";
import { type Block, type Place, readBlock, readText } from "./blocks.ts";
import { field, mayText, mayTexts, mayWord, needDay, needText } from "./fields.ts";
import { recipientKeys, voucherKeys } from "./keys.ts";
import { type Groups, expandGroups, isFree } from "./read-groups.ts";
import { readKeyed } from "./read-items.ts";
import { readFormOf, readKeeps } from "./read-keep.ts";
import { readAssumed } from "./read-practices.ts";
import { isMap } from "yaml";
import { type Reading, report } from "./reading.ts";

export function readRecipients(reading: Reading, place: Place | undefined, groups: Groups): Recipient[] {
  return readKeyed(reading, place, "recipient", recipientKeys, (id, block, what) =>
    isFree(reading, block.entries.get("role") ?? { at: block.at, span: block.span, node: null }, id)
      ? readRecipient(reading, id, block, what, groups)
      : undefined,
  );
}

function readRecipient(reading: Reading, id: string, block: Block, what: string, groups: Groups): Recipient {
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
    through: expandGroups(
      reading,
      groups,
      `${block.at}.through`,
      mayTexts(reading, block, "through", what, true) ?? [],
    ),
    ...readLimits(reading, block, what),
  };
}

/** What the recipient itself does with the data, and which of all this the published text does not state. */
function readLimits(
  reading: Reading,
  block: Block,
  what: string,
): Pick<Recipient, "storesAs" | "keeps" | "usesFor" | "assumed"> {
  const storesAs = readFormOf(reading, block, "stores as", what);
  const keeps = readKeeps(reading, block, what);
  const usesFor = mayTexts(reading, block, "for", what);
  const assumed = block.entries.has("assumed") ? readAssumed(reading, block, what, recipientKeys) : undefined;
  return {
    ...(storesAs === undefined ? {} : { storesAs }),
    ...(keeps === undefined ? {} : { keeps }),
    ...(usesFor === undefined ? {} : { usesFor }),
    ...(assumed === undefined ? {} : { assumed }),
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
