// A published version as a page: number and text of every clause, and on top what changed lately (looks as the living notice).
import type { Clause, Policy } from "../model/policy.ts";
import { dayText } from "./day-text.ts";
import { type Markup, markup } from "./escape.ts";
import { changeWords, exampleWords, linksOf, sectionsOf, standingWords } from "./notice-words.ts";
import { contact, pageHtml } from "./page-html.ts";
import type { PublishedNotice, PublishedVersion } from "./published-notice.ts";
import { stepName } from "./site-paths.ts";

/** `up` leads from the page to the folder of the notice. */
export function noticeHtml(version: PublishedVersion, published: PublishedNotice, up: string): string {
  const { policy } = version;
  const { title, controller, example } = policy;
  const body = markup`${example === undefined ? "" : markup`<p class="banner">${exampleWords(example)}</p>\n`}${banner(version, published, up)}<h1>${title}</h1>
${facts(version, up)}
${policy.covers.map(({ host, caution }) => (caution === undefined ? "" : markup`<p class="standing"><strong>${host}</strong>: ${caution}</p>\n`))}${sectionsOf(
    policy,
  ).map(
    ({ heading, clauses }, at) => markup`<section aria-labelledby="section-${String(at + 1)}">
<h2 id="section-${String(at + 1)}">${heading}</h2>
${clauses.map((each) => clause(each, policy))}</section>
`,
  )}<section aria-labelledby="questions">
<h2 id="questions">Questions</h2>
<p>Ask ${controller.name}: ${contact(controller)}. Who believes that their data is wrong or misused writes there too.</p>
</section>`;
  return pageHtml({ title, controller, up: `${up}../`, feed: `${up}feed.xml` }, body);
}

function banner(version: PublishedVersion, published: PublishedNotice, up: string): Markup {
  if (version !== published.inForce) {
    return markup`<div class="banner" role="note"><p><strong>${standingWords(version, published)}</strong> <a href="${up}index.html">The version in force</a></p></div>\n`;
  }
  return markup`${[...published.waiting, ...published.recent].map((each) => {
    const { head, rest } = changeWords(each, published);
    return markup`<div class="banner" role="note"><p><strong>${head}</strong> ${rest} <a href="${up}changes/${stepName(each)}">What changed</a></p></div>\n`;
  })}`;
}

function facts({ policy, entry, from }: PublishedVersion, up: string): Markup {
  const { covers, controller, parent, version } = policy;
  const hosts = covers.map(({ host, stores }) => (stores === undefined ? host : `${host} (stores nothing)`));
  return markup`<ul class="facts small" aria-label="About this notice">
<li>${controller.name}</li>
<li>last updated <time datetime="${entry.on}">${dayText(entry.on)}</time></li>
${from === entry.on ? "" : markup`<li>in force from <time datetime="${from}">${dayText(from)}</time></li>\n`}<li>version <abbr title="${version}">${version.slice(0, 8)}</abbr></li>
${hosts.length === 0 ? "" : markup`<li>covers ${hosts.join(", ")}</li>\n`}${parent === undefined ? "" : markup`<li>adds to ${parent.title}, which applies too</li>\n`}<li><a href="${up}history.html">every version</a></li>
<li class="no-print"><a href="${up}notice.md">Markdown</a>, <a href="${up}notice.json">JSON</a>, <a href="${up}notice.jsonld">JSON-LD</a>, <a href="${up}feed.xml">feed</a></li>
</ul>`;
}

function clause({ id, number, sentence, words, assumed }: Clause, policy: Policy): Markup {
  const links = linksOf(policy, id).map(
    ({ says, href }, at) => markup`${at === 0 ? "" : ", "}<a href="${href}">${says}</a>`,
  );
  return markup`<article class="clause" id="${id}" aria-label="Clause ${number}">
<div class="clause-number"><a href="#${id}">${number}</a></div>
<div>
${words === undefined ? markup`<p>${sentence}</p>` : markup`<p>${words}</p>\n<p class="effect"><b>In effect:</b> ${sentence}</p>`}
${assumed.length === 0 ? "" : markup`<p class="effect"><span class="assumed">Assumed</span>, because the published text does not say: ${assumed.join(", ")}.</p>\n`}${links.length === 0 ? "" : markup`<p class="effect">Read ${links}.</p>\n`}</div>
</article>
`;
}
