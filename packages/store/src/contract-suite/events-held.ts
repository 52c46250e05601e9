// The ratchet in the store: rows held under what a question may not use are left out of every figure, and said (clauses.md PS11).
import { expect, it } from "vitest";
import type { Events, EventRow, Holding, Permits } from "../contract.ts";
import { aDay, allMetrics, day, everything, fill, midnight, question, row, shown } from "./a-day.ts";
import { type Open, using } from "./suite.ts";

/** Visitor 1 under v1; visitor 2 under v2; visitor 3 under v2 by another practice; another site under v3. */
const held: readonly EventRow[] = aDay.map((one) => ({
  ...one,
  version: one.site === "b.example" ? "v3" : one.visitor === 1 ? "v1" : "v2",
  practice: one.visitor === 3 ? "sign-ups" : "web-traffic",
}));

const only =
  (...versions: readonly string[]): Permits =>
  ({ version }: Holding) => ({ allowed: versions.includes(version) });

const onlySignUps: Permits = ({ practice }) => ({ allowed: practice === "sign-ups" });

export function holding(open: Open<Events>): void {
  it(
    "leaves out what may not be used, from every figure and filter, and says how much",
    using(open, async (events) => {
      await fill(events, held);
      const metrics = ["visitors", "visits", "pageviews", "events"] as const;
      expect(shown(await events.ask(question({ metrics })))).toEqual([": 3, 4, 5, 6"]);
      const asked = question({ metrics, permits: only("v1") });
      const answer = await events.ask(asked);
      expect(shown(answer)).toEqual([": 1, 2, 3, 3"]);
      expect(answer.leftOut).toEqual([
        { practice: "sign-ups", version: "v2", rows: 2 },
        { practice: "web-traffic", version: "v2", rows: 2 },
      ]);
      const byPage = question({ metrics: ["visitors", "percentage"], dimensions: ["page"], permits: only("v2") });
      expect(shown(await events.ask(byPage))).toEqual(["/: 2, 100", "/join: 1, 50"]);
      const filter = { op: "is", dimension: "country", values: ["NL"], caseSensitive: true } as const;
      expect(shown(await events.ask(question({ metrics, filter, permits: only("v2") })))).toEqual([": 0, 0, 0, 0"]);
    }),
  );

  it(
    "tells practices of one version apart",
    using(open, async (events) => {
      await fill(events, held);
      const answer = await events.ask(question({ metrics: ["visitors", "events"], permits: onlySignUps }));
      expect(shown(answer)).toEqual([": 1, 2"]);
      expect(answer.leftOut).toEqual([
        { practice: "web-traffic", version: "v1", rows: 3 },
        { practice: "web-traffic", version: "v2", rows: 2 },
      ]);
    }),
  );

  denying(open);
  asking(open);
  racing(open);
  counting(open);
}

function denying(open: Open<Events>): void {
  it(
    "answers as if nothing were there when nothing may be used",
    using(open, async (events) => {
      await fill(events, held);
      for (const permits of [only(), () => ({ allowed: Reflect.get({}, "allowed") }), thrower]) {
        const answer = await events.ask(question({ metrics: allMetrics, permits }));
        expect(shown(answer)).toEqual([": 0, 0, 0, 0, 0, 0, 0, 0"]);
        expect(answer.leftOut.reduce((sum, { rows }) => sum + rows, 0)).toBe(7);
      }
    }),
  );

  it(
    "uses rows from a moment on, and counts only those within the range as left out",
    using(open, async (events) => {
      await fill(events, held);
      const since = midnight + 7200;
      const permits: Permits = () => ({ allowed: true, since });
      const answer = await events.ask(question({ metrics: ["visitors", "events"], permits }));
      expect(shown(answer)).toEqual([": 2, 3"]);
      expect(answer.leftOut.map(({ version, rows }) => [version, rows])).toEqual([
        ["v1", 2],
        ["v2", 2],
      ]);
      const later = await events.ask(question({ from: midnight + 3650, metrics: ["events"], permits: only("v2") }));
      expect(later.leftOut).toEqual([{ practice: "web-traffic", version: "v1", rows: 2 }]);
    }),
  );
}

