// Days and rows of the closing attacks: the same for the process that is killed and for whoever checks what it left.
import type { EventRow } from "@avow/store";

/** Closed one after the other; the third site keeps its rows. */
export const closingSites = ["a.example", "b.example"] as const;
const sites = [...closingSites, "rows.example"];
const first = Date.UTC(2026, 0, 1) / 1000;

export function dayNumber(number: number): { readonly day: string; readonly from: number } {
  const from = first + number * 86_400;
  return { day: new Date(from * 1000).toISOString().slice(0, 10), from };
}

/** Visitor and visit numbers no byte pattern has by chance: 48 bits, different for each row's visitor. */
export function visitorOf(number: number, index: number): number {
  return 0xa5c3_0000_0000 + number * 65_536 + index * 7;
}

/** Row `index` of a day; each is its own visitor. */
export function rowOf(number: number, index: number): EventRow {
  const { day, from } = dayNumber(number);
  const visitor = visitorOf(number, index);
  return {
    site: sites[index % 3] ?? "",
    day,
    at: from + index * 60,
    visitor,
    visit: visitor + 1,
    name: "pageview",
    interactive: true,
    practice: "web-traffic",
    version: "v1",
    dimensions: { page: `/p${index % 4}`, country: index % 2 === 0 ? "NL" : "BE" },
  };
}
