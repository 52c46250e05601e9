// Closing a day: counts stay and rows go, other sites and days are as they were, and what is closed stays closed.
import { expect, it } from "vitest";
import type { ClosingOrder, Events, EventRow, Filter, Shape } from "../contract.ts";
import { DayClosedError, StoreValueError } from "../errors.ts";
import { undeclaredColumns } from "../undeclared-columns.ts";
import { aDay, allMetrics, day, fill, midnight, question, row, shown } from "./a-day.ts";
import { type Open, using } from "./suite.ts";

const shapes: readonly Shape[] = [
  { of: [], hourly: true },
  { of: ["page"] },
  { of: ["country"], hourly: true },
  { of: ["page", "source"] },
  { of: ["page", "country"] },
];

export function order(change: Partial<ClosingOrder> = {}): ClosingOrder {
  return { site: "a.example", day, timeZone: "Europe/Amsterdam", least: 1, shapes, ...change };
}

/** So many visitors of one page from one country, one page view each. */
function visitors(page: string, country: string, from: number, count: number): readonly EventRow[] {
  return Array.from({ length: count }, (_, index) => {
    const visitor = from + index;
    return row({ visitor, visit: visitor, at: midnight + visitor, dimensions: { page, country } });
  });
}

const is = (dimension: "page" | "country" | "source", ...values: readonly string[]): Filter => ({
  op: "is",
  dimension,
  values,
  caseSensitive: true,
});

export function closing(open: Open<Events>): void {
  countsStay(open);
  rowsGo(open);
  folding(open);
  notKept(open);
  forgetting(open);
}

function countsStay(open: Open<Events>): void {
  it(
    "answers from counts what rows answered",
    using(open, async (events, again) => {
      await fill(events);
      const asked = [
        question({ metrics: allMetrics }),
        question({ metrics: allMetrics, dimensions: ["page"] }),
        question({ metrics: allMetrics, dimensions: ["time:hour"] }),
        question({ metrics: allMetrics, dimensions: ["time:day", "country"] }),
        question({ metrics: allMetrics, dimensions: ["source"], filter: is("page", "/") }),
        question({ metrics: allMetrics, filter: is("country", "NL") }),
        question({ metrics: allMetrics, dimensions: ["browser"] }),
        question({ metrics: ["visitors"], filter: { ...is("country", "NL"), op: "is_not" } as Filter }),
      ];
      const before = await Promise.all(asked.map((one) => events.ask(one)));
      const closed = await events.closeDay(order({ nowMs: 7 }));
      expect(closed).toMatchObject({ site: "a.example", day, least: 1, rows: 7, foldedCells: 0, closedAtMs: 7 });
      expect(closed.holdings).toEqual([{ practice: "web-traffic", version: "v1" }]);
      expect(await Promise.all(asked.map((one) => events.ask(one)))).toEqual(before);
      expect(await events.closedDays("a.example")).toEqual([closed]);
      expect(await events.closedDays("b.example")).toEqual([]);
      expect(undeclaredColumns(await events.columns(), () => true)).toEqual([]);
      if (again === undefined) return;
      await events.close();
      const reopened = await again();
      expect(await Promise.all(asked.map((one) => reopened.ask(one)))).toEqual(before);
      expect(await reopened.closedDays()).toEqual([closed]);
      await reopened.close();
    }),
  );

  it(
    "adds closed days and days that are not",
    using(open, async (events) => {
      const next = aDay.map((one) => ({ ...one, day: "2026-11-21", at: one.at + 86_400 }));
      await fill(events, [...aDay, ...next]);
      const asked = question({ metrics: allMetrics, dimensions: ["page"], until: midnight + 2 * 86_400 });
      const before = await events.ask(asked);
      await events.closeDay(order());
      expect(await events.ask(asked)).toEqual(before);
    }),
  );

  it(
    "uses counts only where everything they are made of may be used, from the day's first second",
    using(open, async (events) => {
      await fill(
        events,
        aDay.map((one) => ({ ...one, version: one.visitor === 1 ? "v1" : "v2" })),
      );
      await events.closeDay(order());
      const answer = await events.ask(question({ permits: ({ version }) => ({ allowed: version === "v1" }) }));
      expect(shown(answer)).toEqual([": 0"]);
      expect(answer.leftOut).toEqual([{ practice: "web-traffic", version: "v2", rows: 7 }]);
      const later = await events.ask(question({ permits: () => ({ allowed: true, since: midnight + 1 }) }));
      expect(shown(later)).toEqual([": 0"]);
      const since = await events.ask(question({ permits: () => ({ allowed: true, since: midnight }) }));
      expect(shown(since)).toEqual([": 3"]);
    }),
  );
}

