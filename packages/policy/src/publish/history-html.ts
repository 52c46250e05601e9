// The history of a notice: every version with its day and verdict.
import { dayText } from "./day-text.ts";
import { type Markup, markup } from "./escape.ts";
import { relationWords } from "./notice-words.ts";
import { pageHtml } from "./page-html.ts";
import type { PublishedNotice, PublishedVersion } from "./published-notice.ts";
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
