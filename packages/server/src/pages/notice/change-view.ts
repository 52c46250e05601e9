// What a living notice says of change (clauses.md PS11, JL6): the banner while it is recent, a version that waits, what is held under which.
import { html } from "hono/html";
import { dateText, isoText, shortHash } from "../frame/format.ts";
import type { Html } from "../frame/html.ts";
import type { NoticeModel } from "./notice-model.ts";

export function changedView({ changed }: NoticeModel): Html | string {
  if (changed === undefined) return "";
  const { from, sinceMs, verdict, witnesses } = changed;
  return html`<div class="banner" role="note">
    <p>
      <strong>This notice changed on <time datetime="${isoText(sinceMs)}">${dateText(sinceMs)}</time></strong> and is
      ${relation(verdict)} <abbr title="${from}">${shortHash(from)}</abbr>. What was collected before then keeps the
      protection of the version it was collected under.
    </p>
    ${
      witnesses.length === 0
        ? ""
        : html`<ul>
            ${witnesses.map((witness) => html`<li>${witness}</li>`)}
          </ul>`
    }
  </div>`;
}

function relation(verdict: NonNullable<NoticeModel["changed"]>["verdict"]): string {
  switch (verdict) {
    case undefined:
      return "not comparable with the version before, which cannot be opened any more:";
    case "equivalent":
      return "in what it permits and promises the same as version";
    case "incomparable":
      return "in part more and in part less protective than version";
    case "more protective":
    case "less protective":
      return `${verdict} than version`;
    default:
      return verdict satisfies never;
  }
}

export function waitingView({ waiting }: NoticeModel): Html | string {
  if (waiting === undefined) return "";
  const how = waiting.verdict === "incomparable" ? "incomparable with" : `${waiting.verdict} than`;
  const when =
    waiting.effective === undefined
      ? "It is not in force: it was not declared."
      : html`It comes into force on <time datetime="${waiting.effective}">${waiting.effective}</time>, for what is
          collected from then on.`;
  return html`<p class="banner">
    A version ${how} this one has been written (<abbr title="${waiting.version}">${shortHash(waiting.version)}</abbr>).
    ${when} What is held already stays under the version it was collected under.
  </p>`;
}

/** Nothing to say while everything is held under the version in force. */
export function heldView({ held }: NoticeModel): Html | string {
  if (held.every(({ isCurrent }) => isCurrent)) return "";
  return html`<p>What is held here keeps the version it was collected under:</p>
    <ul class="entries small">
      ${held.map(
        ({ version, rows, firstDay, lastDay, isCurrent, isKnown }) =>
          html`<li>
            ${rows} rows, ${firstDay} to ${lastDay}, are held under version
            <abbr title="${version}">${shortHash(version)}</abbr
            >${isCurrent ? ", in force now" : isKnown ? ": used only as both versions allow" : ", which is not known here: not used at all"}
          </li>`,
      )}
    </ul>`;
}
