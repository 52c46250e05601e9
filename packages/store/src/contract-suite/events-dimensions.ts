// Dimensions: whose they are, when they are frozen, what they are called.
import { expect, it } from "vitest";
import type { Events, Question } from "../contract.ts";
import { fill, midnight, question, row, shown } from "./a-day.ts";
import { type Open, using } from "./suite.ts";

function by(
  dimension: Question["dimensions"][number],
  metrics: Question["metrics"] = ["visitors", "pageviews"],
): Question {
  return question({ dimensions: [dimension], metrics });
}

export function dimensions(open: Open<Events>): void {
  it(
    "groups events by page, and visits as a whole by the page they began on",
    using(open, async (events) => {
      await fill(events);
      const answer = await events.ask(by("page", ["visitors", "visits", "events", "bounce_rate", "visit_duration"]));
      expect(shown(answer)).toEqual(["/: 3, 3, 3, 33, 40", "/about: 1, 2, 2, 100, 0", "/join: 1, 1, 1, , "]);
    }),
  );

  it(
    "counts a visit where it was entered, also when only another day has events there",
    using(open, async (events) => {
      // Entered on /a before the range begins; the range sees /b of it, and /a of the next day.
      await fill(events, [
        row({ at: midnight + 100, dimensions: { page: "/a" } }),
        row({ at: midnight + 200, dimensions: { page: "/b" } }),
        row({ day: "2026-11-21", at: midnight + 86_500, visit: 12, dimensions: { page: "/a" } }),
      ]);
      const asked = by("page", ["events", "bounce_rate", "visit_duration"]);
      const range = { from: midnight + 150, until: midnight + 2 * 86_400 };
      expect(shown(await events.ask({ ...asked, ...range }))).toEqual(["/a: 1, 50, 50", "/b: 1, , "]);
    }),
  );

  it(
    "freezes what belongs to the visit at its first event",
    using(open, async (events) => {
      await fill(events);
      expect(shown(await events.ask(by("source")))).toEqual(["Direct / None: 2, 2", "Google: 1, 2", "Mastodon: 1, 1"]);
      expect(shown(await events.ask(by("utm_medium")))).toEqual(["(not set): 3, 3", "cpc: 1, 2"]);
      expect(shown(await events.ask(by("country")))).toEqual(["BE: 2, 2", "NL: 1, 3"]);
    }),
  );

  it(
    "takes the first that arrived when two events have the same second",
    using(open, async (events) => {
      await fill(events, [
        row({ dimensions: { page: "/z", source: "Z" } }),
        row({ dimensions: { page: "/a", source: "A" } }),
      ]);
      expect(shown(await events.ask(question({ dimensions: ["source", "entry_page", "exit_page"] })))).toEqual([
        "Z|/z|/a: 1",
      ]);
    }),
  );

  it(
    "takes the first in time when a later event arrived before it",
    using(open, async (events) => {
      await fill(events, [
        row({ at: midnight + 20, dimensions: { page: "/late", source: "Late" } }),
        row({ at: midnight + 10, dimensions: { page: "/early" } }),
      ]);
      expect(shown(await events.ask(question({ dimensions: ["source", "entry_page", "exit_page"] })))).toEqual([
        "Direct / None|/early|/late: 1",
      ]);
    }),
  );
}

export function derivedDimensions(open: Open<Events>): void {
  it(
    "derives entry and exit pages from page views",
    using(open, async (events) => {
      await fill(events);
      expect(shown(await events.ask(by("entry_page", ["visits"])))).toEqual(["/: 3", "/about: 1"]);
      expect(shown(await events.ask(by("exit_page", ["visits"])))).toEqual(["/: 2", "/about: 2"]);
    }),
  );

  it(
    "labels what is not stored",
    using(open, async (events) => {
      await fill(events, [row()]);
      const named = ["page", "hostname", "referrer", "source", "utm_term", "country", "device", "entry_page"] as const;
      const labels = [
        "(not set)",
        "(not set)",
        "Direct / None",
        "Direct / None",
        "(not set)",
        "",
        "(not set)",
        "(not set)",
      ];
      expect((await events.ask(question({ dimensions: named }))).rows[0]?.dimensions).toEqual(labels);
    }),
  );
}

export function timeDimensions(open: Open<Events>): void {
  it(
    "labels time in the question's zone",
    using(open, async (events) => {
      await fill(events);
      const hours = await events.ask(by("time:hour", ["pageviews"]));
      expect(shown(hours)).toEqual(["2026-11-20 01:00:00: 3", "2026-11-20 02:00:00: 1", "2026-11-20 13:00:00: 1"]);
      expect(shown(await events.ask({ ...by("time:hour", ["events"]), timeZone: "Asia/Kolkata" }))[0]).toBe(
        "2026-11-20 05:00:00: 3",
      );
      expect(shown(await events.ask(by("time:day", ["visitors"])))).toEqual(["2026-11-20: 3"]);
      expect(shown(await events.ask(by("time:week", ["visitors"])))).toEqual(["2026-11-16: 3"]);
      expect(shown(await events.ask(by("time:month", ["visitors"])))).toEqual(["2026-11-01: 3"]);
    }),
  );

  it(
    "knows when summer time ends",
    using(open, async (events) => {
      // 2026-10-25 in Amsterdam: 02:30 twice, an hour apart, then 03:30.
      const first = 1_792_888_200;
      await fill(
        events,
        [0, 3600, 7200].map((later, index) => row({ day: "2026-10-25", at: first + later, visit: index })),
      );
      const asked = question({
        from: first - 10_000,
        until: first + 80_000,
        dimensions: ["time:hour"],
        metrics: ["visits"],
      });
      expect(shown(await events.ask(asked))).toEqual(["2026-10-25 02:00:00: 2", "2026-10-25 03:00:00: 1"]);
    }),
  );
}
