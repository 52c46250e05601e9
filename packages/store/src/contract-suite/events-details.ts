// What only events have: their names, goals, properties; what a visit has done; and what engagement says of pages.
import { expect, it } from "vitest";
import type { Events, EventRow, Filter, Goal, Question, Shape } from "../contract.ts";
import { day, fill, midnight, question, row, shown } from "./a-day.ts";
import { type Open, using } from "./suite.ts";

/** Visitor 1: /, /blog/a, then signs up as pro. Visitor 2: /blog/a twice, signs up as free twice. Visitor 3: / only. */
const rows: readonly EventRow[] = [
  row({ dimensions: { page: "/", source: "Google" } }),
  row({ at: midnight + 3610, dimensions: { page: "/blog/a" } }),
  row({ at: midnight + 3620, name: "Sign-up", dimensions: { page: "/blog/a" }, props: { plan: "pro" } }),
  row({ visitor: 2, visit: 21, at: midnight + 4000, dimensions: { page: "/blog/a" } }),
  row({ visitor: 2, visit: 21, at: midnight + 4005, dimensions: { page: "/blog/a" } }),
  row({ visitor: 2, visit: 21, at: midnight + 4010, name: "Sign-up", dimensions: {}, props: { plan: "free" } }),
  row({
    visitor: 2,
    visit: 21,
    at: midnight + 4020,
    name: "Sign-up",
    dimensions: {},
    props: { plan: "free", by: "x" },
  }),
  row({ visitor: 3, visit: 31, at: midnight + 5000, dimensions: { page: "/" } }),
];

function looked(
  visitor: number,
  page: string,
  scrollDepth: number | undefined,
  engagedMs: number | undefined,
): EventRow {
  const depth = scrollDepth === undefined ? {} : { scrollDepth };
  const ms = engagedMs === undefined ? {} : { engagedMs };
  const at = midnight + 6000;
  return row({ visitor, visit: visitor * 10 + 1, at, name: "engagement", dimensions: { page }, ...depth, ...ms });
}

const goals: readonly Goal[] = [
  { label: "Joined", event: "Sign-up" },
  { label: "Read the blog", page: "/blog/*" },
  { label: "Anything", page: "/**" },
];

const is = (dimension: Extract<Filter, { dimension: unknown }>["dimension"], ...values: string[]): Filter => ({
  op: "is",
  dimension,
  values,
  caseSensitive: true,
});

type Answers = (
  what: string,
  asked: Partial<Question>,
  expected: readonly string[],
  more?: readonly EventRow[],
) => void;

function answering(open: Open<Events>): Answers {
  return (what, asked, expected, more = []) =>
    it(
      what,
      using(open, async (events) => {
        await fill(events, [...rows, ...more]);
        expect(shown(await events.ask(question({ goals, ...asked })))).toEqual(expected);
      }),
    );
}

export function details(open: Open<Events>): void {
  ofGoals(answering(open));
  ofProperties(answering(open));
  ofVisits(answering(open));
  ofEngagement(answering(open));
  ofClosedDays(open);
  refused(open);
}

function ofGoals(answers: Answers): void {
  answers(
    "groups by goals, an event in each it meets",
    { dimensions: ["goal"], metrics: ["visitors", "events", "pageviews"], orderBy: [] },
    ["Anything: 3, 5, 5", "Joined: 2, 3, 0", "Read the blog: 2, 3, 3"],
  );
  answers("counts who met a goal", { metrics: ["visitors", "events"], filter: is("goal", "Joined") }, [": 2, 3"]);
  answers("counts who met one of several", { metrics: ["visitors"], filter: is("goal", "Joined", "Read the blog") }, [
    ": 2",
  ]);
  answers(
    "counts events that meet no goal of that name",
    { metrics: ["events"], filter: { op: "not", of: is("goal", "Anything") } },
    [": 3"],
  );
  answers("finds nothing for goals nobody set", { dimensions: ["goal"], metrics: ["visitors"], goals: [] }, []);
}

