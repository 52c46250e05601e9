// A refusal for people: the same facts as its JSON, in the look of every page; the contact is at its foot (clauses.md JP11).
import { html } from "hono/html";
import type { Refusal } from "../http/refusal.ts";
import type { Html } from "./frame/html.ts";

export function refusalView(refusal: Refusal): Html {
  const { clause, notice } = refusal.detail;
  return html`<h1>${titleOf(refusal.status)}</h1>
    <p class="standing">${sentence(refusal.message)}</p>
    ${typeof clause === "string" && typeof notice === "string" ? html`<p>Decided by <a href="/notices/${notice}#${clause}">clause ${clause}</a> of the notice.</p>` : ""}
    <p><a href="/">Back to the notices</a></p>`;
}

/** A private site: the same whether it exists or not, so that nobody learns which do. */
export function privateView(next: string): Html {
  return html`<h1>Not public</h1>
    <p class="standing">
      There are no public statistics at this address. If they are yours,
      <a href="/sign-in?next=${encodeURIComponent(next)}">sign in</a>.
    </p>
    <p><a href="/">Back to the notices</a></p>`;
}

/** Statistics that cannot be shown: the question stays in the address, the limit is named, a shorter period offered. */
export function questionRefusedView(refusal: Refusal, site: string): Html {
  return html`<h1>${site}</h1>
    <p class="sentence">${sentence(refusal.message)}</p>
    <p class="sentence">
      Try <a href="/stats/${encodeURIComponent(site)}?period=today">today</a>,
      <a href="/stats/${encodeURIComponent(site)}?period=7d">7 days</a> or
      <a href="/stats/${encodeURIComponent(site)}?period=30d">30 days</a>.
    </p>`;
}

function titleOf(status: number): string {
  if (status === 404) return "Nothing here";
  if (status === 403) return "Not permitted";
  if (status === 401) return "Sign in first";
  if (status === 429) return "Too many requests";
  return status >= 500 ? "A fault on our side" : "That could not be read";
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
