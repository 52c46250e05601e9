// The gate decides: of what was sent only the declared is kept, with its practice; then the visit is numbered (PY2, PI3).
import type { Actor, Gate } from "@avow/gate";
import { columnTerms, columns, eventTerms, form, subject } from "../columns.ts";
import type { Draft } from "../draft.ts";

/** The five campaign columns share a term, and a source may stand under the referrer's: each is asked for once. */
function askedTerms(draft: Draft): readonly string[] {
  const asked: string[] = [];
  if (draft.event.name === "engagement") asked.push(eventTerms.engagement);
  else if (draft.event.name !== "pageview") asked.push(eventTerms.custom);
  for (const column of columns) {
    if (draft.dimensions[column] === undefined) continue;
    const term = draft.plan.terms[column] ?? columnTerms[column][0];
    if (!asked.includes(term)) asked.push(term);
  }
  return asked;
}

export function keepDeclared(
  draft: Draft,
  ports: { readonly actorOf: (notice: string) => Actor; readonly gate: Pick<Gate, "refused"> },
): "not declared" | "undeclared event" | undefined {
  const { signal, plan, event } = draft;
  const asked = askedTerms(draft);
  const { decision, practice, version, kept, dropped } = ports
    .actorOf(draft.site.notice)
    .admit(subject, asked, { form, signal });
  if (!decision.allowed || practice === undefined) return "not declared";
  if (event.name !== "pageview" && !kept.includes(asked[0] ?? "")) return "undeclared event";
  if (dropped.length > 0) {
    for (const column of columns) {
      if (!kept.includes(plan.terms[column] ?? columnTerms[column][0])) delete draft.dimensions[column];
    }
  }
  draft.practice = practice;
  draft.version = version;
  const strange = event.undeclaredKeys + (plan.events.props.allowed ? 0 : event.props);
  draft.undeclared = strange + dropped.length;
  if (strange > 0) ports.gate.refused(decision.notice, practice, "undeclared data", strange);
  if (draft.masked > 0) ports.gate.refused(decision.notice, practice, "masked as personal", draft.masked);
  return undefined;
}

/** Today's visitors; the store's `Visitors` is one. It keeps nothing of what it is shown but two random numbers and a digest. */
export interface SeesVisitors {
  see(sighting: {
    readonly site: string;
    readonly day: string;
    readonly at: number;
    readonly truncatedAddress: string;
    readonly userAgent: string;
  }): { readonly visitor: number; readonly visit: number; readonly isNewVisit: boolean };
}

export function numberVisit(
  draft: Draft,
  ports: { readonly visitors: SeesVisitors; readonly localDay: (atMs: number, timeZone: string) => string },
): "no visit to extend" | undefined {
  const { site, truncatedAddress, userAgent } = draft;
  draft.day = ports.localDay(draft.atMs, site.timeZone);
  const at = Math.floor(draft.atMs / 1000);
  const seen = ports.visitors.see({ site: site.domain, day: draft.day, at, truncatedAddress, userAgent });
  draft.visitor = seen.visitor;
  draft.visit = seen.visit;
  draft.truncatedAddress = "";
  draft.userAgent = "";
  // Engagement belongs to a page seen before; alone it would be a visit without a page.
  return draft.event.name === "engagement" && seen.isNewVisit ? "no visit to extend" : undefined;
}