function asking(open: Open<Events>): void {
  it(
    "asks of every holding it touches once, and only of the site's",
    using(open, async (events) => {
      await fill(events, held);
      const asked: string[] = [];
      const permits: Permits = ({ version, practice }) => {
        asked.push(`${version} ${practice}`);
        return { allowed: true };
      };
      await events.ask(question({ permits }));
      expect(asked.toSorted()).toEqual(["v1 web-traffic", "v2 sign-ups", "v2 web-traffic"]);
    }),
  );

  it(
    "remembers no answer for whoever may use less, nor for whoever may use more",
    using(open, async (events) => {
      await fill(events, held);
      const metrics = ["visitors"] as const;
      for (let round = 0; round < 3; round += 1) {
        expect(shown(await events.ask(question({ metrics, permits: everything })))).toEqual([": 3"]);
        expect(shown(await events.ask(question({ metrics, permits: only("v1") })))).toEqual([": 1"]);
        expect(shown(await events.ask(question({ metrics, permits: only("v2") })))).toEqual([": 2"]);
      }
      await events.append(row({ visitor: 4, visit: 41, version: "v1" }));
      await events.append(row({ visitor: 5, visit: 51, version: "v9" }));
      expect(shown(await events.ask(question({ metrics, permits: only("v1") })))).toEqual([": 2"]);
      expect(shown(await events.ask(question({ metrics, permits: only("v2") })))).toEqual([": 2"]);
      expect(shown(await events.ask(question({ metrics, permits: everything })))).toEqual([": 5"]);
    }),
  );
}

function racing(open: Open<Events>): void {
  it(
    "uses nothing of what comes in under another version while the question is being answered",
    using(open, async (events) => {
      await fill(events, aDay);
      for (let round = 0; round < 10; round += 1) {
        const late = row({ version: `late-${round}`, visitor: 1000, visit: 1000 + round });
        let arriving: Promise<unknown> | undefined;
        // What is known when the question begins is all permitted; the late row comes while it waits for its turn.
        const permits: Permits = ({ version }) => {
          arriving ??= events.append(late).then(() => events.days());
          return { allowed: version === "v1" };
        };
        const limits = Array.from({ length: 12 }, (_, one) => question({ metrics: allMetrics, limit: 1000 + one }));
        const before = limits.map((one, offset) => events.ask({ ...one, dimensions: ["page"], offset }));
        expect(shown(await events.ask(question({ metrics: ["visits"], permits })))).toEqual([": 4"]);
        await Promise.all([...before, arriving]);
      }
    }),
  );
}

function counting(open: Open<Events>): void {
  it(
    "says what is held under what, also after a reopening",
    using(open, async (events, again) => {
      await fill(events, [...held, row({ day: "2026-11-21", at: midnight + 90_000 })]);
      const expected = [
        { site: "a.example", practice: "web-traffic", version: "v1", rows: 4, firstDay: day, lastDay: "2026-11-21" },
        { site: "a.example", practice: "sign-ups", version: "v2", rows: 2, firstDay: day, lastDay: day },
        { site: "a.example", practice: "web-traffic", version: "v2", rows: 2, firstDay: day, lastDay: day },
        { site: "b.example", practice: "web-traffic", version: "v3", rows: 1, firstDay: day, lastDay: day },
      ];
      expect(await events.held()).toEqual(expected);
      expect(
        (await events.openDays()).map(({ site, day: of, rows, holdings }) => [site, of, rows, holdings.length]),
      ).toEqual([
        ["a.example", day, 7, 3],
        ["b.example", day, 1, 1],
        ["a.example", "2026-11-21", 1, 1],
      ]);
      if (again === undefined) return;
      await events.close();
      const reopened = await again();
      try {
        expect(await reopened.held()).toEqual(expected);
        expect(shown(await reopened.ask(question({ permits: only("v2") })))).toEqual([": 2"]);
      } finally {
        await reopened.close();
      }
    }),
  );
}

function thrower(): never {
  throw new Error("a fault");
}
