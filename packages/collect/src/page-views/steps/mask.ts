// Parts of what the sender wrote that look like a person's own are masked before anything is kept (design, "Visits without a visitor").
import type { Column } from "../columns.ts";
import type { Draft } from "../draft.ts";
import { maskPersonal } from "../mask-personal.ts";

/** Columns whose text the sender chooses; the others come from closed lists. */
const written = [
  "page",
  "hostname",
  "referrer",
  "source",
  "utm_medium",
  "utm_source",
  "utm_campaign",
  "utm_content",
  "utm_term",
] as const satisfies readonly Column[];

/** Shorter ones stand in ordinary words by chance. */
const shortestAddress = 7;
const shortestAgent = 16;

export function maskWritten(draft: Draft): undefined {
  const own: string[] = [];
  if (draft.address.length >= shortestAddress) own.push(draft.address);
  if (draft.userAgent.length >= shortestAgent) own.push(draft.userAgent);
  const { dimensions } = draft;
  for (const column of written) {
    const text = dimensions[column];
    if (text === undefined) continue;
    const masked = maskPersonal(text, own);
    dimensions[column] = masked.text;
    draft.masked += masked.count;
  }
  const name = maskPersonal(draft.name, own);
  draft.name = name.text;
  draft.masked += name.count;
  if (draft.props !== undefined) maskProps(draft, draft.props, own);
  draft.address = "";
}

/** Names are the site's own; values are whatever was sent. */
function maskProps(draft: Draft, props: Record<string, string>, own: readonly string[]): void {
  for (const [name, value] of Object.entries(props)) {
    const masked = maskPersonal(value, own);
    props[name] = masked.text;
    draft.masked += masked.count;
  }
}
