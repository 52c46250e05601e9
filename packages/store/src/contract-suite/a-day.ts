// A small day that can be counted by hand: four visits of three visitors, and what a test needs to ask about them.
import type { Answer, Events, EventRow, Permits, Question } from "../contract.ts";

/** 2026-11-20 00:00:00 in Amsterdam (UTC+1). */
export const midnight = 1_795_129_200;
export const day = "2026-11-20";

export function row(change: Partial<EventRow> = {}): EventRow {
  return {
    site: "a.example",
    day,
    at: midnight + 3600,
    visitor: 1,
    visit: 11,
    name: "pageview",
    interactive: true,
    practice: "web-traffic",
    version: "v1",
    dimensions: {},
    ...change,
  };
}

/** Visitor 1: a two-page visit from Google, later a bounce. Visitor 2: a bounce that only scrolled. Visitor 3: page and sign-up. */
export const aDay: readonly EventRow[] = [
  row({ dimensions: { page: "/", source: "Google", country: "NL", utm_medium: "cpc" } }),
  row({ at: midnight + 3690, dimensions: { page: "/about", country: "NL" } }),
  row({ at: midnight + 50_000, visit: 12, dimensions: { page: "/about", country: "NL" } }),
  row({ at: midnight + 3600, visitor: 2, visit: 21, dimensions: { page: "/", country: "BE" } }),
  row({
    at: midnight + 3900,
    visitor: 2,
    visit: 21,
    name: "engagement",
    interactive: false,
    dimensions: { page: "/" },
  }),
  row({ at: midnight + 7200, visitor: 3, visit: 31, dimensions: { page: "/", source: "Mastodon", country: "BE" } }),
  row({ at: midnight + 7231, visitor: 3, visit: 31, name: "Sign-up", dimensions: { page: "/join", country: "BE" } }),
  row({ site: "b.example", dimensions: { page: "/elsewhere" } }),
];

export const everything: Permits = () => ({ allowed: true });

export function question(change: Partial<Question> = {}): Question {
  return {
    site: "a.example",
    permits: everything,
    from: midnight,
    until: midnight + 86_400,
    timeZone: "Europe/Amsterdam",
    metrics: ["visitors"],
    dimensions: [],
    orderBy: [],
    limit: 100,
    offset: 0,
    ...change,
  };
}

export async function fill(events: Events, rows: readonly EventRow[] = aDay): Promise<void> {
  for (const one of rows) await events.append(one);
}

/** `a|b: 1, 2` a line. */
export function shown({ rows }: Answer): readonly string[] {
  return rows.map((one) => `${one.dimensions.join("|")}: ${one.metrics.join(", ")}`);
}

export const allMetrics: Question["metrics"] = [
  "visitors",
  "visits",
  "pageviews",
  "events",
  "views_per_visit",
  "bounce_rate",
  "visit_duration",
  "percentage",
];
