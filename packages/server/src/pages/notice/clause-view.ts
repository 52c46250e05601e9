// One clause: its words, the generated sentence, and in the margin how it is kept and what was seen.
import { html } from "hono/html";
import { dateText, isoText, listText, momentText } from "../frame/format.ts";
import type { Html } from "../frame/html.ts";
import { glyphs } from "./clause-state.ts";
import type { ClauseModel } from "./notice-model.ts";

export function clauseView(clause: ClauseModel): Html {
  return html`<article class="clause" id="${clause.id}" aria-label="Clause ${clause.number}">
    <div class="clause-number"><a href="#${clause.id}">${clause.number}</a></div>
    <div>
      ${
        clause.words === undefined
          ? html`<p>${clause.sentence}</p>`
          : html`<p>${clause.words}</p>
              <p class="effect"><b>In effect:</b> ${clause.sentence}</p>`
      }${
        clause.assumed.length === 0
          ? ""
          : html`<p class="effect">
              <span class="assumed">Assumed</span>, because the published text does not say:
              ${listText(clause.assumed)}.
            </p>`
      }
    </div>
    <div class="evidence">
      <p class="${clause.state === "broken" ? "state is-broken" : "state"}">
        <span class="glyph" aria-hidden="true">${glyphs[clause.state]}</span>${stateWords(clause)}
      </p>
      ${clause.evidence === undefined ? "" : html`<p><time datetime="${isoText(clause.evidence.atMs)}">${evidenceWords(clause.evidence)}</time> · ${clause.evidence.source}</p>`}
      ${clause.mechanism?.lacks === undefined ? "" : html`<p>Not built yet: ${clause.mechanism.lacks}.</p>`}
      ${voucherView(clause.voucher)} ${detailsView(clause)}
    </div>
  </article> `;
}

function stateWords({ state, where }: ClauseModel): string {
  const isKept = state === "enforced" || state === "enforced in part";
  return isKept && where.length > 0 ? `${state} on ${listText(where)}` : state;
}

function evidenceWords({ what, atMs }: NonNullable<ClauseModel["evidence"]>): string {
  return what === "tried" ? `tried ${momentText(atMs)}` : `${what} ${momentText(atMs)}`;
}

function voucherView(voucher: ClauseModel["voucher"]): Html | string {
  if (voucher === undefined) return "";
  if (voucher === "not yet") return html`<p>Nobody vouches for it yet.</p>`;
  const [on, until] = [Date.parse(voucher.on), Date.parse(voucher.until)];
  return html`<p>
    “${voucher.says}”: ${voucher.by}, ${dateText(on)}, until
    <time datetime="${voucher.until}">${dateText(until)}</time>.
  </p>`;
}

function detailsView(clause: ClauseModel): Html {
  const { mechanism, counts } = clause;
  return html`<details>
    <summary>How, and check it<span class="unseen"> (clause ${clause.number})</span></summary>
    ${
      mechanism === undefined
        ? html`<p>Nothing on this installation keeps this clause by itself: it is the controller's word.</p>`
        : html`<p>${mechanism.how}</p>`
    }
    <p>
      Permitted under it so far: ${counts.permitted}; refused:
      ${counts.refused}${counts.refusals.length === 0 ? "" : ` (${counts.refusals.join(", ")})`}.
    </p>
    ${
      mechanism === undefined
        ? ""
        : html`<p>You can check:</p>
            <code class="check">${mechanism.check}</code>`
    }
  </details>`;
}
