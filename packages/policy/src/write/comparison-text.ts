// A comparison as plain text for a terminal: the verdict alone on the first line, then each change with its witness.
import type { Change, Comparison, ToReview } from "../compare/comparison.ts";
import { type ComparisonHead, clauseName, reviewLine } from "./comparison-head.ts";

export function comparisonText(comparison: Comparison, head: ComparisonHead): string {
  const { verdict, changes, toReview, labels, editorial } = comparison;
  const weaker = changes.filter((each) => each.direction === "weaker");
  const stronger = changes.filter((each) => each.direction === "stronger");
  return [
    verdict,
    ...section(
      "weaker",
      weaker.flatMap((each) => changeLines(each, head)),
    ),
    ...section(
      "stronger",
      stronger.flatMap((each) => changeLines(each, head)),
    ),
    ...section(
      "to review",
      toReview.flatMap((each) => reviewLines(each, head)),
    ),
    ...section(
      "labels, which have no order",
      labels.map((each) => `${each.clause}: ${each.label}: ${orNone(each.old)} → ${orNone(each.new)}`),
    ),
    ...section("editorial", editorial),
  ].join("\n");
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", heading, ...lines.map((each) => `  ${each}`)];
}

function changeLines(change: Change, head: ComparisonHead): readonly string[] {
  const { nearest, direction } = change;
  const line = `${clauseName(change, head)}: ${change.witness}`;
  if (nearest !== undefined) {
    const when = nearest.side === "old" ? "before" : "now";
    return [line, `  nearest ${when}: ${clauseName(nearest, head)}: ${nearest.text}`];
  }
  return change.about === "practice" ? [line, `  nearest ${direction === "weaker" ? "before" : "now"}: none`] : [line];
}

function reviewLines(prose: ToReview, head: ComparisonHead): readonly string[] {
  const { reviewed } = prose;
  return [
    clauseName(prose, head),
    `  old: ${orNone(prose.old)}`,
    `  new: ${orNone(prose.new)}`,
    ...(reviewed === undefined
      ? ["  not reviewed; whoever has read both adds to reviews.yaml beside the notice:", `    ${reviewLine(prose)}`]
      : [`  reviewed by ${reviewed.by} on ${reviewed.on}`]),
  ];
}

function orNone(text: string): string {
  return text === "" ? "(none)" : text;
}
