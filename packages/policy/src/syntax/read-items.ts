// Lists of blocks with an `id` each, and blocks keyed by id: the two ways a section names its clauses.
import { isMap, isSeq } from "yaml";
import { type Block, type Place, listOf, readBlock } from "./blocks.ts";
import { isId } from "./fields.ts";
import { type Reading, report } from "./reading.ts";

/** Reads `section: [ {…}, … ]`; an item that cannot be read is left out and reported. */
export function readItems<T>(
  reading: Reading,
  place: Place | undefined,
  what: string,
  readItem: (item: Place) => T | undefined,
): T[] {
  if (place === undefined) return [];
  if (!isSeq(place.node)) {
    const help = isMap(place.node) ? "begin each with `- id: …`" : "write one `- …` line for each";
    report(reading, "wrong-shape", place.span, `${what} must be a list`, help);
    return [];
  }
  if (place.node.items.length === 0)
    report(reading, "empty-list", place.span, `${what} is an empty list`, "leave the key out");
  return listOf(reading, place)
    .map((item) => readItem(item))
    .filter((item) => item !== undefined);
}

/** Reads `section: { id: {…} }`. */
export function readKeyed<T>(
  reading: Reading,
  place: Place | undefined,
  sort: string,
  keys: readonly string[],
  readItem: (id: string, block: Block, what: string) => T | undefined,
): T[] {
  if (place === undefined) return [];
  const section = readBlock(reading, place, `\`${place.at}\``);
  if (section === undefined) return [];
  if (section.entries.size === 0)
    report(reading, "empty-list", place.span, `\`${place.at}\` is empty`, "leave the key out");
  const items: T[] = [];
  for (const [id, entry] of section.entries) {
    if (!isId(reading, { ...entry, node: null }, id)) continue;
    const block = readBlock(reading, entry, `${sort} \`${id}\``, keys);
    const item = block === undefined ? undefined : readItem(id, block, `${sort} \`${id}\``);
    if (item !== undefined) items.push(item);
  }
  return items;
}
