// The living notice as JSON: the same facts as the page, "your visit just now" included, for programs and for checking.
import { clauseStates, stateSentence } from "./clause-state.ts";
import { type NoticeModel, type VisitModel, clausesOf } from "./notice-model.ts";

export function noticeJson(model: NoticeModel, visit: VisitModel | undefined): object {
  const states = clausesOf(model).map(({ state }) => state);
  return {
    notice: model.id,
    title: model.title,
    ...(model.example === undefined ? {} : { example: model.example }),
    controller: model.controller,
    contact: model.controller.contact,
    version: model.version,
    inForceSince: isoOrNull(model.inForceSinceMs),
    addendumTo: model.addendumTo?.id ?? null,
    covers: model.covers,
    sites: model.sites,
    at: new Date(model.atMs).toISOString(),
    evidenceUnavailableSince: isoOrNull(model.evidenceFailedSinceMs),
    summary: stateSentence(states),
    states: Object.fromEntries(clauseStates.map((state) => [state, states.filter((each) => each === state).length])),
    sections: model.sections.map(({ heading, clauses }) => ({
      heading,
      clauses: clauses.map(({ evidence, ...clause }) => ({
        ...clause,
        evidence:
          evidence === undefined
            ? null
            : { at: new Date(evidence.atMs).toISOString(), what: evidence.what, source: evidence.source },
      })),
    })),
    recipients: model.recipients.map((one) => ({ ...one, sees: one.sees ?? "not stated" })),
    history: model.versions.map(({ version, seenAtMs, isCurrent }) => ({
      version,
      firstSeen: new Date(seenAtMs).toISOString(),
      current: isCurrent,
    })),
    lastUpdated: model.history?.updated ?? null,
    log: model.history === undefined ? null : { ...model.history, address: `/notices/${model.id}/versions.json` },
    held: model.held,
    waiting: model.waiting ?? null,
    changed: changedJson(model),
    yourVisit: visit ?? null,
  };
}

/** Null once a change is no longer recent. */
function changedJson({ changed }: NoticeModel): object | null {
  if (changed === undefined) return null;
  const { from, sinceMs, verdict, witnesses } = changed;
  return { from, on: new Date(sinceMs).toISOString(), verdict: verdict ?? null, witnesses };
}

function isoOrNull(atMs: number | undefined): string | null {
  return atMs === undefined ? null : new Date(atMs).toISOString();
}
