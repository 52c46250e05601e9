// The page-view collector: an event as sent becomes a row for each of its sites, in exactly the declared form, or is dropped.
import type { Actor, Credential, Gate } from "@avow/gate/server";
import { type ClientTraits, type Draft, type PageViewRow, rowOf, startDraft } from "./draft.ts";
import { createPlanner, quietTwin } from "./plan.ts";
import { type EventBody, type Invalid, readEvent } from "./read-event.ts";
import { createAgentReader } from "./reduce-user-agent.ts";
import { type DropReason, type StepPorts, dropReasons, runSteps } from "./steps.ts";

/** What the collector is given; the rest of what its steps need it makes of these. */
export interface PageViewPorts extends Pick<
  StepPorts,
  "siteOf" | "visitors" | "countryOf" | "placeOf" | "isDatacentre" | "spamHosts" | "countsLocalPages" | "localDay"
> {
  readonly gate: Gate;
  /** The job that collects, with the purposes it was wired with. */
  readonly credential: Credential;
}

export interface PageViewInput {
  /** As received, or already read by `readEvent` (when the sites had to be fetched first). */
  readonly body: Uint8Array | string | EventBody;
  readonly client: ClientTraits;
  /** When the server received it; an event brings no time of its own. */
  readonly atMs: number;
}

export interface Collected {
  readonly rows: readonly PageViewRow[];
  /** Sites the event was not written for, by reason; the sum is the `x-plausible-dropped` header. */
  readonly dropped: readonly { readonly reason: DropReason; readonly count: number }[];
  /** Parts of the kept rows that were masked, and things sent with them that the notice does not declare. */
  readonly masked: number;
  readonly undeclared: number;
}

export interface PageViews {
  /** Never throws for what a client sent. */
  collect(input: PageViewInput): Collected | Invalid;
  /** What `collect` would write, by the same steps; nobody is numbered and nothing is counted. Visitor and visit are 0. */
  preview(input: PageViewInput): Collected | Invalid;
  /** Events dropped since the start, by reason. */
  drops(): ReadonlyMap<DropReason, number>;
}

const nobody: StepPorts["visitors"] = { see: () => ({ visitor: 0, visit: 0, isNewVisit: false }) };

export function createPageViews(ports: PageViewPorts): PageViews {
  const shared = {
    ...ports,
    readAgent: createAgentReader(),
    planOf: createPlanner(ports.gate, ports.credential),
  };
  const quiet = quietTwin(ports.gate);
  const real = {
    ...shared,
    gate: ports.gate,
    actorOf: actorsOf(ports.gate, ports.credential),
  };
  const imagined = { ...shared, gate: quiet, actorOf: actorsOf(quiet, ports.credential), visitors: nobody };
  const drops = new Map<DropReason, number>(dropReasons.map((reason) => [reason, 0]));
  return {
    collect: (input) => collectWith(real, input, (reason) => drops.set(reason, (drops.get(reason) ?? 0) + 1)),
    preview: (input) => collectWith(imagined, input, () => undefined),
    drops: () => drops,
  };
}

function actorsOf(gate: Gate, credential: Credential): StepPorts["actorOf"] {
  const actors = new Map<string, Actor>();
  return (notice) => {
    const actor = actors.get(notice) ?? gate.actor(credential, notice);
    actors.set(notice, actor);
    return actor;
  };
}

function collectWith(ports: StepPorts, input: PageViewInput, count: (reason: DropReason) => void): Collected | Invalid {
  const event = typeof input.body === "object" && "is" in input.body ? input.body : readEvent(input.body);
  if ("invalid" in event) return event;
  const drafts: Draft[] = [];
  const dropped = new Map<DropReason, number>();
  for (const domain of event.domains) {
    const draft = startDraft(event, domain, input.client, input.atMs);
    const reason = runSteps(draft, ports);
    if (reason === undefined) drafts.push(draft);
    else {
      dropped.set(reason, (dropped.get(reason) ?? 0) + 1);
      count(reason);
    }
  }
  return {
    rows: drafts.map(rowOf),
    dropped: [...dropped].map(([reason, times]) => ({ reason, count: times })),
    masked: drafts.reduce((sum, draft) => sum + draft.masked, 0),
    undeclared: drafts.reduce((sum, draft) => sum + draft.undeclared, 0),
  };
}
