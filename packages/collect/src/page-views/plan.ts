// What a notice permits this collector at all, asked once for each site and kept: which columns exist, what may be looked at.
import { type Actor, type Credential, type Gate, createGate } from "@avow/gate/server";
import type { Decision } from "@avow/policy";
import { type Column, columnTerms, columns, eventTerms, form, readTerms, subject } from "./columns.ts";
import type { MeasuredSite } from "./draft.ts";
import { splitUrl } from "./split-url.ts";

export interface Plan {
  /** Undefined when the notice covers the site and lets it be written for. */
  readonly closed?: "outside the notice" | "stores nothing";
  /** The decision that ends it when the request carries a refusal signal and nothing is left to keep. */
  readonly refusal?: Decision;
  readonly mayRead: Readonly<Record<keyof typeof readTerms, boolean>>;
  /** Columns that exist, with the term each is kept by. */
  readonly terms: Readonly<Partial<Record<Column, string>>>;
  readonly events: Readonly<Record<keyof typeof eventTerms, Decision>>;
}

export type PlanOf = (site: MeasuredSite, signal: boolean) => Plan;

/** Asks a gate of its own over the same notices, so that looking ahead leaves no evidence of things that did not happen. */
export function createPlanner(gate: Gate, credential: Credential): PlanOf {
  const quiet = quietTwin(gate);
  const plans = new Map<string, { readonly notice: string; readonly plain: Plan; readonly signalled: Plan }>();
  return (site, signal) => {
    let known = plans.get(site.domain);
    if (known === undefined || known.notice !== site.notice) {
      const actor = quiet.actor(credential, site.notice);
      const closed = closedReason(quiet, site);
      const plain = planFor(actor, false, closed);
      known = { notice: site.notice, plain, signalled: signalledPlan(actor, plain, closed) };
      plans.set(site.domain, known);
    }
    return signal ? known.signalled : known.plain;
  };
}

/** A gate over the same notices whose tallies nobody reads. */
export function quietTwin(gate: Pick<Gate, "policies">): Gate {
  return createGate(gate.policies(), { nowMs: () => 0 });
}

/** The host of a site's name, with its port if it has one and without: a notice may cover either. */
function closedReason(gate: Gate, site: MeasuredSite): Plan["closed"] {
  const named = site.domain.split("/")[0] ?? "";
  const hosts = [named, splitUrl(`//${named}`).host];
  if (hosts.some((host) => gate.storesNothing(host))) return "stores nothing";
  const covering = hosts.flatMap((host) => gate.covering(host));
  return covering.some((policy) => policy.id === site.notice) ? undefined : "outside the notice";
}

function planFor(actor: Actor, signal: boolean, closed: Plan["closed"]): Plan {
  const hold = (data: string): Decision => actor.decide({ act: "hold", data, from: subject, form, signal });
  const read = (data: string): boolean => actor.decide({ act: "read", data, from: subject, signal }).allowed;
  const terms: Partial<Record<Column, string>> = {};
  for (const column of columns) {
    const term = columnTerms[column].find((each) => hold(each).allowed);
    if (term !== undefined) terms[column] = term;
  }
  return {
    ...(closed === undefined ? {} : { closed }),
    mayRead: { address: read(readTerms.address), userAgent: read(readTerms.userAgent) },
    terms,
    events: {
      custom: hold(eventTerms.custom),
      scrollDepth: hold(eventTerms.scrollDepth),
      engagedMs: hold(eventTerms.engagedMs),
      props: hold(eventTerms.props),
    },
  };
}

function signalledPlan(actor: Actor, plain: Plan, closed: Plan["closed"]): Plan {
  const plan = planFor(actor, true, closed);
  const lost = Object.values(plain.terms)[0];
  if (lost === undefined || Object.keys(plan.terms).length > 0) return plan;
  return { ...plan, refusal: actor.decide({ act: "hold", data: lost, from: subject, form, signal: true }) };
}
