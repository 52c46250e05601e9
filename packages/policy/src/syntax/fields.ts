// One key of a block, read as what it must be: a text, a list, a word of a closed set, a date, an id, a link's host.
import { type Block, type Place, missing, readText, readTexts, shortened } from "./blocks.ts";
import { nearest } from "../terms/nearest.ts";
import { type Reading, report, spanOf } from "./reading.ts";

export function field(block: Block, key: string): Place | undefined {
  return block.entries.get(key);
}

/** A text that must be there. An unreadable or missing one is reported and read as empty. */
export function needText(reading: Reading, block: Block, key: string, what: string): string {
  const place = field(block, key);
  if (place !== undefined) return readText(reading, place, `\`${key}\` of ${what}`) ?? "";
  missing(reading, block, key, what);
  return "";
}

export function mayText(reading: Reading, block: Block, key: string, what: string): string | undefined {
  const place = field(block, key);
  return place === undefined ? undefined : readText(reading, place, `\`${key}\` of ${what}`);
}

export function needTexts(reading: Reading, block: Block, key: string, what: string): string[] {
  const place = field(block, key);
  if (place !== undefined) return readTexts(reading, place, `\`${key}\` of ${what}`) ?? [];
  missing(reading, block, key, what);
  return [];
}

export function mayTexts(
  reading: Reading,
  block: Block,
  key: string,
  what: string,
  mayBeEmpty = false,
): string[] | undefined {
  const place = field(block, key);
  return place === undefined ? undefined : readTexts(reading, place, `\`${key}\` of ${what}`, mayBeEmpty);
}

/** A word of a closed set; any other is reported with the nearest. */
export function mayWord<T extends string>(
  reading: Reading,
  block: Block,
  key: string,
  what: string,
  words: readonly T[],
): T | undefined {
  const place = field(block, key);
  const text = mayText(reading, block, key, what);
  if (place === undefined || text === undefined) return undefined;
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  const meant = nearest(text, words);
  const help = meant === undefined ? `one of: ${words.join(", ")}` : `did you mean \`${meant}\`?`;
  report(
    reading,
    "bad-value",
    spanOf(reading, place.node, place.span),
    `\`${shortened(text)}\` is no value of \`${key}\``,
    help,
  );
  return undefined;
}

export const idShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const longestId = 64;

/** True for ids: lower-case words and digits joined by hyphens. Reports what is not. */
export function isId(reading: Reading, place: Place, id: string): boolean {
  if (id.length <= longestId && idShape.test(id)) return true;
  const help = `lower-case letters, digits and single hyphens, at most ${longestId}, e.g. \`web-traffic\``;
  report(reading, "bad-id", spanOf(reading, place.node, place.span), `\`${shortened(id)}\` cannot be an id`, help);
  return false;
}

/** An ISO day that exists, e.g. 2024-10-04. */
export function needDay(reading: Reading, block: Block, key: string, what: string): string {
  const text = needText(reading, block, key, what);
  const place = field(block, key);
  if (text === "" || place === undefined || isDay(text)) return text;
  report(
    reading,
    "bad-date",
    spanOf(reading, place.node, place.span),
    `\`${shortened(text)}\` is no date`,
    "write it as year-month-day, e.g. 2026-03-31",
  );
  return "";
}

export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days && year >= 1;
}
