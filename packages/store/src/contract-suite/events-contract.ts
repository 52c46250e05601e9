// The contract of events: every figure of a day counted by hand, exact storage, and questions that see every write.
import { describe, expect, it } from "vitest";
import type { Answer, EventRow, Events, Filter, Question } from "../contract.ts";
import { StoreClosedError, StoreValueError } from "../errors.ts";
import { undeclaredColumns } from "../undeclared-columns.ts";
import { aDay, day, midnight, question, row } from "./a-day.ts";
import { type Open, using } from "./suite.ts";

export function eventsContract(open: Open<Events>): void {
  describe("figures", () => figures(open));
  describe("dimensions", () => dimensions(open));
  describe("filters", () => filters(open));
  describe("order and pages", () => order(open));
  describe("storing", () => storing(open));
  describe("refusing", () => refusing(open));
}

async function fill(events: Events, rows: readonly EventRow[] = aDay): Promise<void> {
  for (const one of rows) await events.append(one);
}

/** `a|b: 1, 2` a line. */
function shown({ rows }: Answer): readonly string[] {
  return rows.map((one) => `${one.dimensions.join("|")}: ${one.metrics.join(", ")}`);
}

const all: Question["metrics"] = [
  "visitors",
  "visits",
  "pageviews",
  "events",
  "views_per_visit",
  "bounce_rate",
  "visit_duration",
  "percentage",
];

function figures(open: Open<Events>): void {
  it(
    "counts a day",
    using(open, async (events) => {
      await fill(events);
      const answer = await events.ask(question({ metrics: all }));
      // Four visits: 90 s, 0 s, 0 s (engagement is no event), 31 s; the second and third are bounces.
      expect(answer).toEqual({ rows: [{ dimensions: [], metrics: [3, 4, 5, 6, 1.25, 50, 30, 100] }], total: 1 });
    }),
  );

  it(
    "answers nothing with zeros, and no groups",
    using(open, async (events) => {
      expect(await events.ask(question({ metrics: all }))).toEqual({
        rows: [{ dimensions: [], metrics: [0, 0, 0, 0, 0, 0, 0, 0] }],
        total: 1,
      });
      await fill(events);
      const later = { from: midnight + 86_400, until: midnight + 2 * 86_400 };
      expect((await events.ask(question({ metrics: all, ...later }))).rows[0]?.metrics).toEqual([
        0, 0, 0, 0, 0, 0, 0, 0,
      ]);
      expect(await events.ask(question({ metrics: all, dimensions: ["page"], site: "c.example" }))).toEqual({
        rows: [],
        total: 0,
      });
    }),
  );

  it(
    "adds the visitors of each day up",
    using(open, async (events) => {
      const tomorrow = { day: "2026-11-21", at: midnight + 90_000 };
      await fill(events, [row(), row(tomorrow), row({ ...tomorrow, visitor: 2, visit: 12 })]);
      const two = { from: midnight, until: midnight + 2 * 86_400 };
      expect(shown(await events.ask(question({ ...two, metrics: ["visitors", "visits"] })))).toEqual([": 3, 3"]);
    }),
  );

  it(
    "keeps a visit whole that a range cuts",
    using(open, async (events) => {
      await fill(events);
      const cut = { from: midnight + 3650, until: midnight + 3700 };
      const asked = question({
        ...cut,
        metrics: ["pageviews", "visit_duration", "bounce_rate"],
        dimensions: ["source", "entry_page"],
      });
      expect(shown(await events.ask(asked))).toEqual(["Google|/: 1, 90, 0"]);
    }),
  );
}