function rowsGo(open: Open<Events>): void {
  it(
    "leaves no row, takes none, and leaves other sites and days alone",
    using(open, async (events, again) => {
      const other = row({ day: "2026-11-21", at: midnight + 90_000 });
      await fill(events, [...aDay, other]);
      const ofOther = question({ site: "b.example", metrics: allMetrics, dimensions: ["page"] });
      const before = await events.ask(ofOther);
      await events.closeDay(order());
      expect((await events.days()).map((one) => [one.day, one.rows])).toEqual([
        [day, 1],
        ["2026-11-21", 1],
      ]);
      expect((await events.held()).map(({ site, rows }) => [site, rows])).toEqual([
        ["a.example", 1],
        ["b.example", 1],
      ]);
      await expect(events.append(row())).rejects.toThrow(DayClosedError);
      await events.append(row({ site: "b.example", visitor: 2, visit: 2, dimensions: { page: "/more" } }));
      expect((await events.ask(ofOther)).rows.length).toBe(before.rows.length + 1);
      if (again === undefined) return;
      await events.close();
      const reopened = await again();
      await expect(reopened.append(row())).rejects.toThrow(DayClosedError);
      await reopened.append(row({ site: "b.example", visitor: 3, visit: 3, dimensions: { page: "/third" } }));
      expect((await reopened.ask(ofOther)).rows.length).toBe(before.rows.length + 2);
      await reopened.close();
    }),
  );

  it(
    "closes twice, and a day without rows, and each site for itself",
    using(open, async (events) => {
      await fill(events);
      const closed = await events.closeDay(order());
      expect(await events.closeDay(order({ least: 5, shapes: [] }))).toEqual(closed);
      expect(await events.closeDay(order({ day: "2026-11-21" }))).toMatchObject({ rows: 0, cells: 0 });
      await events.append(row({ day: "2026-11-21", at: midnight + 86_400 }));
      await events.closeDay(order({ site: "b.example" }));
      expect((await events.closedDays()).map(({ site }) => site)).toEqual(["a.example", "b.example"]);
      expect((await events.days()).map((one) => one.day)).toEqual(["2026-11-21"]);
    }),
  );

  it(
    "refuses an order it cannot follow, and keeps the rows",
    using(open, async (events) => {
      await fill(events);
      const three = { of: ["page", "source"], hourly: true } as const;
      for (const bad of [{ day: "today" }, { least: 0 }, { shapes: [three] }, { timeZone: "Mars/Olympus" }]) {
        await expect((async () => events.closeDay(order(bad)))()).rejects.toThrow(StoreValueError);
      }
      const given = AbortSignal.abort(new Error("left"));
      await expect(events.closeDay(order(), given)).rejects.toThrow("left");
      await events.append(row({ visitor: 9, visit: 91 }));
      expect(shown(await events.ask(question()))).toEqual([": 4"]);
    }),
  );
}

function folding(open: Open<Events>): void {
  it(
    "folds what too few share, never one group alone, and says so",
    using(open, async (events) => {
      await fill(events, [
        ...visitors("/", "NL", 100, 6),
        ...visitors("/", "BE", 200, 4),
        ...visitors("/", "DE", 300, 3),
        ...visitors("/", "FR", 400, 2),
      ]);
      const closed = await events.closeDay(order({ least: 3 }));
      const byCountry = await events.ask(question({ dimensions: ["country"] }));
      // FR alone would be the difference of the total and the others, so DE is folded too.
      expect(byCountry.rows).toEqual([
        { dimensions: ["BE"], metrics: [4] },
        { dimensions: ["NL"], metrics: [6] },
        { dimensions: ["other"], metrics: [5], isOther: true },
      ]);
      expect(byCountry.folded).toEqual([day]);
      expect(closed.foldedCells).toBeGreaterThanOrEqual(2);
      expect((await events.ask(question({ filter: is("country", "DE") }))).notKept).toEqual([
        { days: [day], reason: "folded", nearest: { dimensions: [] } },
      ]);
      expect(shown(await events.ask(question({ filter: is("country", "NL", "BE") })))).toEqual([": 10"]);
      const allBut = { ...is("country", "NL"), op: "is_not" } as Filter;
      expect(shown(await events.ask(question({ filter: allBut })))).toEqual([": 9"]);
    }),
  );

  it(
    "folds in pairs what is folded alone, or they would add up to it",
    using(open, async (events) => {
      await fill(events, [
        ...visitors("/", "NL", 100, 6),
        ...visitors("/", "BE", 200, 4),
        ...visitors("/de", "DE", 300, 3),
        ...visitors("/", "FR", 400, 2),
      ]);
      await events.closeDay(order({ least: 3 }));
      const alone = await events.ask(question({ dimensions: ["country"] }));
      expect(shown(alone)).toEqual(["BE: 4", "NL: 6", "other: 5"]);
      const pairs = await events.ask(question({ dimensions: ["page", "country"] }));
      expect(shown(pairs)).toEqual(["/|NL: 6", "other|other: 9"]);
    }),
  );

  smallDays(open);
}

