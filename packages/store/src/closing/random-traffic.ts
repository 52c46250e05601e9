// Random days for property tests of closing: visitors of several visits, visits of several pages and sources, custom events, midnight.
import * as fc from "fast-check";
import type { EventRow } from "../contract.ts";

/** 2026-10-24 00:00 in Amsterdam; the clock is set back on the 25th. */
const days = [
  { day: "2026-10-24", from: 1_792_792_800, seconds: 86_400 },
  { day: "2026-10-25", from: 1_792_879_200, seconds: 90_000 },
  { day: "2026-10-26", from: 1_792_969_200, seconds: 86_400 },
] as const;
export const range = { from: 1_792_792_800, until: 1_792_969_200 + 86_400, timeZone: "Europe/Amsterdam" } as const;

const pages = ["/", "/a", "/b", "/b/c", "é", ""] as const;
const sources = ["", "Google", "Mastodon", "\u{1f512}"] as const;

const event = fc.record({
  name: fc.constantFrom("pageview", "pageview", "pageview", "Sign-up", "engagement"),
  after: fc.oneof(fc.constant(0), fc.nat({ max: 1500 })),
  page: fc.constantFrom(...pages),
  hostname: fc.constantFrom("a.example", "a.example", "b.example"),
});

const visit = fc.record({
  second: fc.oneof(fc.nat({ max: 86_399 }), fc.constantFrom(0, 86_399, 3599, 3600)),
  source: fc.constantFrom(...sources),
  events: fc.array(event, { minLength: 1, maxLength: 4 }),
});

const visitor = fc.record({
  day: fc.constantFrom(...days),
  country: fc.constantFrom("NL", "BE", ""),
  device: fc.constantFrom("Desktop", "Mobile"),
  version: fc.constantFrom("v1", "v1", "v1", "v2"),
  visits: fc.array(visit, { minLength: 1, maxLength: 3 }),
});

/** Rows of one site, in order of arrival. */
export const traffic: fc.Arbitrary<readonly EventRow[]> = fc
  .array(visitor, { maxLength: 80, size: "max" })
  .map((visitors) => {
    const rows: EventRow[] = [];
    let number = 0;
    for (const [index, { day, country, device, version, visits }] of visitors.entries()) {
      for (const { second, source, events } of visits) {
        number += 1;
        let at = day.from + second;
        for (const { name, after, page, hostname } of events) {
          at = Math.min(at + after, day.from + day.seconds - 1);
          const dimensions = { page, hostname, source, country, device };
          rows.push({
            site: "a.example",
            day: day.day,
            at,
            visitor: index,
            visit: number,
            name,
            interactive: name !== "engagement",
            practice: "web-traffic",
            version,
            dimensions,
          });
        }
      }
    }
    // Visits run beside each other.
    return rows.toSorted((a, b) => (a.at % 7) - (b.at % 7));
  });
