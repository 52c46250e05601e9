// Figures counted by hand, and the order and pages they come in.
import { expect, it } from "vitest";
import type { Events } from "../contract.ts";
import { allMetrics, fill, midnight, question, row, shown } from "./a-day.ts";
import { type Open, using } from "./suite.ts";

export function figures(open: Open<Events>): void {
  it(
    "counts a day",
    using(open, async (events) => {
      await fill(events);
      const answer = await events.ask(question({ metrics: allMetrics }));
      // Four visits: 90 s, 0 s, 0 s (engagement is no event), 31 s; the second and third are bounces.
      expect(answer).toEqual({
        rows: [{ dimensions: [], metrics: [3, 4, 5, 6, 1.25, 50, 30, 100] }],
        total: 1,
        leftOut: [],
      });
    }),
  );

  it(
    "answers nothing with zeros, and no groups",
    using(open, async (events) => {
      expect(await events.ask(question({ metrics: allMetrics }))).toEqual({
        rows: [{ dimensions: [], metrics: [0, 0, 0, 0, 0, 0, 0, 0] }],
        total: 1,
        leftOut: [],
      });
      await fill(events);
      const later = { from: midnight + 86_400, until: midnight + 2 * 86_400 };
      expect((await events.ask(question({ metrics: allMetrics, ...later }))).rows[0]?.metrics).toEqual([
        0, 0, 0, 0, 0, 0, 0, 0,
      ]);
      expect(await events.ask(question({ metrics: allMetrics, dimensions: ["page"], site: "c.example" }))).toEqual({
        rows: [],
        total: 0,
        leftOut: [],
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

export function order(open: Open<Events>): void {
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
        leftOut: [],
      });
      expect(await events.ask({ ...asked, limit: 5, offset: 9 })).toEqual({ rows: [], total: 3, leftOut: [] });
      expect(await events.ask({ ...asked, limit: 0 })).toEqual({ rows: [], total: 3, leftOut: [] });
    }),
  );
}
