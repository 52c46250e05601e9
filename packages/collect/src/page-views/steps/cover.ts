// May anything be written for this site and page: a known site, covered by its notice, that does not store nothing (JP4, JP6).
import type { Gate } from "@avow/gate/server";
import type { Draft, MeasuredSite } from "../draft.ts";
import { isPageOf } from "../page-host.ts";
import type { PlanOf } from "../plan.ts";

export function findSite(
  draft: Draft,
  ports: { readonly siteOf: (domain: string) => MeasuredSite | undefined; readonly planOf: PlanOf },
): "unknown site" | undefined {
  const site = ports.siteOf(draft.domain);
  if (site === undefined) return "unknown site";
  draft.site = site;
  draft.plan = ports.planOf(site, draft.signal);
  return undefined;
}

export interface CoverPorts {
  readonly gate: Pick<Gate, "storesNothing" | "refused" | "covering">;
  /** Pages of the visitor's own machine count for any site: for trying things out, on a server only that machine reaches. */
  readonly countsLocalPages?: boolean;
}

export function checkCover(
  draft: Draft,
  { gate, countsLocalPages = false }: CoverPorts,
): "outside the notice" | "stores nothing" | undefined {
  const { host } = draft.event.url;
  // A page of a host that stores nothing stays unwritten even when it is sent in the name of a neighbour.
  let closed: "outside the notice" | "stores nothing" | undefined = gate.storesNothing(host)
    ? "stores nothing"
    : draft.plan.closed;
  if (closed === undefined && !isPageOf(draft.site, host, gate, countsLocalPages)) closed = "outside the notice";
  if (closed !== undefined) gate.refused(draft.site.notice, "", closed);
  return closed;
}

/** Signals only reduce: where the practice is opt-out, nothing more of the request is looked at. */
export function honourSignal(
  draft: Draft,
  { gate }: { readonly gate: Pick<Gate, "refused"> },
): "refusal signal" | undefined {
  const { refusal } = draft.plan;
  if (refusal === undefined) return undefined;
  gate.refused(refusal.notice, refusal.clause ?? "", refusal.reason);
  return "refusal signal";
}
