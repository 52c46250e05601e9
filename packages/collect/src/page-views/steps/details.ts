// What an event says besides its page: the properties its site keeps, how far and how long a page was read.
import type { Draft } from "../draft.ts";

/** A property needs the notice's permission for properties at all, and its name on the site's list. */
export function readDeclaredProps(draft: Draft): undefined {
  const { event, plan, site } = draft;
  if (event.props.length === 0) return;
  const listed = plan.events.props.allowed ? (site.rules?.props ?? []) : [];
  const kept = event.props.filter(([name]) => listed.includes(name));
  if (kept.length > 0) draft.props = Object.fromEntries(kept);
  draft.undeclared += event.props.length - kept.length;
}

export function readEngagement(draft: Draft): undefined {
  const { event, plan } = draft;
  if (plan.events.scrollDepth.allowed) draft.scrollDepth = event.scrollDepth;
  if (plan.events.engagedMs.allowed) draft.engagedMs = event.engagedMs;
}