function ofClosedDays(open: Open<Events>): void {
  it(
    "answers for goals that are events when the day is closed, and not for pages by pattern",
    using(open, async (events) => {
      await fill(events, rows);
      const shapes: readonly Shape[] = [{ of: ["event_name"] }, { of: ["event_name", "source"] }, { of: ["source"] }];
      await events.closeDay({ site: "a.example", day, timeZone: "Europe/Amsterdam", least: 1, shapes });
      const ofEvents = goals.slice(0, 1);
      const asked = question({ goals: ofEvents, metrics: ["visitors", "events"] });
      expect(shown(await events.ask({ ...asked, dimensions: ["goal"] }))).toEqual(["Joined: 2, 3"]);
      expect(shown(await events.ask({ ...asked, filter: is("goal", "Joined") }))).toEqual([": 2, 3"]);
      const bySource = { ...asked, dimensions: ["source"], filter: is("goal", "Joined") } as const;
      expect(shown(await events.ask(bySource))).toEqual(["Direct / None: 1, 2", "Google: 1, 1"]);
      for (const pages of [{ dimensions: ["goal"] as const }, { filter: is("goal", "Read the blog") }]) {
        expect((await events.ask({ ...asked, goals, ...pages })).notKept).toMatchObject([{ reason: "no shape" }]);
      }
    }),
  );
}

function ofProperties(answers: Answers): void {
  answers(
    "groups by a property, absent where an event has none",
    { dimensions: ["prop:plan"], metrics: ["visitors", "events"], filter: is("event_name", "Sign-up") },
    ["free: 1, 2", "pro: 1, 1"],
  );
  answers("calls an absent property `(none)`", { dimensions: ["prop:by"], metrics: ["events"] }, ["(none): 7", "x: 1"]);
  answers("filters by a property", { metrics: ["visitors", "events"], filter: is("prop:plan", "free") }, [": 1, 2"]);
  answers("filters by an absent property", { metrics: ["events"], filter: is("prop:by", "(none)") }, [": 7"]);
  answers("groups by the names of events", { dimensions: ["event_name"], metrics: ["events"] }, [
    "Sign-up: 3",
    "pageview: 5",
  ]);
}

function ofVisits(answers: Answers): void {
  answers(
    "looks at all events of visits that have done something",
    { dimensions: ["page"], metrics: ["visitors", "pageviews"], filter: { op: "has_done", of: is("goal", "Joined") } },
    ["(not set): 1, 0", "/: 1, 1", "/blog/a: 2, 3"],
  );
  answers(
    "looks at visits that have not",
    { metrics: ["visits", "bounce_rate"], filter: { op: "has_not_done", of: is("page", "/blog/a") } },
    [": 1, 100"],
  );
  answers(
    "asks of one event all that is said within",
    {
      metrics: ["visits"],
      filter: { op: "has_done", of: { op: "and", of: [is("event_name", "Sign-up"), is("prop:plan", "pro")] } },
    },
    [": 1"],
  );
  answers(
    "takes figures of visits from those of which one event passes",
    { metrics: ["visits", "bounce_rate", "visit_duration"], filter: is("prop:plan", "free") },
    [": 1, 0, 20"],
  );
}

function ofEngagement(answers: Answers): void {
  answers(
    "gives the deepest of each visitor on a page, and the mean of these",
    {
      dimensions: ["page"],
      metrics: ["visitors", "scroll_depth", "time_on_page"],
      filter: { op: "not", of: is("page", "") },
    },
    ["/: 2, , ", "/blog/a: 2, 70, 20"],
    [looked(1, "/blog/a", 40, 10_000), looked(1, "/blog/a", 60, 8_000), looked(2, "/blog/a", 80, 22_000)],
  );
  answers(
    "keeps what engagement says apart from events, and of what nobody said anything says nothing",
    { metrics: ["visitors", "events", "scroll_depth", "time_on_page"] },
    [": 3, 8, , 5"],
    [looked(3, "/", undefined, 5_400), looked(9, "/", 50, 1_000)],
  );
}

function refused(open: Open<Events>): void {
  it(
    "knows what makes no sense",
    using(open, async (events) => {
      await fill(events, rows);
      for (const dimension of ["goal", "prop:plan", "event_name"] as const) {
        const asked = question({ goals, dimensions: [dimension], metrics: ["bounce_rate"] });
        await expect(events.ask(asked)).rejects.toThrow("cannot be grouped by");
      }
      const nested: Filter = { op: "has_done", of: { op: "has_done", of: is("page", "/") } };
      await expect(events.ask(question({ filter: nested }))).rejects.toThrow("within itself");
      const ofVisit: Filter = { op: "has_done", of: is("source", "Google") };
      await expect(events.ask(question({ filter: ofVisit }))).rejects.toThrow("is not told by `source`");
    }),
  );
}
