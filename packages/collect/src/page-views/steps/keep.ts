// The gate decides: of what was sent only the declared is kept, with its practice; then the visit is numbered (PY2, PI3).
import type { Actor, Gate } from "@avow/gate/server";
import { columnTerms, columns, eventTerms, form, subject } from "../columns.ts";
import type { Draft } from "../draft.ts";

/** The five campaign columns share a term, and a source may stand under the referrer's: each is asked for once. What makes the event one comes first. */
function askedTerms(draft: Draft): string[] {
  const asked = eventTermsOf(draft);
  for (const column of columns) {
    if (draft.dimensions[column] === undefined) continue;
    const term = draft.plan.terms[column] ?? columnTerms[column][0];
    if (!asked.includes(term)) asked.push(term);
  }
  if (draft.props !== undefined) asked.push(eventTerms.props);
  return asked;
}

/** At least one of them has to be kept, or there is no event. */
function eventTermsOf({ event, scrollDepth, engagedMs }: Draft): string[] {
  if (event.name === "pageview") return [];
  if (event.name !== "engagement") return [eventTerms.custom];
  const terms: string[] = [];
  if (scrollDepth !== undefined) terms.push(eventTerms.scrollDepth);
  if (engagedMs !== undefined) terms.push(eventTerms.engagedMs);
  return terms;
}

export function keepDeclared(
  draft: Draft,
  ports: { readonly actorOf: (notice: string) => Actor; readonly gate: Pick<Gate, "refused"> },
): "not declared" | "undeclared event" | undefined {
  const { signal, event } = draft;
  const asked = askedTerms(draft);
  const { decision, practice, version, kept, dropped } = ports
    .actorOf(draft.site.notice)
    .admit(subject, asked, { form, signal });
  if (!decision.allowed || practice === undefined) return "not declared";
  if (event.name !== "pageview" && !eventTermsOf(draft).some((term) => kept.includes(term))) return "undeclared event";
  if (dropped.length > 0) forget(draft, kept);
  draft.practice = practice;
  draft.version = version;
  const strange = event.undeclaredKeys + draft.undeclared;
  draft.undeclared = strange + dropped.length;
  if (strange > 0) ports.gate.refused(decision.notice, practice, "undeclared data", strange);
  if (draft.masked > 0) ports.gate.refused(decision.notice, practice, "masked as personal", draft.masked);
  return undefined;
}

/** What was asked for and not kept is gone. */
function forget(draft: Draft, kept: readonly string[]): void {
  for (const column of columns) {
    if (!kept.includes(draft.plan.terms[column] ?? columnTerms[column][0])) delete draft.dimensions[column];
  }
  if (!kept.includes(eventTerms.props)) draft.props = undefined;
  if (!kept.includes(eventTerms.scrollDepth)) draft.scrollDepth = undefined;
  if (!kept.includes(eventTerms.engagedMs)) draft.engagedMs = undefined;
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
