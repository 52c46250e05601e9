// The redline as plain text: what went stands in [-…-], what came in {+…+}, and there is a line to sign.
import type { Comparison, ToReview } from "../compare/comparison.ts";
import { type ComparisonHead, clauseName, reviewLine, verdictSentence } from "./comparison-head.ts";
import { markChanges, markedText } from "./comparison-marks.ts";
import type { Redline, RedlineClause } from "./comparison-redline.ts";

export function redlineText(redline: Redline, { verdict }: Comparison, head: ComparisonHead): string {
  const { whole } = redline;
  const wholeLines = [
    ...whole.changes.map((each) => `${each.direction}: ${each.witness}`),
    ...whole.toReview.flatMap((each) => [each.clause, ...pair("words", each.old, each.new), reviewState(each)]),
    ...whole.labels.map((each) => `${each.clause}: ${each.label}: ${each.old || "(none)"} → ${each.new || "(none)"}`),
    ...whole.editorial.map((each) => `editorial: ${each}`),
  ];
  return [
    verdict,
    "",
    `Redline of ${head.title}: ${head.old} → ${head.new}`,
    verdictSentence(verdict),
    ...redline.clauses.flatMap((each) => clauseLines(each, head)),
    ...(wholeLines.length === 0 ? [] : ["", "The notice as a whole", ...wholeLines.map((each) => `  ${each}`)]),
    "",
    "I have read the old and the new version of every clause above.",
    "Name: ______________________________  Date: ______________  Signature: ______________________________",
  ].join("\n");
}

function clauseLines(clause: RedlineClause, head: ComparisonHead): readonly string[] {
  const { old, new: is, changes, toReview, labels, verdict } = clause;
  const number = [old?.number, is?.number].filter((each) => each !== undefined);
  const place = [...new Set(number)].join(" → ");
  const state = old === undefined ? "new, " : is === undefined ? "gone, " : "";
  const lines = [
    ...pair("meaning", old?.sentence ?? "", is?.sentence ?? ""),
    ...(old?.words === undefined && is?.words === undefined ? [] : pair("words", old?.words ?? "", is?.words ?? "")),
    ...toReview.flatMap((each) => (each.clause === clause.clause ? [reviewState(each)] : proseLines(each))),
    ...changes.map((each) => `${each.direction}: ${each.witness}`),
    ...labels.map((each) => `${each.label}: ${each.old || "(none)"} → ${each.new || "(none)"}`),
  ];
  return ["", `${place} ${clauseName(clause, head)}: ${state}${verdict}`, ...lines.map((each) => `  ${each}`)];
}

function proseLines(prose: ToReview): readonly string[] {
  return [...pair(prose.clause.split(".").at(-1) ?? "", prose.old, prose.new), reviewState(prose)];
}

/** Old and new beneath one another, the changes marked; once where they are the same. */
function pair(what: string, old: string, next: string): readonly string[] {
  if (old === next) return [`${what}: ${old}`];
  const marked = markChanges(old, next);
  return [
    `old ${what}: ${markedText(marked.old, ["[-", "-]"]) || "(none)"}`,
    `new ${what}: ${markedText(marked.new, ["{+", "+}"]) || "(none)"}`,
  ];
}

function reviewState(prose: ToReview): string {
  const { reviewed } = prose;
  return reviewed === undefined
    ? `not reviewed; add to reviews.yaml: ${reviewLine(prose)}`
    : `reviewed by ${reviewed.by} on ${reviewed.on}`;
}
