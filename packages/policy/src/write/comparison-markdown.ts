// A comparison as Markdown, to stand in a pull request: the verdict alone on the first line, nothing in it read as markup.
import type { Change, Comparison, ToReview } from "../compare/comparison.ts";
import { type ComparisonHead, clauseName, reviewLine, unreviewed, verdictSentence } from "./comparison-head.ts";

/** A comment may have 65,536 characters: what goes beyond is counted and left to the command. */
const mostRows = 100;

export function comparisonMarkdown(comparison: Comparison, head: ComparisonHead): string {
  const { verdict, changes, toReview, labels, editorial } = comparison;
  const rest = [
    ...labels.map((each) => `${each.clause}: ${each.label}: ${orNone(each.old)} → ${orNone(each.new)}`),
    ...editorial,
  ];
  return [
    verdict,
    "",
    `### ${plain(head.title)}: ${plain(head.old)} → ${plain(head.new)}`,
    "",
    verdictSentence(verdict),
    ...table(changes, head),
    ...review(toReview, unreviewed(comparison).length, head),
    ...(rest.length === 0
      ? []
      : ["", "**Without order**", "", ...cut(rest).map((each) => `- ${plain(each)}`), ...more(rest.length)]),
  ].join("\n");
}

function table(changes: readonly Change[], head: ComparisonHead): readonly string[] {
  if (changes.length === 0) return [];
  const weakerFirst = changes.toSorted(
    (a, b) => Number(a.direction === "stronger") - Number(b.direction === "stronger"),
  );
  const rows = cut(weakerFirst).map((each) => {
    const { nearest, direction, witness } = each;
    const near = nearest === undefined ? "none" : `${clauseName(nearest, head)}: ${nearest.text}`;
    return `| ${direction} | ${plain(clauseName(each, head))} | ${plain(witness)} | ${plain(near)} |`;
  });
  const heading = ["| | clause | change | nearest of the other version |", "|---|---|---|---|"];
  return ["", ...heading, ...rows, ...more(changes.length)];
}

function review(toReview: readonly ToReview[], open: number, head: ComparisonHead): readonly string[] {
  if (toReview.length === 0) return [];
  const state = open === 0 ? "all reviewed" : `${open} of ${toReview.length} not reviewed`;
  return [
    "",
    `**To review** (${state})`,
    ...cut(toReview).flatMap((each) => {
      const { old, new: is, reviewed } = each;
      return [
        "",
        `- ${plain(clauseName(each, head))}`,
        `  - old: ${plain(orNone(old))}`,
        `  - new: ${plain(orNone(is))}`,
        reviewed === undefined
          ? `  - not reviewed; whoever has read both adds to \`reviews.yaml\` beside the notice: \`${reviewLine(each).replaceAll("`", "'")}\``
          : `  - reviewed by ${plain(reviewed.by)} on ${reviewed.on}`,
      ];
    }),
    ...more(toReview.length),
  ];
}

function cut<T>(list: readonly T[]): readonly T[] {
  return list.slice(0, mostRows);
}

function more(count: number): readonly string[] {
  return count > mostRows ? ["", `and ${count - mostRows} more: see \`avow compare\``] : [];
}

/** The text itself and nothing else: no markup, no HTML, no table cell, no link, no mention of anybody. */
export function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]()#+!|~]/g, String.raw`\$&`)
    .replaceAll("@", "@<!-- -->")
    .replaceAll("://", ":<!-- -->//")
    .replaceAll(/\bwww\./gi, (www) => `${www.slice(0, 3)}<!-- -->.`);
}

function orNone(text: string): string {
  return text === "" ? "(none)" : text;
}
