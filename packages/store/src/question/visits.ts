// Visits put together from their events: what is frozen at the first, and what the last and the count make of it.
import type { DimensionColumn, EventRow } from "../contract.ts";
import type { VisitDimension } from "./dimension-kind.ts";

export interface Visit {
  readonly day: string;
  readonly visit: number;
  /** In order of time, then of arrival; engagement left out. */
  readonly events: readonly EventRow[];
}

/** Puts rows in order of arrival together; engagement only ever kept a visit alive and is no part of one. */
export function visitsOf(rows: readonly EventRow[]): ReadonlyMap<string, Visit> {
  const found = new Map<string, { day: string; visit: number; events: EventRow[] }>();
  for (const row of rows) {
    if (row.name === "engagement") continue;
    const key = visitKey(row);
    const visit = found.get(key);
    if (visit === undefined) found.set(key, { day: row.day, visit: row.visit, events: [row] });
    else visit.events.push(row);
  }
  for (const visit of found.values()) visit.events.sort((a, b) => a.at - b.at);
  return found;
}

export function visitKey(row: { readonly day: string; readonly visit: number }): string {
  return `${row.day} ${row.visit}`;
}

export function visitDimension(visit: Visit, dimension: VisitDimension): string {
  if (dimension === "entry_page") return ofEvent(visit.events.find(isPageview), "page");
  if (dimension === "exit_page") return ofEvent(visit.events.findLast(isPageview), "page");
  if (dimension === "entry_hostname") return ofEvent(visit.events.find(isPageview), "hostname");
  if (dimension === "exit_hostname") return ofEvent(visit.events.findLast(isPageview), "hostname");
  return ofEvent(visit.events[0], dimension);
}

/** The page or host a visit is attributed to as a whole. */
export function entryDimension(visit: Visit, dimension: "page" | "hostname"): string {
  return ofEvent(visit.events.find(isPageview), dimension);
}

/** At most one interactive event. */
export function isBounce(visit: Visit): boolean {
  return visit.events.filter((event) => event.interactive).length <= 1;
}

export function visitSeconds(visit: Visit): number {
  return (visit.events.at(-1)?.at ?? 0) - (visit.events[0]?.at ?? 0);
}

export function pageviewsOf(visit: Visit): number {
  return visit.events.filter(isPageview).length;
}

export function isPageview(row: EventRow): boolean {
  return row.name === "pageview";
}

export function ofEvent(row: EventRow | undefined, dimension: DimensionColumn): string {
  return row?.dimensions[dimension] ?? "";
}