function dimensions(open: Open<Events>): void {
  const by = (
    dimension: Question["dimensions"][number],
    metrics: Question["metrics"] = ["visitors", "pageviews"],
  ): Question => question({ dimensions: [dimension], metrics });

  it(
    "groups events by page, and visits as a whole by the page they began on",
    using(open, async (events) => {
      await fill(events);
      const answer = await events.ask(by("page", ["visitors", "visits", "events", "bounce_rate", "visit_duration"]));
      expect(shown(answer)).toEqual(["/: 3, 3, 3, 33, 40", "/about: 1, 2, 2, 100, 0", "/join: 1, 1, 1, , "]);
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

function filters(open: Open<Events>): void {
  const leaf = (
    op: "is" | "is_not" | "contains" | "contains_not" | "matches" | "matches_not",
    dimension: "page" | "source" | "country" | "entry_page",
    values: readonly string[],
    caseSensitive = true,
  ): Filter => ({ op, dimension, values, caseSensitive });
  const cases: readonly (readonly [string, Filter, string])[] = [
    ["is", leaf("is", "page", ["/about", "/join"]), "2, 3"],
    ["is not", leaf("is_not", "page", ["/about", "/join"]), "3, 3"],
    ["is, in other case", leaf("is", "source", ["gOOGLE"]), "0, 0"],
    ["is, whatever case", leaf("is", "source", ["gOOGLE"], false), "1, 2"],
    ["contains", leaf("contains", "page", ["bou", "oin"]), "2, 3"],
    ["contains, whatever case", leaf("contains", "page", ["BOU"], false), "1, 2"],
    ["contains not", leaf("contains_not", "page", ["bou"]), "3, 4"],
    ["matches", leaf("matches", "page", ["^/$", "n$"]), "3, 4"],
    ["matches, whatever case", leaf("matches", "page", ["^/A"], false), "1, 2"],
    ["matches not", leaf("matches_not", "page", ["^/$"]), "2, 3"],
    ["the visit's first source", leaf("is", "source", ["Google"]), "1, 2"],
    ["nothing stored, by its label", leaf("is", "source", ["Direct / None"]), "2, 2"],
    ["nothing stored, by the empty string", leaf("is", "source", [""]), "2, 2"],
    ["entry page", leaf("is", "entry_page", ["/about"]), "1, 1"],
    ["and", { op: "and", of: [leaf("is", "country", ["NL"]), leaf("is", "page", ["/about"])] }, "1, 2"],
    ["or", { op: "or", of: [leaf("is", "source", ["Mastodon"]), leaf("is", "page", ["/about"])] }, "2, 4"],
    ["not", { op: "not", of: leaf("is", "country", ["NL"]) }, "2, 3"],
    ["no alternative", { op: "or", of: [] }, "0, 0"],
    ["no condition", { op: "and", of: [] }, "3, 6"],
    ["text that is SQL", leaf("is", "page", ["' OR 1=1 --"]), "0, 0"],
    ["text with wildcards", leaf("contains", "page", ["%"]), "0, 0"],
  ];
  it.each(cases)("filters: %s", (_, filter, expected) =>
    using(open, async (events) => {
      await fill(events);
      expect(shown(await events.ask(question({ metrics: ["visitors", "events"], filter })))).toEqual([`: ${expected}`]);
    })(),
  );

  it(
    "asks of visits as a whole by the page they began on",
    using(open, async (events) => {
      await fill(events);
      const asked = question({
        metrics: ["visits", "bounce_rate", "visit_duration"],
        filter: leaf("is", "page", ["/about"]),
      });
      expect(shown(await events.ask(asked))).toEqual([": 2, 100, 0"]);
    }),
  );

  it(
    "takes shares of the visitors the filter leaves",
    using(open, async (events) => {
      await fill(events);
      const asked = question({ metrics: ["percentage"], dimensions: ["page"], filter: leaf("is", "country", ["BE"]) });
      expect(shown(await events.ask(asked))).toEqual(["/: 100", "/join: 50"]);
    }),
  );
}

function order(open: Open<Events>): void {
  const asked = question({ dimensions: ["page"], metrics: ["visitors", "bounce_rate"] });

  it(
    "orders as asked, then by dimension, figures that are missing last",
    using(open, async (events) => {
      await fill(events);
      const ordered = async (by: string, direction: "asc" | "desc"): Promise<readonly (string | undefined)[]> =>
        (await events.ask({ ...asked, orderBy: [{ by, direction }] })).rows.map((one) => one.dimensions[0]);
      expect(await ordered("visitors", "desc")).toEqual(["/", "/about", "/join"]);
      expect(await ordered("visitors", "asc")).toEqual(["/about", "/join", "/"]);
      expect(await ordered("bounce_rate", "asc")).toEqual(["/", "/about", "/join"]);
      expect(await ordered("bounce_rate", "desc")).toEqual(["/about", "/", "/join"]);
      expect(await ordered("page", "desc")).toEqual(["/join", "/about", "/"]);
    }),
  );

  it(
    "orders text by code points",
    using(open, async (events) => {
      const pages = ["/\u{1f512}", "/\uff5e", "/é", "/z", "/Z"];
      await fill(
        events,
        pages.map((page, visit) => row({ visit, dimensions: { page } })),
      );
      expect((await events.ask(question({ dimensions: ["page"] }))).rows.map((one) => one.dimensions[0])).toEqual([
        "/Z",
        "/z",
        "/é",
        "/\uff5e",
        "/\u{1f512}",
      ]);
    }),
  );

  it(
    "gives a page of the rows and the number of all",
    using(open, async (events) => {
      await fill(events);
      expect(await events.ask({ ...asked, metrics: ["visitors"], limit: 1, offset: 1 })).toEqual({
        rows: [{ dimensions: ["/about"], metrics: [1] }],
        total: 3,
      });
      expect(await events.ask({ ...asked, limit: 5, offset: 9 })).toEqual({ rows: [], total: 3 });
      expect(await events.ask({ ...asked, limit: 0 })).toEqual({ rows: [], total: 3 });
    }),
  );
}

function storing(open: Open<Events>): void {
  it(
    "sees a write at once, from many callers",
    using(open, async (events) => {
      await Promise.all(Array.from({ length: 200 }, (_, visit) => events.append(row({ visit, visitor: visit }))));
      expect(shown(await events.ask(question({ metrics: ["events", "visitors"] })))).toEqual([": 200, 200"]);
      await events.append(row({ visit: 999, visitor: 999 }));
      expect(shown(await events.ask(question({ metrics: ["events"] })))).toEqual([": 201"]);
    }),
  );

  it(
    "keeps rows by day and says how many",
    using(open, async (events) => {
      await fill(events, [...aDay, row({ day: "2026-11-21", at: midnight + 90_000 })]);
      expect((await events.days()).map(({ day: on, rows }) => [on, rows])).toEqual([
        [day, 8],
        ["2026-11-21", 1],
      ]);
    }),
  );

  it(
    "has a column for a dimension only once a row has it",
    using(open, async (events) => {
      const names = async (): Promise<readonly string[]> =>
        (await events.columns()).filter(({ table }) => table === "events").map(({ column }) => column);
      await events.append(row({ dimensions: { page: "/", source: "" } }));
      expect(await names()).toContain("page");
      expect(await names()).not.toContain("source");
      expect(await names()).not.toContain("country");
      await events.append(row({ dimensions: { country: "NL" } }));
      expect(await names()).toContain("country");
      expect(undeclaredColumns(await events.columns(), () => true)).toEqual([]);
    }),
  );

  it(
    "gives text back as it came",
    using(open, async (events) => {
      const odd = ["/a'b\"c\\d", "/\u0000nul", "/\n\t", "/\u{1f512}é", "/x; DROP TABLE events"];
      await fill(
        events,
        odd.map((page, visit) => row({ visit, dimensions: { page } })),
      );
      const answer = await events.ask(question({ dimensions: ["page"] }));
      expect(new Set(answer.rows.map((one) => one.dimensions[0]))).toEqual(new Set(odd));
      await events.append(row({ visit: 99, dimensions: { page: "/\ud800" } }));
      expect(
        (
          await events.ask(
            question({ filter: { op: "is", dimension: "page", values: ["/\ufffd"], caseSensitive: true } }),
          )
        ).rows[0]?.metrics,
      ).toEqual([1]);
    }),
  );

  it(
    "keeps everything over a reopening",
    using(open, async (events, again) => {
      if (again === undefined) return;
      await fill(events);
      const asked = question({ metrics: all, dimensions: ["page", "source", "time:hour"] });
      const before = await events.ask(asked);
      await events.append(row({ visit: 77, at: midnight + 60_000, dimensions: { page: "/last" } }));
      await events.close();
      const reopened = await again();
      try {
        expect((await reopened.days())[0]?.rows).toBe(9);
        const after = await reopened.ask(asked);
        expect(
          after.rows.filter(({ dimensions: [page] }) => page !== "/last").map((one) => one.metrics.slice(0, 7)),
        ).toEqual(before.rows.map((one) => one.metrics.slice(0, 7)));
        expect(after.total).toBe(before.total + 1);
      } finally {
        await reopened.close();
      }
    }),
  );
}

function refusing(open: Open<Events>): void {
  const bad: readonly (readonly [string, Partial<EventRow>])[] = [
    ["a day that is none", { day: "2026-02-30" }],
    ["a day that is a path", { day: "../../etc/passwd" }],
    ["a time before 1970", { at: -1 }],
    ["a visitor number too large", { visitor: 2 ** 48 }],
    ["a visit number that is not whole", { visit: 1.5 }],
    ["no site", { site: "" }],
    ["a dimension that does not exist", { dimensions: { "page; DROP": "x" } as EventRow["dimensions"] }],
    ["a text without end", { dimensions: { page: "x".repeat(20_000) } }],
  ];
  it.each(bad)("refuses %s", (_, change) =>
    using(open, async (events) => {
      await expect(events.append(row(change))).rejects.toThrow(StoreValueError);
      expect(await events.days()).toEqual([]);
    })(),
  );

  it(
    "refuses a question it cannot answer",
    using(open, async (events) => {
      await fill(events);
      await expect(events.ask(question({ timeZone: "Mars/Olympus" }))).rejects.toThrow(StoreValueError);
      await expect(events.ask(question({ orderBy: [{ by: "page", direction: "asc" }] }))).rejects.toThrow(
        StoreValueError,
      );
      const filter: Filter = { op: "matches", dimension: "page", values: ["("], caseSensitive: true };
      await expect(events.ask(question({ filter }))).rejects.toThrow(StoreValueError);
    }),
  );

  it(
    "gives up a question that was given up",
    using(open, async (events) => {
      await fill(events);
      await expect(events.ask(question(), AbortSignal.abort(new Error("left")))).rejects.toThrow("left");
      expect(shown(await events.ask(question()))).toEqual([": 3"]);
    }),
  );

  it(
    "refuses work once closed, and closes twice",
    using(open, async (events) => {
      await events.close();
      await events.close();
      await expect(events.append(row())).rejects.toThrow(StoreClosedError);
      await expect(events.ask(question())).rejects.toThrow(StoreClosedError);
    }),
  );
}
