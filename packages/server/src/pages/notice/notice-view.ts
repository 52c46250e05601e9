// The living notice as a page (looks: number, text, margin): what is promised, how it is kept, and what was seen of it.
import { html } from "hono/html";
import { dateText, isoText, linkOf, listText, shortHash, clockText } from "../frame/format.ts";
import type { Html } from "../frame/html.ts";
import { contactLink } from "../frame/layout.ts";
import { stateSentence } from "./clause-state.ts";
import { changedView, waitingView } from "./change-view.ts";
import { clauseView } from "./clause-view.ts";
import { type NoticeModel, type RecipientModel, type VisitModel, clausesOf } from "./notice-model.ts";
import { historyView, recentView, updatedView } from "./history-view.ts";
import { visitView } from "./visit-view.ts";

export function noticeView(model: NoticeModel, visit: VisitModel | undefined): Html {
  return html`${model.example === undefined ? "" : html`<p class="banner">${exampleBanner(model.example)}</p>`}
    ${changedView(model)}${recentView(model)}${waitingView(model)}
    <h1>${model.title}</h1>
    ${factsView(model)}
    ${model.covers.map(({ host, caution }) => (caution === undefined ? "" : html`<p class="standing"><strong>${host}</strong>: ${caution}</p>`))}
    <p class="standing">${standing(model)}</p>
    <section aria-labelledby="visit" class="visit wide">
      <h2 id="visit">Your visit just now</h2>
      ${visitView(visit, numbersOf(model))}
    </section>
    ${model.sections.map(
      ({ heading, clauses }, index) =>
        html`<section aria-labelledby="section-${index + 1}">
          <h2 id="section-${index + 1}">${heading}</h2>
          ${clauses.map(clauseView)}
        </section> `,
    )}
    ${recipientsView(model.recipients)} ${historyView(model)}
    <section aria-labelledby="contact">
      <h2 id="contact">Questions</h2>
      <p>
        Ask ${model.controller.name}: ${contactLink(model.controller.contact)}. Who believes that their data is wrong or
        misused writes there too.
      </p>
    </section>`;
}

/** `after the published notice of X; not theirs` as the notice has it, made a sentence. */
export function exampleBanner(example: string): string {
  return `Example ${example.replace(/\.$/, "")}.`;
}

function factsView(model: NoticeModel): Html {
  const { version, inForceSinceMs, addendumTo } = model;
  return html`<ul class="facts small" aria-label="About this notice">
    <li>${model.controller.name}</li>
    <li>
      ${inForceSinceMs === undefined ? "not in force here yet" : html`${model.sites.length === 0 ? "served" : "in force"} here since <time datetime="${isoText(inForceSinceMs)}">${dateText(inForceSinceMs)}</time>`}
    </li>
    ${updatedView(model)}
    <li>version <abbr title="${version}">${shortHash(version)}</abbr></li>
    <li>
      covers
      ${listText(model.covers.map(({ host, storesNothing }) => (storesNothing ? `${host} (stores nothing)` : host)))}
    </li>
    ${addendumTo === undefined ? "" : html`<li>adds to <a href="/notices/${addendumTo.id}">${addendumTo.title}</a>, which applies too</li>`}
    <li class="no-print">
      <a href="/notices/${model.id}.json">as JSON</a
      >${model.history === undefined ? "" : html`, <a href="/notices/${model.id}.jsonld">JSON-LD</a>, <a href="/notices/${model.id}/feed.xml">feed</a>`}
    </li>
  </ul>`;
}

/** One sentence; broken clauses are named. */
export function standing(model: NoticeModel): Html {
  if (model.evidenceFailedSinceMs !== undefined) {
    return html`<strong
      >Evidence unavailable since ${clockText(model.evidenceFailedSinceMs)} UTC; the notice still binds.</strong
    >`;
  }
  if (model.sites.length === 0) return html`No site runs under this notice, so there is nothing to show.`;
  const clauses = clausesOf(model);
  const broken = clauses.filter(({ state }) => state === "broken");
  return html`${stateSentence(clauses.map(({ state }) => state))}; not checked from outside
  yet.${
    broken.length === 0
      ? ""
      : html` <strong class="broken"
          >Broken:
          ${broken.map(({ id, number }, index) => html`${index === 0 ? "" : ", "}<a class="broken" href="#${id}">${number} ${id}</a>`)}.</strong
        >`
  }`;
}

function numbersOf(model: NoticeModel): ReadonlyMap<string, string> {
  return new Map(clausesOf(model).map(({ id, number }) => [id, number]));
}

function recipientsView(recipients: readonly RecipientModel[]): Html {
  return html`<section aria-labelledby="recipients">
    <h2 id="recipients">Who else gets data</h2>
    ${
      recipients.length === 0
        ? html`<p>Nobody is named, so nobody does.</p>`
        : html`<ul class="entries">
            ${recipients.map(recipientView)}
          </ul>`
    }
  </section>`;
}

function recipientView(one: RecipientModel): Html {
  const sees = one.sees === undefined ? "what it sees is not stated" : `sees ${listText(one.sees)}`;
  const reached = one.reached === "directly" ? "your own machine contacts it" : "reached by us";
  const parts = [one.role, reached, holdsText(one.holds), sees];
  if (one.hosts.length > 0) parts.push(`at ${listText(one.hosts)}`);
  if (one.through.length > 0) parts.push(`stands on ${listText(one.through)}`);
  return html`<li id="recipient-${one.id}">
    ${one.name} ${one.does}.
    <span class="small"
      >${parts.join(" · ")}${outLink(one.privacy, "its privacy policy")}${outLink(one.agreement, "agreement")}</span
    >
  </li>`;
}

function holdsText(holds: string): string {
  switch (holds) {
    case "stores":
      return "keeps what it gets";
    case "transits":
      return "only passes it on";
    case "nothing":
      return "keeps nothing";
    default:
      return "whether it keeps anything is not stated";
  }
}

/** Only http(s) leads anywhere; another scheme stays words. */
function outLink(address: string | undefined, words: string): Html | string {
  if (address === undefined) return "";
  const href = linkOf(address);
  return href === undefined ? html` · ${words}: ${address}` : html` · <a href="${href}" rel="noreferrer">${words}</a>`;
}
