// Reviews of changed prose, as they stand in `reviews.yaml` beside a notice: who read which old and new words, and when (clauses.md PS11).
import { LineCounter } from "yaml";
import type { Diagnostic } from "../model/diagnostic.ts";
import { readBlock } from "../syntax/blocks.ts";
import { field, needDay, needText } from "../syntax/fields.ts";
import { readDocument } from "../syntax/read-document.ts";
import { readItems } from "../syntax/read-items.ts";
import { type Reading, report } from "../syntax/reading.ts";
import type { Review } from "./comparison.ts";

export interface ParsedReviews {
  /** Only those that are whole: a review that cannot be read is none. */
  readonly reviews: readonly Review[];
  readonly diagnostics: readonly Diagnostic[];
}

const keys = ["clause", "old", "new", "by", "on"] as const;
const start = { line: 1, column: 1 };

/** Never throws. `path` is what diagnostics call the file. */
export function parseReviews(text: string, path: string): ParsedReviews {
  const reading: Reading = { path, lines: new LineCounter(), diagnostics: [], spans: new Map() };
  try {
    const node = readDocument(reading, text);
    if (node === undefined) return { reviews: [], diagnostics: reading.diagnostics };
    const file = readBlock(reading, { at: "", span: start, node }, "the file", ["reviews"]);
    const place = file && field(file, "reviews");
    const reviews = readItems(reading, place, "`reviews`", (item) => {
      const block = readBlock(reading, item, "a review", keys);
      if (block === undefined) return undefined;
      const what = "a review";
      const review = {
        clause: needText(reading, block, "clause", what),
        old: hash(reading, needText(reading, block, "old", what), item.span),
        new: hash(reading, needText(reading, block, "new", what), item.span),
        by: needText(reading, block, "by", what),
        on: needDay(reading, block, "on", what),
      };
      return Object.values(review).includes("") ? undefined : review;
    });
    return { reviews, diagnostics: reading.diagnostics };
  } catch {
    report(reading, "unreadable", start, "the file cannot be read as reviews", "write it flatter and in plain YAML");
    return { reviews: [], diagnostics: reading.diagnostics };
  }
}

/** Whole hashes only: a shortened one would fit other words too. */
function hash(reading: Reading, text: string, span: typeof start): string {
  if (text === "" || /^[0-9a-f]{64}$/.test(text)) return text;
  const help = "copy the line that `avow compare` prints";
  report(reading, "bad-value", span, "the hash of the words read must be 64 digits and letters a to f", help);
  return "";
}
