// The history of a living notice: what was published or served, when, and how each version differs from the one before (clauses.md PY5, PI6).
import { html } from "hono/html";
import { relationWords } from "@avow/policy";
import { countText, dateText, isoText, shortHash } from "../frame/format.ts";
import type { Html } from "../frame/html.ts";
import { heldView } from "./change-view.ts";
import type { HistoryModel, NoticeModel, StepModel, VersionModel } from "./notice-model.ts";

export function historyView(model: NoticeModel): Html {
  const { history, versions, id } = model;
  return html`<section aria-labelledby="history">
    <h2 id="history">History</h2>
    ${history === undefined ? "" : historyText(history, id)}
    ${versions.length === 0 ? html`<p>No version of this notice has been in force here.</p>` : html`<p>This installation has served ${countText(versions.length, "version")}.</p>`}
    ${
      history === undefined
        ? ""
        : html`<ul class="entries">
            ${history.steps.map((step) => stepView(step, id))}
          </ul>`
    }
    ${otherView(model)} ${heldView(model)}
  </section>`;
}

/** For an installation that served no version before, but whose notice has a log that did. */
export function recentView({ history, changed, id }: NoticeModel): Html | string {
  const step = history?.steps.find(({ standing }) => standing === "served");
  if (changed !== undefined || step === undefined || history?.isRecent !== true) return "";
  return html`<div class="banner" role="note">
    <p>
      <strong>This notice changed on ${dayView(step.from)}</strong> and is ${relationWords(step.verdict)}.
      <a href="/notices/${id}/changes/${step.page}">What changed</a>
    </p>
  </div>`;
}

/** For the facts on top: out of the log or the record, never typed. */
export function updatedView({ history }: NoticeModel): Html | string {
  return history === undefined ? "" : html`<li>last updated ${dayView(history.updated)}</li>`;
}

function historyText({ source, logFault, elsewhere, updated }: HistoryModel, id: string): Html {
  const log = html`<a href="/notices/${id}/versions.json">log</a>`;
  const fault =
    logFault === undefined
      ? ""
      : html`<p>
          <strong class="broken">The log of published versions is not shown: ${logFault}.</strong> What follows is this
          installation's own record.
        </p>`;
  return html`${fault}
    <p>
      ${
        source === "log"
          ? html`Every version published; each names the one before it, and anybody can compute the ${log} anew with
              <code>avow verify</code>.`
          : html`Every version that came into force here; the ${log} holds them whole.`
      }
      Changes are told in a <a href="/notices/${id}/feed.xml">feed</a>.
    </p>
    ${
      elsewhere === undefined
        ? ""
        : html`<p>
            <strong
              >By the log, the version of ${dayView(elsewhere)} is in force; this installation serves that of
              ${dayView(updated)}.</strong
            >
          </p>`
    }`;
}

function stepView({ version, on, verdict, from, standing, page, hasChanges, seenAtMs }: StepModel, id: string): Html {
  return html`<li>
    ${dayView(on)}: ${relationWords(verdict)}${standingView(standing, from)}
    <span class="small"
      ><a href="/notices/${id}/versions/${page}">the whole text</a
      >${hasChanges ? html` · <a href="/notices/${id}/changes/${page}">what changed</a>` : ""}${seenAtMs === undefined ? "" : html` · served here since <time datetime="${isoText(seenAtMs)}">${dateText(seenAtMs)}</time>`}</span
    >
    ${hashView(version, id)}
  </li>`;
}

function standingView(standing: StepModel["standing"], from: string): Html | string {
  switch (standing) {
    case "served":
      return html`, <strong>in force now</strong>`;
    case "to come":
      return html`, in force from ${dayView(from)}`;
    case "taken back":
      return ", taken back before it was in force";
    case "before":
      return "";
    default:
      return standing satisfies never;
  }
}

/** Served here, but no part of the history that is shown: never published, or not to be opened any more. */
function otherView({ history, versions, id }: NoticeModel): Html | string {
  const others = versions.filter((each) => history?.steps.every(({ version }) => version !== each.version) ?? true);
  if (others.length === 0) return "";
  return html`${history === undefined ? "" : html`<p>Of these, not in the ${history.source}:</p>`}
    <ul class="entries small">
      ${others.map((version) => otherItem(version, id))}
    </ul>`;
}

function otherItem({ version, seenAtMs, isCurrent }: VersionModel, id: string): Html {
  return html`<li>
    <time datetime="${isoText(seenAtMs)}">${dateText(seenAtMs)}</time> ${isCurrent ? "in force now" : "before"}
    ${hashView(version, id)}
  </li>`;
}

function hashView(version: string, id: string): Html {
  return html`<details class="small">
    <summary>version ${shortHash(version)}</summary>
    <p>SHA-256 of the notice, the notices it adds to and the vocabulary: <code>${version}</code></p>
    <p>
      Recompute it: <code>npm run -s avow -- check DIR/${id}/notice.yaml --json</code>, with <code>notices</code> for
      DIR where it came with Avow.
    </p>
  </details>`;
}

/** `20 November 2026` for an ISO day. */
function dayView(day: string): Html {
  return html`<time datetime="${day}">${dateText(Date.parse(`${day}T00:00:00Z`))}</time>`;
}
