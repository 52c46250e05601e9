// Days close by the clock of their site and the word of their notice: the same figures before and after, no row left, evidence written.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type TestServer,
  addKey,
  addSite,
  ask,
  noticeText,
  sendEvent,
  startTestServer,
  writeNotice,
} from "../test-server.ts";
import { type ClosingRun, closeDue } from "./close-days.ts";

let server: TestServer;
let lines: string[];
const day = "2026-03-01";
const noon = { "x-avow-now": `${day}T12:00:00Z` };

async function start(text: string): Promise<void> {
  server = await startTestServer(
    { testClock: true, trustedProxies: ["127.0.0.0/8"] },
    {},
    (dir) => void writeNotice(dir, "exam", text),
  );
  await addSite(server);
}

beforeEach(() => {
  lines = [];
});
afterEach(() => server.remove());

/** Twenty-four people on the front page, of whom twelve go on to another. */
async function visit(): Promise<void> {
  for (let person = 0; person < 24; person += 1) {
    const from = { ...noon, "x-forwarded-for": `203.0.${person}.9` };
    expect((await sendEvent(server, { r: "https://news.example/" }, from)).status).toBe(202);
    if (person < 12) await sendEvent(server, { u: "https://exam.example/next" }, from);
  }
}

function closeAt(now: string): Promise<ClosingRun> {
  const { events, records, gate } = server.house;
  return closeDue({ events, records, gate: () => gate, log: (line) => void lines.push(line) }, Date.parse(now));
}

async function results(question: Record<string, unknown>): Promise<unknown> {
  const key = await addKey(server);
  const reply = await ask(
    server,
    key,
    { date_range: [day, day], ...question },
    { "x-avow-now": "2026-03-05T12:00:00Z" },
  );
  return ((await reply.json()) as { results: unknown }).results;
}

const questions: readonly Record<string, unknown>[] = [
  { metrics: ["visitors", "visits", "pageviews", "bounce_rate", "visit_duration", "views_per_visit"] },
  { metrics: ["visitors", "pageviews"], dimensions: ["time:day"] },
  { metrics: ["visitors", "pageviews"], dimensions: ["visit:source"] },
  { metrics: ["visitors"], filters: [["is", "event:page", ["/"]]] },
];

describe("under `until the day closes`, then counts of 10 for 25 months", () => {
  beforeEach(() => start(noticeText("exam", "[exam.example]")));

  test("a day becomes counts ten minutes after its midnight, with the same figures, and no row is left", async () => {
    await visit();
    const before = await Promise.all(questions.map(results));
    expect((await closeAt("2026-03-02T00:09:59Z")).closed).toEqual([]);
    const { closed } = await closeAt("2026-03-02T00:10:00Z");
    expect(closed).toMatchObject([{ site: "exam.example", day, rows: 36, least: 10 }]);
    expect(await server.house.events.openDays()).toEqual([]);
    expect(await server.house.events.held()).toEqual([]);
    expect(await Promise.all(questions.map(results))).toEqual(before);
    // Again, and nothing happens.
    expect((await closeAt("2026-03-02T00:15:00Z")).closed).toEqual([]);
  });

  test("an event for a day that is closed is dropped and said so", async () => {
    await visit();
    await closeAt("2026-03-02T00:10:00Z");
    const late = await sendEvent(server, {}, noon);
    expect([late.status, late.headers.get("x-plausible-dropped")]).toEqual([202, "1"]);
  });

  test("evidence says that it happened, once a day", async () => {
    await visit();
    await closeAt("2026-03-02T00:10:00Z");
    await closeAt("2026-03-02T00:20:00Z");
    const found = (await server.house.records.evidence("exam")).filter(({ reason }) => reason === "day closed");
    expect(found).toEqual([
      {
        notice: "exam",
        clause: "web-traffic",
        outcome: "permitted",
        reason: "day closed",
        count: 1,
        lastAtMs: Date.parse("2026-03-02T00:10:00Z"),
      },
    ]);
  });

  test("counts go when their months are over, not a day earlier", async () => {
    await visit();
    await closeAt("2026-03-02T00:10:00Z");
    expect((await closeAt("2028-03-31T12:00:00Z")).forgotten).toEqual([]);
    expect((await closeAt("2028-04-01T12:00:00Z")).forgotten).toEqual([{ site: "exam.example", days: [day] }]);
    expect(await server.house.events.closedDays()).toEqual([]);
  });

  test("a site's own midnight counts", async () => {
    const site = await server.house.records.site("exam.example");
    if (site === undefined) throw new Error("no site");
    await server.house.records.putSite({ ...site, timeZone: "Pacific/Auckland" });
    await visit();
    // Noon in UTC is the second of March there, whose end is 11:00 in UTC.
    expect((await closeAt("2026-03-02T11:09:00Z")).closed).toEqual([]);
    expect((await closeAt("2026-03-02T11:10:00Z")).closed).toMatchObject([{ timeZone: "Pacific/Auckland" }]);
  });
});

test("a notice that keeps no counts has its rows removed and nothing kept", async () => {
  await start(
    noticeText("exam", "[exam.example]").replace(
      "keep: { pseudonymous: until the day closes, aggregate of 10: 25 months }",
      "form: pseudonymous\n    keep: 2 days",
    ),
  );
  await visit();
  expect(await closeAt("2026-03-02T23:00:00Z")).toEqual({ closed: [], dropped: [], forgotten: [] });
  expect((await closeAt("2026-03-03T00:10:00Z")).dropped).toEqual([{ site: "exam.example", day, rows: 36 }]);
  expect(await server.house.events.held()).toEqual([]);
});

test("a longer pseudonymous keep keeps rows, and only then", async () => {
  await start(noticeText("exam", "[exam.example]").replace("until the day closes", "30 days"));
  await visit();
  expect((await closeAt("2026-03-30T12:00:00Z")).closed).toEqual([]);
  expect((await closeAt("2026-03-31T00:10:00Z")).closed).toHaveLength(1);
});

test("rows under a version that cannot be opened stay, unused, and that is said", async () => {
  await start(noticeText("exam", "[exam.example]"));
  await visit();
  const { events, records } = server.house;
  const run = await closeDue(
    { events, records, gate: () => ({ version: () => undefined }), log: (line) => void lines.push(line) },
    Date.parse("2026-03-05T00:00:00Z"),
  );
  expect(run).toEqual({ closed: [], dropped: [], forgotten: [] });
  expect(lines).toEqual([expect.stringContaining("cannot be opened")]);
});

describe("what is asked of a closed day", () => {
  test("counts are used for as long as counts may be, not only as long as rows", async () => {
    await start(noticeText("exam", "[exam.example]").replace("until the day closes", "2 days"));
    await visit();
    await closeAt("2026-03-03T00:10:00Z");
    expect(await results({ metrics: ["visitors"] })).toEqual([{ dimensions: [], metrics: [24] }]);
  });

  test("what counts cannot tell is null, with the days, the reason and a question that can be answered", async () => {
    await start(noticeText("exam", "[exam.example]"));
    await visit();
    await closeAt("2026-03-02T00:10:00Z");
    const key = await addKey(server);
    const filters = [["contains", "event:page", ["e"]]];
    const question = { metrics: ["visitors"], dimensions: [], filters, date_range: [day, day] };
    const reply = await ask(server, key, question, { "x-avow-now": "2026-03-05T12:00:00Z" });
    expect(await reply.json()).toMatchObject({
      results: [{ dimensions: [], metrics: [null] }],
      meta: { not_kept: [{ days: [day], reason: "union", nearest: { dimensions: [], filters: [] } }] },
    });
  });
});
