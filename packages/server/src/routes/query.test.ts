// Questions: Plausible's form, the gate in between, and nothing but 4xx for what is wrong.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

const now = { "x-avow-now": "2026-03-10T12:00:00Z" };
let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await startTestServer({ testClock: true }, {}, (dir) => {
    writeNotice(dir, "exam", noticeText("exam", "[exam.example]"));
    writeNotice(dir, "spare", noticeText("spare", "[spare.example]", "[page, time of visit]"));
  });
  await addSite(server);
  await addSite(server, "spare.example", "spare");
  key = await addKey(server);
  const views = [
    ["/", "192.0.2.1", "https://exam.example/?utm_source=letter"],
    ["/a", "192.0.2.1", ""],
    ["/a", "198.51.100.1", ""],
    ["/b", "203.0.113.1", ""],
  ] as const;
  for (const [path, address, url] of views) {
    const reply = await sendEvent(
      server,
      { u: url === "" ? `https://exam.example${path}` : url },
      { ...now, "x-forwarded-for": address },
    );
    expect([reply.status, reply.headers.get("x-plausible-dropped")]).toEqual([202, null]);
  }
});
afterAll(() => server.remove());

test("a question is answered with the question as it was understood", async () => {
  const reply = await ask(server, key, { metrics: ["visitors", "visits", "pageviews", "bounce_rate"] }, now);
  expect(reply.status).toBe(200);
  expect(await reply.json()).toEqual({
    results: [{ metrics: [3, 3, 4, 67], dimensions: [] }],
    meta: {},
    query: {
      site_id: "exam.example",
      metrics: ["visitors", "visits", "pageviews", "bounce_rate"],
      date_range: ["2026-03-10T00:00:00+00:00", "2026-03-10T23:59:59+00:00"],
      filters: [],
      dimensions: [],
      order_by: [["visitors", "desc"]],
      include: {},
      pagination: { offset: 0, limit: 10_000 },
    },
  });
});

async function json(question: Record<string, unknown>): Promise<Record<string, unknown>> {
  return (await (await ask(server, key, question, now)).json()) as Record<string, unknown>;
}

test("dimensions, filters, order, rows and labels", async () => {
  expect(
    await json({
      metrics: ["pageviews"],
      dimensions: ["event:page"],
      order_by: [["event:page", "desc"]],
      pagination: { limit: 2 },
      include: { total_rows: true },
    }),
  ).toMatchObject({
    results: [
      { dimensions: ["/b"], metrics: [1] },
      { dimensions: ["/a"], metrics: [2] },
    ],
    meta: { total_rows: 3 },
    query: { pagination: { limit: 2, offset: 0 }, include: { total_rows: true } },
  });
  expect(
    await json({ metrics: ["visitors"], filters: [["is", "event:page", ["/A"], { case_sensitive: false }]] }),
  ).toMatchObject({ results: [{ metrics: [2] }] });
  expect(
    await json({
      metrics: ["visitors"],
      filters: [["not", ["contains", "event:page", ["a"]]]],
      dimensions: ["event:page"],
    }),
  ).toMatchObject({
    results: expect.arrayContaining([
      { dimensions: ["/"], metrics: [1] },
      { dimensions: ["/b"], metrics: [1] },
    ]) as unknown,
  });
  expect(await json({ metrics: ["visitors"], filters: [["matches", "event:page", ["^/[ab]$"]]] })).toMatchObject({
    results: [{ metrics: [3] }],
  });
  expect(await json({ metrics: ["visits"], dimensions: ["visit:utm_source"] })).toMatchObject({
    results: [
      { dimensions: ["(not set)"], metrics: [2] },
      { dimensions: ["letter"], metrics: [1] },
    ],
  });
  const time = await json({
    metrics: ["pageviews"],
    dimensions: ["time"],
    include: { time_labels: true, imports: true },
  });
  expect(time).toMatchObject({
    results: [{ dimensions: ["2026-03-10 12:00:00"], metrics: [4] }],
    meta: { imports_included: false },
    query: {
      dimensions: ["time:hour"],
      order_by: [
        ["time:hour", "asc"],
        ["pageviews", "desc"],
      ],
    },
  });
  expect((time as { meta: { time_labels: string[] } }).meta.time_labels).toHaveLength(24);
});

