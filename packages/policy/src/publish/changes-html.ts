// The page of one step: every clause that changed with its old and new sentence and words, marked, and the verdict of each.
import type { Change, Comparison, LabelChange, ToReview } from "../compare/comparison.ts";
import { verdictSentence } from "../write/comparison-head.ts";
import { type MarkedPart, markChanges } from "../write/comparison-marks.ts";
import { type Redline, type RedlineClause, comparisonRedline } from "../write/comparison-redline.ts";
import { dayText } from "./day-text.ts";
import { type Markup, markup } from "./escape.ts";
import { contact, pageHtml } from "./page-html.ts";
import type { PublishedVersion } from "./published-notice.ts";
import { stepName } from "./site-paths.ts";

/** `step` is that of the version, `before` the one it follows. */
export function changesHtml(version: PublishedVersion, step: Comparison, before: PublishedVersion): string {
  const { policy, entry, vocabulary } = version;
  const { title, controller } = policy;
  const old = { ...before.policy, vocabulary: before.vocabulary };
  const { clauses, whole } = comparisonRedline(old, { ...policy, vocabulary }, step);
  const body = markup`<h1>What changed on ${dayText(entry.on)}: ${title}</h1>
<p class="standing"><strong>${entry.verdict}</strong>: ${verdictSentence(step.verdict)}</p>
${asked(version)}${clauses.map(clauseEntry)}${wholeEntry(whole)}<p class="told small"><a href="../versions/${stepName(version)}">The whole text of this version</a> · <a href="../history.html">every version</a> · <a href="../index.html">the version in force</a></p>`;
  return pageHtml({ title: `Changes of ${entry.on}: ${title}`, controller, up: "../../", feed: "../feed.xml" }, body);
}

/** A static page takes no answer: it says where one is given, and what silence means. */
function asked({ entry: { material }, policy: { controller } }: PublishedVersion): Markup {
  if (material === undefined) return markup``;
  return markup`<p>In force from ${dayText(material.effective)}, for what is collected from then on. People are asked: ${material.question}</p>
<p>Who agrees writes so to ${contact(controller)}. Whoever does not answer stays, with what is held of them, under the version before.</p>
`;
}

function clauseEntry(clause: RedlineClause): Markup {
  const { old, new: is, verdict, changes, toReview, labels } = clause;
  const face = is ?? old;
  const state = old === undefined ? "new, " : is === undefined ? "gone, " : "";
  return markup`<section aria-labelledby="changed-${clause.notice}-${clause.clause}">
<h2 id="changed-${clause.notice}-${clause.clause}">${face?.number ?? ""} <code>${clause.clause}</code> <span class="small">${state}${verdict}</span></h2>
${pair("Meaning", old?.sentence ?? "", is?.sentence ?? "")}${old?.words === is?.words ? "" : pair("Words", old?.words ?? "", is?.words ?? "")}${told(changes, toReview, labels, [], clause.clause)}</section>
`;
}

function wholeEntry({ changes, toReview, labels, editorial }: Redline["whole"]): Markup {
  if (changes.length + toReview.length + labels.length + editorial.length === 0) return markup``;
  return markup`<section aria-labelledby="whole">
<h2 id="whole">The notice as a whole</h2>
${told(changes, toReview, labels, editorial)}</section>
`;
}

function told(
  changes: readonly Change[],
  toReview: readonly ToReview[],
  labels: readonly LabelChange[],
  editorial: readonly string[] = [],
  shown = "",
): Markup {
  const items = [
    ...changes.map(({ direction, witness }) => markup`<li>${direction}: ${witness}</li>\n`),
    ...toReview.map(
      ({ clause, old, new: is, reviewed }) =>
        markup`<li>${clause === shown ? "words" : markup`${clause}: ${pair("words", old, is)}`}${reviewed === undefined ? "" : markup` read by ${reviewed.by} on ${dayText(reviewed.on)}`}</li>\n`,
    ),
    ...labels.map(
      ({ clause, label, old, new: is }) =>
        markup`<li>${clause}: ${label}: ${old || "(none)"} → ${is || "(none)"}</li>\n`,
    ),
    ...editorial.map((each) => markup`<li>${each}</li>\n`),
  ];
  return items.length === 0 ? markup`` : markup`<ul class="told small">\n${items}</ul>\n`;
}

/** What went is struck out, what came is underlined; read aloud they are deletions and insertions. */
function pair(what: string, old: string, next: string): Markup {
  if (old === next) return markup`<p>${next}</p>\n`;
  const marked = markChanges(old, next);
  return markup`<p><b>${what} before:</b> ${old === "" ? "(none)" : marked.old.map((each) => part("del", each))}</p>
<p><b>${what} now:</b> ${next === "" ? "(none)" : marked.new.map((each) => part("ins", each))}</p>
`;
}

function part(name: "del" | "ins", { text, isChanged }: MarkedPart): Markup {
  if (!isChanged) return markup`${text}`;
  const space = text.startsWith(" ") ? " " : "";
  return name === "del"
    ? markup`${space}<del>${text.trimStart()}</del>`
    : markup`${space}<ins>${text.trimStart()}</ins>`;
}
