// Who is likely responsible for what was asked and why: the nearest notice first, its parents beside it, or "not covered" (clauses.md JP4, JP5, JP10).
import type { NamedElsewhere, WhoseAnswer, WhoseNotice } from "@avow/policy";
import { html } from "hono/html";
import { linkOf } from "./frame/format.ts";
import type { Html } from "./frame/html.ts";

export function whoseView(answer: WhoseAnswer | undefined): Html {
  return html`<h1>Whose notice is it?</h1>
    <p class="standing">
      Give the address of a page, a package with the way it is installed, or the name of a vendor. A notice served here
      answers only for the hosts and packages it names; for everything else its operator does.
    </p>
    <form method="get" action="/whose">
      <div class="field">
        <label for="url">Address, package or vendor</label
        ><input
          id="url"
          name="url"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          maxlength="2000"
          aria-describedby="url-forms"
          required
          value="${answer?.asked ?? ""}"
        />
      </div>
      <p class="small grey" id="url-forms">
        For example https://example.org/page, pip:NAME, conda:NAME, npm:NAME or vendor:NAME. It is looked up in memory
        and not stored.
      </p>
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

function answerView(answer: WhoseAnswer): Html {
  const { outcome, sentence, why, notices, named, storesNothing, cautions, contact: ask } = answer;
  if (outcome === "unreadable") return html`<p class="problem">${capital(sentence)}</p>`;
  const [nearest, ...beside] = notices;
  return html`<p>${capital(sentence)}</p>
    ${storesNothing ? html`<p>It is declared to store nothing.</p>` : ""}
    ${cautions.map((each) => html`<p><strong>${each}</strong></p>`)}
    ${nearest === undefined ? "" : html`<p>${noticeView(nearest)}</p>`}
    ${
      beside.length === 0
        ? ""
        : html`<p>Beside it:</p>
            <ul>
              ${beside.map((each) => html`<li>${noticeView(each)}, ${relationText(each)}</li>`)}
            </ul>`
    }
    ${
      named.length === 0
        ? ""
        : html`<p>Named here:</p>
            <ul>
              ${named.map((each) => html`<li>${namedView(each)}</li>`)}
            </ul>`
    }
    <h3>Why</h3>
    <ul>
      ${why.map((each) => html`<li>${each}</li>`)}
    </ul>
    ${ask === undefined ? "" : html`<p>${nearest === undefined ? "Questions about the notices served here" : "Questions"}: ${linked(ask)}.</p>`}`;
}

function noticeView({ id, title, controller, example }: WhoseNotice): Html {
  const note = example === undefined ? "" : html` <span class="grey">(example ${example.replace(/\.$/, "")})</span>`;
  return html`<a href="/notices/${id}">${title}</a> of ${controller}${note}`;
}

function relationText({ relation }: WhoseNotice): string {
  switch (relation) {
    case "nearest":
    case "covers it too":
      return "which covers it too";
    case "parent":
      return "which it is an addendum to";
    case "names it as a notice of its own":
      return "which names it as a notice of its own";
    default:
      return relation satisfies never;
  }
}

function namedView({ notice, clause, does, privacy, contact }: NamedElsewhere): Html {
  const parts = [
    ...(privacy === undefined ? [] : [html`; its privacy policy: ${linked(privacy)}`]),
    ...(contact === undefined ? [] : [html`; its contact: ${linked(contact)}`]),
  ];
  return html`<a href="/notices/${notice}#${clause}">${clause}</a>: ${does}${parts}`;
}

function linked(text: string): Html {
  const href = linkOf(text);
  return href === undefined ? html`${text}` : html`<a href="${href}">${text}</a>`;
}

function capital(text: string): string {
  return `${/^[a-z]+\./.test(text) ? text.charAt(0) : text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
