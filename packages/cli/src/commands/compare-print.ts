// How the command shows comparisons: one in the format asked for, several under their paths, or all as JSON.
import {
  type Verdict,
  comparisonMarkdown,
  comparisonRedline,
  comparisonText,
  plainMarkdown,
  redlineText,
  verdictSentence,
} from "@avow/policy";
import type { Found, Result } from "./compare-found.ts";
import type { Version } from "./compare-sides.ts";

export const formats = ["text", "markdown", "redline"] as const;
export type Format = (typeof formats)[number];

export function print({ comparison, head, pair }: Result, format: Format): string {
  switch (format) {
    case "text":
      return comparisonText(comparison, head);
    case "markdown":
      return comparisonMarkdown(comparison, head);
    case "redline":
      return redlineText(comparisonRedline(pair.old.side, pair.next.side, comparison), comparison, head);
    default:
      return format satisfies never;
  }
}

export function several(verdict: Verdict, found: readonly Found[], format: Format): string {
  const sections = found.map(({ path, note, result }) => {
    const heading = format === "markdown" ? `## \`${path.replaceAll("`", "'")}\`` : `== ${path}`;
    return `\n${heading}\n\n${result === undefined ? noteText(note ?? "", format) : print(result, format)}`;
  });
  return [verdict, "", `${found.length} notices: ${verdictSentence(verdict)}`, ...sections].join("\n");
}

/** What a file of somebody else says of itself is no markup. */
function noteText(note: string, format: Format): string {
  return format === "markdown" ? plainMarkdown(note) : note;
}

export function jsonOf({ path, verdict, note, result }: Found): object {
  if (result === undefined) return { path, verdict, note };
  const { pair, comparison } = result;
  return { ...comparison, verdict, path, old: sideOf(pair.old), new: sideOf(pair.next) };
}

function sideOf({ name, policy }: Version): object {
  return { name, notice: policy.id, version: policy.version };
}
