// The `page:` and `words:` sections: headings with the ids under them, and the author's own prose by clause.
import type { Section } from "../model/notice.ts";
import { type Place, readBlock, readText, readTexts, shortened } from "./blocks.ts";
import { idShape } from "./fields.ts";
import { readItems } from "./read-items.ts";
import { type Reading, report } from "./reading.ts";

/** Prose beside one clause; longer prose belongs in a clause of its own. */
const longestWords = 1_200;

/** Ids of practices written as one block, and the ids they became. */
type Parts = ReadonlyMap<string, readonly string[]>;

export function readPage(reading: Reading, place: Place | undefined, parts: Parts): Section[] {
  return readItems(reading, place, "`page`", (item) => {
    const block = readBlock(reading, item, "a section of `page`");
    const [entry] = block?.entries ?? [];
    if (block === undefined) return undefined;
    if (entry === undefined || block.entries.size > 1) {
      report(
        reading,
        "wrong-shape",
        item.span,
        "a section of `page` is one heading with its ids",
        "write `- What we collect: [id, id]`",
      );
      return undefined;
    }
    const [heading, ids] = entry;
    return { heading, ids: withParts(reading, ids.at, readTexts(reading, ids, `section \`${heading}\``) ?? [], parts) };
  });
}

/** Each block's id replaced by those of its practices, all at its place. */
function withParts(reading: Reading, at: string, ids: readonly string[], parts: Parts): string[] {
  if (!ids.some((id) => parts.has(id))) return [...ids];
  const found = ids.flatMap((id, number) =>
    (parts.get(id) ?? [id]).map((each) => ({ id: each, span: reading.spans.get(`${at}.${number}`) })),
  );
  for (const [number, { span }] of found.entries()) if (span !== undefined) reading.spans.set(`${at}.${number}`, span);
  return found.map((each) => each.id);
}

/** Prose for a block that is several practices stands beside the first. */
export function readWords(reading: Reading, place: Place | undefined, parts: Parts): Record<string, string> {
  const block = place === undefined ? undefined : readBlock(reading, place, "`words`");
  const words = new Map<string, string>();
  for (const [id, entry] of block?.entries ?? []) {
    if (entry.node === null && !idShape.test(id)) {
      const help = 'put a text with a comma in quotes: `words: { visits: "…, …" }`';
      report(reading, "empty-text", entry.span, `\`${shortened(id)}\` is the end of a text, not a clause`, help);
      continue;
    }
    const text = readText(reading, entry, `\`words\` of \`${id}\``, longestWords);
    const clause = parts.get(id)?.[0] ?? id;
    if (words.has(clause))
      report(reading, "duplicate-key", entry.span, `\`words\` for \`${clause}\` stand twice`, "keep one of them");
    if (text !== undefined) words.set(clause, text);
  }
  return Object.fromEntries(words);
}
