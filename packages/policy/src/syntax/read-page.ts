// The `page:` and `words:` sections: headings with the ids under them, and the author's own prose by clause.
import type { Section } from "../model/notice.ts";
import { type Place, readBlock, readText, readTexts } from "./blocks.ts";
import { readItems } from "./read-items.ts";
import { type Reading, report } from "./reading.ts";

/** Prose beside one clause; longer prose belongs in a clause of its own. */
const longestWords = 1_200;

export function readPage(reading: Reading, place: Place | undefined): Section[] {
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
    return { heading, ids: readTexts(reading, ids, `section \`${heading}\``) ?? [] };
  });
}

export function readWords(reading: Reading, place: Place | undefined): Record<string, string> {
  const block = place === undefined ? undefined : readBlock(reading, place, "`words`");
  const words: [string, string][] = [];
  for (const [id, entry] of block?.entries ?? []) {
    const text = readText(reading, entry, `\`words\` of \`${id}\``, longestWords);
    if (text !== undefined) words.push([id, text]);
  }
  return Object.fromEntries(words);
}
