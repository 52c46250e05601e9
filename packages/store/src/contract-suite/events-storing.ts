// Storing: seen at once, kept exactly, and refused when it cannot be kept.
import { expect, it } from "vitest";
import type { EventRow, Events, Filter } from "../contract.ts";
import { StoreClosedError, StoreValueError } from "../errors.ts";
import { undeclaredColumns } from "../undeclared-columns.ts";
import { aDay, allMetrics, day, fill, midnight, question, row, shown } from "./a-day.ts";
import { type Open, using } from "./suite.ts";

export function storing(open: Open<Events>): void {
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
}

export function keeping(open: Open<Events>): void {
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
      const asked = question({ metrics: allMetrics, dimensions: ["page", "source", "time:hour"] });
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

export function refusing(open: Open<Events>): void {
  const bad: readonly (readonly [string, Partial<EventRow>])[] = [
    ["a day that is none", { day: "2026-02-30" }],
    ["a day that is a path", { day: "../../etc/passwd" }],
    ["a time before 1970", { at: -1 }],
    ["a visitor number too large", { visitor: 2 ** 48 }],
    ["a visit number that is not whole", { visit: 1.5 }],
    ["no site", { site: "" }],
    ["a dimension that does not exist", { dimensions: Object.fromEntries([["page; DROP", "x"]]) }],
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
