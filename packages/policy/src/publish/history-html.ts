// The history of a notice: every version with its day and verdict, and for each step a page of what changed, with witnesses.
import type { Change, Comparison, ToReview } from "../compare/comparison.ts";
import { dayText } from "./day-text.ts";
import { type Markup, markup } from "./escape.ts";
import { relationWords } from "./notice-words.ts";
import { pageHtml } from "./page-html.ts";
import type { PublishedNotice, PublishedVersion } from "./published-notice.ts";
import { verdictSentence } from "../write/comparison-head.ts";
import { logName, stepName } from "./site-paths.ts";

export function historyHtml(published: PublishedNotice): string {
  const { versions, inForce } = published;
  const { title, controller } = inForce.policy;
  const body = markup`<h1>Every version of: ${title}</h1>
<p class="standing">Newest first. Each version names the one before it by its hash; the <a href="${logName}">log</a> holds all of them whole, and <code>avow verify</code> checks it without asking anybody.</p>
<section aria-labelledby="versions">
<h2 id="versions">Versions</h2>
<ul class="entries">
${versions.toReversed().map((each) => item(each, published))}</ul>
</section>`;
  return pageHtml({ title: `History: ${title}`, controller, up: "../", feed: "feed.xml" }, body);
}

function item(version: PublishedVersion, { inForce }: PublishedNotice): Markup {
  const { entry, from, step, isWithdrawn } = version;
  const name = stepName(version);
  return markup`<li><time datetime="${entry.on}">${dayText(entry.on)}</time>: ${relationWords(entry.verdict)}${version === inForce ? ", in force now" : ""}
<span class="small">${isWithdrawn ? "taken back before it was in force · " : from === entry.on ? "" : `in force from ${dayText(from)} · `}<a href="versions/${name}">the whole text</a>${step === undefined ? "" : markup` · <a href="changes/${name}">what changed</a>`} · <code>${entry.version}</code></span></li>
`;
}

/** `step` is that of the version. */
export function changesHtml(version: PublishedVersion, step: Comparison): string {
  const { policy, entry } = version;
  const { title, controller } = policy;
  const [weaker, stronger] = (["weaker", "stronger"] as const).map((direction) =>
    step.changes.filter((each) => each.direction === direction),
  );
  const rest = [
    ...step.labels.map((each) => `${each.clause}: ${each.label}: ${orNone(each.old)} → ${orNone(each.new)}`),
    ...step.editorial,
  ];
  const body = markup`<h1>What changed on ${dayText(entry.on)}: ${title}</h1>
<p class="standing"><strong>${entry.verdict}</strong>: ${verdictSentence(step.verdict)}</p>
${entry.material === undefined ? "" : markup`<p>In force from ${dayText(entry.material.effective)}, for what is collected from then on. People are asked: ${entry.material.question}</p>\n`}${list("Less protective", weaker?.map(changeItem))}${list("More protective", stronger?.map(changeItem))}${list("Words", step.toReview.map(proseItem))}${list(
    "Without order",
    rest.map((each) => markup`<li>${each}</li>\n`),
  )}<p class="small"><a href="../versions/${stepName(version)}">The whole text of this version</a> · <a href="../history.html">every version</a> · <a href="../index.html">the version in force</a></p>`;
  return pageHtml({ title: `Changes of ${entry.on}: ${title}`, controller, up: "../../", feed: "../feed.xml" }, body);
}

function list(heading: string, items: readonly Markup[] = []): Markup {
  return items.length === 0
    ? markup``
    : markup`<section>
<h2>${heading}</h2>
<ul class="entries">
${items}</ul>
</section>
`;
}

function changeItem({ clause, witness, nearest }: Change): Markup {
  const near =
    nearest === undefined
      ? ""
      : markup` <span class="small">nearest ${nearest.side === "old" ? "before" : "now"}: ${nearest.clause}: ${nearest.text}</span>`;
  return markup`<li>${clause}: ${witness}${near}</li>\n`;
}

function proseItem({ clause, old, new: is, reviewed }: ToReview): Markup {
  return markup`<li>${clause} <span class="small">before: ${orNone(old)}</span> <span class="small">now: ${orNone(is)}</span>${reviewed === undefined ? "" : markup` <span class="small">read by ${reviewed.by} on ${reviewed.on}</span>`}</li>\n`;
}

function orNone(text: string): string {
  return text === "" ? "(none)" : text;
}
