// Whose notice covers an address: the nearest first, its parents beside it, or "not covered" (clauses.md JP4, JP5).
import { html } from "hono/html";
import { linkOf } from "./frame/format.ts";
import type { Html } from "./frame/html.ts";

export interface WhoseAnswer {
  readonly asked: string;
  /** Undefined when what was asked is no address. */
  readonly host?: string;
  /** Nearest first; empty when nothing covers the host. */
  readonly notices: readonly {
    readonly id: string;
    readonly title: string;
    readonly controller: string;
    readonly contact: string;
    readonly example?: string;
  }[];
  readonly storesNothing: boolean;
  /** The gate's sentence for a host nothing covers. */
  readonly outside?: string;
}

export function whoseView(answer: WhoseAnswer | undefined): Html {
  return html`<h1>Whose notice covers an address?</h1>
    <p class="standing">
      Give the address of a page. A notice served here answers only for the hosts it names; for every other host its
      operator does.
    </p>
    <form method="get" action="/whose">
      <div class="field">
        <label for="url">Address</label
        ><input
          id="url"
          name="url"
          inputmode="url"
          autocomplete="off"
          maxlength="2000"
          placeholder="https://example.org/page"
          required
          value="${answer?.asked ?? ""}"
        />
      </div>
      <p class="small grey">It is looked up in memory and not stored.</p>
      <button>Ask</button>
    </form>
    ${
      answer === undefined
        ? ""
        : html`<section aria-labelledby="answer">
            <h2 id="answer">Answer</h2>
            ${answerView(answer)}
          </section>`
    }`;
}

function answerView({ host, notices, storesNothing, outside }: WhoseAnswer): Html {
  if (host === undefined)
    return html`<p class="problem">That is no address; give one like https://example.org/page.</p>`;
  const [nearest, ...beside] = notices;
  if (nearest === undefined)
    return html`<p>${sentence(outside ?? `${host} is not covered; ask ${host}'s operator`)}</p>`;
  return html`<p>
      ${host} is covered by <a href="/notices/${nearest.id}">${nearest.title}</a> of
      ${nearest.controller}.${storesNothing ? " It is declared to store nothing." : ""} Questions:
      ${contact(nearest.contact)}.
    </p>
    ${nearest.example === undefined ? "" : html`<p class="grey">Example ${nearest.example.replace(/\.$/, "")}.</p>`}
    ${beside.length === 0 ? "" : html`<p>Beside it: ${beside.map(({ id, title }, index) => html`${index === 0 ? "" : ", "}<a href="/notices/${id}">${title}</a>`)}.</p>`}`;
}

function contact(text: string): Html {
  const href = linkOf(text);
  return href === undefined ? html`${text}` : html`<a href="${href}">${text}</a>`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