describe("PY4 through the gate", () => {
  test("a purpose that is not the key's own is refused with clause and contact, in body and header alike", async () => {
    for (const claim of ["preventing fraud", "marketing", "no such purpose"]) {
      for (const reply of [
        await ask(server, key, { purpose: claim }, now),
        await ask(server, key, {}, { ...now, "x-avow-purpose": claim }),
      ]) {
        expect(reply.status).toBe(403);
        expect(await reply.json()).toMatchObject({
          error: expect.stringContaining("purpose") as unknown,
          clause: "web-traffic",
          contact: "privacy@exam.example",
        });
      }
    }
    expect((await ask(server, key, { purpose: "usage statistics" }, now)).status).toBe(200);
  });

  test("a key whose purpose the notice does not declare is refused", async () => {
    const marketing = await addKey(server, "exam.example", ["marketing"]);
    const reply = await ask(server, marketing, {}, now);
    expect(reply.status).toBe(403);
    expect(await reply.json()).toMatchObject({ contact: "privacy@exam.example" });
  });

  test("a dimension the notice does not declare cannot be asked for, by dimension or by filter", async () => {
    const spare = await addKey(server, "spare.example");
    const about = { site_id: "spare.example", metrics: ["visitors"] };
    expect((await ask(server, spare, { ...about, dimensions: ["event:page"] }, now)).status).toBe(200);
    for (const question of [
      { dimensions: ["visit:country"] },
      { filters: [["is", "visit:country", ["NL"]]] },
      { dimensions: ["visit:city"] },
    ]) {
      const reply = await ask(server, spare, { ...about, ...question }, now);
      expect(reply.status).toBe(403);
      expect(await reply.json()).toMatchObject({
        error: expect.stringContaining("declare") as unknown,
        clause: "web-traffic",
        contact: "privacy@exam.example",
      });
    }
  });
});

describe("refusals", () => {
  test("no key, a wrong one, another site's", async () => {
    const reply = await fetch(`${server.url}/api/v2/query`, { method: "POST", body: "{}" });
    expect([reply.status, reply.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect((await ask(server, "wrong", {})).status).toBe(401);
    const other = await ask(server, key, { site_id: "spare.example" });
    const absent = await ask(server, key, { site_id: "absent.example" });
    expect([other.status, absent.status]).toEqual([403, 403]);
    expect((await other.text()).replaceAll("spare", "absent")).toBe(await absent.text());
  });

  test.each<[string, BodyInit, number]>([
    ["malformed JSON", "{", 400],
    ["a list", "[]", 400],
    ["nothing", "", 400],
    ["invalid UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400],
    ["2 MB", `{"site_id":"${"x".repeat(2_000_000)}"}`, 413],
    [
      "deep nesting",
      `{"site_id":"exam.example","metrics":["visitors"],"date_range":"day","filters":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
      400,
    ],
  ])("%s", async (_, body, status) => {
    const reply = await fetch(`${server.url}/api/v2/query`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${key}` },
    });
    expect(reply.status).toBe(status);
    expect(await reply.json()).toHaveProperty("error");
  });

  test("a wrong field is named, with the nearest word and the contact", async () => {
    const reply = await ask(server, key, { metrics: ["visitor"] });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({
      error: "metrics: unknown metric `visitor`; did you mean `visitors`?",
      contact: "privacy@exam.example",
    });
    expect((await ask(server, key, { site_id: 7 })).status).toBe(400);
  });

  test("600 questions an hour and no more", async () => {
    const few = await startTestServer({ testClock: true }, { limits: { queriesPerHour: 3 } });
    try {
      await addSite(few);
      const fewKey = await addKey(few);
      const statuses: number[] = [];
      for (let n = 0; n < 4; n += 1) statuses.push((await ask(few, fewKey, {}, now)).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
      const refused = await ask(few, fewKey, {}, now);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await refused.json()).toHaveProperty("error");
      expect((await ask(few, fewKey, {}, { "x-avow-now": "2026-03-10T13:00:00Z" })).status).toBe(200);
    } finally {
      await few.remove();
    }
  });
});

test("what is accepted is served as a JSON Schema", async () => {
  const reply = await fetch(`${server.url}/api/docs/query/schema.json`);
  expect(reply.status).toBe(200);
  const schema = (await reply.json()) as { required: string[]; properties: Record<string, unknown> };
  expect(schema.required).toEqual(["site_id", "metrics", "date_range"]);
});

test("a dimension named like something every object has is unknown, like any other", async () => {
  for (const word of ["constructor", "__proto__", "toString"]) {
    const reply = await ask(server, key, { metrics: ["visitors"], date_range: "day", dimensions: [word] }, now);
    expect([word, reply.status]).toEqual([word, 400]);
  }
});