function smallDays(open: Open<Events>): void {
  it(
    "keeps nothing but totals of a day that too few visited",
    using(open, async (events) => {
      await fill(events, visitors("/", "NL", 100, 9));
      await events.closeDay(order({ least: 10 }));
      expect(shown(await events.ask(question({ metrics: ["visitors", "pageviews"] })))).toEqual([": 9, 9"]);
      const byPage = await events.ask(question({ dimensions: ["page"] }));
      expect([byPage.rows, byPage.notKept?.[0]?.reason]).toEqual([[], "folded"]);
    }),
  );

  it(
    "withholds figures of whole visits where too few began one",
    using(open, async (events) => {
      const second = visitors("/second", "NL", 100, 8).map((one) => ({ ...one, at: one.at + 30 }));
      await fill(events, [...visitors("/", "NL", 100, 8), ...second, ...visitors("/second", "NL", 200, 1)]);
      await events.closeDay(order({ least: 3 }));
      const answer = await events.ask(question({ metrics: ["visitors", "bounce_rate"], dimensions: ["page"] }));
      expect(answer.rows.find(({ dimensions: [page] }) => page === "/second")?.metrics[1] ?? null).toBe(null);
      expect(JSON.stringify(answer.rows)).not.toContain("100");
    }),
  );
}

function notKept(open: Open<Events>): void {
  it(
    "says of which days it cannot tell, why, and what it could",
    using(open, async (events) => {
      await fill(events);
      await events.closeDay(order());
      const of = async (change: Parameters<typeof question>[0]): Promise<unknown> =>
        (await events.ask(question(change))).notKept?.map(({ reason, nearest }) => [reason, nearest]);
      expect(await of({ dimensions: ["page", "country", "source"] })).toEqual([
        ["no shape", { dimensions: ["page", "country"] }],
      ]);
      expect(await of({ dimensions: ["source"], filter: is("country", "NL") })).toEqual([
        ["no shape", { dimensions: ["source"] }],
      ]);
      expect(await of({ filter: is("page", "/", "/about") })).toEqual([["union", { dimensions: [] }]]);
      expect(await of({ metrics: ["pageviews"], filter: is("page", "/", "/about") })).toBe(undefined);
      expect(await of({ from: midnight + 3600 })).toEqual([["hours", undefined]]);
      expect(await of({ from: midnight + 3600, dimensions: ["time:hour"] })).toBe(undefined);
      expect(await of({ dimensions: ["time:hour"], timeZone: "UTC", until: midnight + 90_000 })).toEqual([
        ["zone", { dimensions: [] }],
      ]);
    }),
  );
}

function forgetting(open: Open<Events>): void {
  it(
    "forgets counts of days before one, of one site",
    using(open, async (events, again) => {
      const next = row({ day: "2026-11-21", at: midnight + 90_000 });
      await fill(events, [...aDay, next]);
      for (const one of [order(), order({ site: "b.example" }), order({ day: "2026-11-21" })])
        await events.closeDay(one);
      expect(await events.forgetCells("a.example", "2026-11-21")).toEqual([day]);
      const left = [
        ["b.example", day],
        ["a.example", "2026-11-21"],
      ];
      expect((await events.closedDays()).map((one) => [one.site, one.day])).toEqual(left);
      expect(shown(await events.ask(question()))).toEqual([": 0"]);
      if (again === undefined) return;
      await events.close();
      const reopened = await again();
      expect((await reopened.closedDays()).map((one) => [one.site, one.day])).toEqual(left);
      await reopened.close();
    }),
  );

  it(
    "drops a day without counting it",
    using(open, async (events, again) => {
      await fill(events);
      expect(await events.dropDay("a.example", day)).toBe(7);
      expect(await events.dropDay("a.example", day)).toBe(0);
      expect(shown(await events.ask(question({ metrics: ["events"] })))).toEqual([": 0"]);
      expect((await events.days()).map((one) => one.rows)).toEqual([1]);
      expect(await events.closedDays()).toEqual([]);
      if (again === undefined) return;
      await events.close();
      const reopened = await again();
      expect((await reopened.days()).map((one) => one.rows)).toEqual([1]);
      await reopened.close();
    }),
  );
}
