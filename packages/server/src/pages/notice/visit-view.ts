// "Your visit just now" as a page shows it: to the visitor alone, escaped, never cached, never written.
import { html } from "hono/html";
import type { Html } from "../frame/html.ts";
import type { VisitModel } from "./notice-model.ts";

/** `numbers`: clause numbers by id. */
export function visitView(visit: VisitModel | undefined, numbers: ReadonlyMap<string, string>): Html {
  if (visit === undefined) {
    return html`<p>No site is measured under this notice here. This page itself stores nothing about your visit.</p>`;
  }
  return html`<p>
      To show you this page your browser sent the following. This page stores nothing of it: it is shown to you and
      forgotten.
    </p>
    <dl class="pairs">
      <dt>IP address</dt>
      <dd>${visit.address}</dd>
      <dt>User agent</dt>
      <dd>${visit.userAgent === "" ? html`<span class="why">none</span>` : visit.userAgent}</dd>
      <dt>Referrer</dt>
      <dd>${visit.referrer === "" ? html`<span class="why">none</span>` : visit.referrer}</dd>
      <dt>Refusal signal</dt>
      <dd>${visit.hasSignal ? "yes: Sec-GPC or DNT" : html`<span class="why">none</span>`}</dd>
    </dl>
    ${visit.written.length === 0 ? nothingView(visit) : writtenView(visit, numbers)}`;
}

function nothingView(visit: VisitModel): Html {
  return html`<h3>Had you opened a page of ${visit.site}</h3>
    <p>${nothingSentence(visit)}</p>`;
}

/** Why nothing would be written, in the visitor's world. */
export function nothingSentence({ hasSignal, nothingBecause, site }: VisitModel): string {
  if (hasSignal && nothingBecause === "refusal signal") return "Your browser said no: nothing is written.";
  switch (nothingBecause) {
    case "robot":
      return "Your browser calls itself a robot, and robots are not counted: nothing is written.";
    case "stores nothing":
      return `${site} is declared to store nothing: nothing is written.`;
    case "outside the notice":
      return `The notice does not cover ${site}: nothing is written.`;
    default:
      return "The notice permits nothing of it: nothing is written.";
  }
}

function writtenView(visit: VisitModel, numbers: ReadonlyMap<string, string>): Html {
  return html`<h3>Had you opened the front page of ${visit.site} instead: dropped at once, in memory</h3>
    <dl class="pairs">
      <dt>IP address</dt>
      <dd>
        ${visit.truncatedAddress === "" ? "all of it" : html`cut to ${visit.truncatedAddress} to look up the country, then gone`}
      </dd>
      <dt>User agent</dt>
      <dd>reduced to the words below, then gone</dd>
    </dl>
    <h3>And written: this and no more</h3>
    <dl class="pairs">
      ${visit.written.map(
        ({ what, value, clause }) =>
          html`<dt>${what}</dt>
            <dd>
              ${value}
              <a class="why" href="#${clause}"
                ><span class="unseen">by clause </span>§ ${numbers.get(clause) ?? clause}</a
              >
            </dd>`,
      )}
    </dl>`;
}
