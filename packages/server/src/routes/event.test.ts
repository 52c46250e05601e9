// The events endpoint as trackers and attackers meet it: Plausible's replies, no 5xx, nothing acknowledged that is not stored.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type TestServer,
  addKey,
  addSite,
  ask,
  noticeText,
  ordinaryAgent,
  sendEvent,
  startTestServer,
  writeNotice,
} from "../test-server.ts";

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await startTestServer({ testClock: true }, {}, (dir) => {
    writeNotice(
      dir,
      "exam",
      noticeText("exam", '[exam.example, { host: viewer.exam.example, stores: nothing, caution: "Careful." }]'),
    );
    writeFileSync(join(dir, "countries.csv"), "203.0.113.0/24,NL\n198.51.100.0/24,FR\n");
  });
  await addSite(server);
  key = await addKey(server);
});
afterAll(() => server.remove());

let next = 0;
/** A day of its own for each test, so that none sees another's events. */
function newDay(): Record<string, string> {
  next += 1;
  return { "x-avow-now": `2026-03-${String(next).padStart(2, "0")}T12:00:00Z` };
}

async function results(headers: Record<string, string>, question: Record<string, unknown>): Promise<unknown> {
  const reply = await ask(server, key, question, headers);
  expect(reply.status).toBe(200);
  return ((await reply.json()) as { results: unknown }).results;
}

const post = (body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/api/event`, { method: "POST", body, headers: { "user-agent": ordinaryAgent, ...headers } });

test("an event is answered 202 `ok` and is read back at once", async () => {
  const day = newDay();
  const reply = await sendEvent(server, { u: "https://exam.example/read?utm_source=letter" }, day);
  expect([reply.status, await reply.text(), reply.headers.get("x-plausible-dropped")]).toEqual([202, "ok", null]);
  expect(await results(day, { metrics: ["visitors", "pageviews"], dimensions: ["event:page"] })).toEqual([
    { dimensions: ["/read"], metrics: [1, 1] },
  ]);
});

test("an event of a day that is closed is dropped and counted, and the day stays as it was", async () => {
  const day = newDay();
  const date = day["x-avow-now"]?.slice(0, 10) ?? "";
  await sendEvent(server, {}, day);
  await server.house.events.closeDay({ site: "exam.example", day: date, timeZone: "UTC", least: 1, shapes: [] });
  const late = await sendEvent(server, {}, day);
  expect([late.status, late.headers.get("x-plausible-dropped")]).toEqual([202, "1"]);
  const refused = server.house.gate.drain().filter(({ reason }) => reason === "day closed");
  expect(refused).toMatchObject([{ notice: "exam", clause: "web-traffic", count: 1 }]);
});

test("an event for several sites counts those it was dropped for", async () => {
  const reply = await sendEvent(server, { d: "exam.example,nobody.example" }, newDay());
  expect([reply.status, reply.headers.get("x-plausible-dropped")]).toEqual([202, "1"]);
});

test("any page may send: preflight and reply carry CORS, and the count of drops may be read", async () => {
  const preflight = await fetch(`${server.url}/api/event`, {
    method: "OPTIONS",
    headers: { origin: "https://x.example", "access-control-request-method": "POST" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("content-type");
  const reply = await sendEvent(server, {}, newDay());
  expect(reply.headers.get("access-control-allow-origin")).toBe("*");
  expect(reply.headers.get("access-control-expose-headers")).toContain("x-plausible-dropped");
  expect(reply.headers.get("set-cookie")).toBeNull();
});

test("X-Debug-Request shows the address as it was used, never the whole", async () => {
  const reply = await sendEvent(
    server,
    {},
    { ...newDay(), "x-debug-request": "true", "x-forwarded-for": "203.0.113.77" },
  );
  expect([reply.status, await reply.text()]).toEqual([200, "203.0.113.0"]);
});

describe("bad input", () => {
  test.each<[string, BodyInit]>([
    ["no body", ""],
    ["malformed JSON", '{"n":"pageview"'],
    ["a list", "[]"],
    ["a number", "7"],
    ["null", "null"],
    ["invalid UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ["deep nesting", `${'{"p":'.repeat(50_000)}1${"}".repeat(50_000)}`],
    ["a hostile key", '{"__proto__":{"n":"x"},"n":"pageview","u":"https://exam.example/"}'],
  ])("a body that is %s is a 400 with an error", async (_, body) => {
    const reply = await post(body);
    expect(reply.status).toBe(400);
    const { error, errors } = (await reply.json()) as Record<string, unknown>;
    expect(error ?? errors).toBeDefined();
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["no name", { n: null }, "name"],
    ["a name that is a list", { n: [] }, "name"],
    ["a name of 121 characters", { n: "n".repeat(121) }, "name"],
    ["no address", { u: null }, "url"],
    ["an address that is an object", { u: {} }, "url"],
    ["an address of 100,000 characters", { u: `https://exam.example/${"a".repeat(100_000)}` }, "url"],
    ["a data: address", { u: "data:text/html,x" }, "url"],
    ["a blank domain", { d: " " }, "domain"],
    ["a domain that is a number", { d: 7 }, "domain"],
    ["a property value over its limit", { p: { k: "v".repeat(2001) } }, "props"],
    ["a referrer that is a number", { r: 7 }, "referrer"],
  ])("%s is a 400 that names the field", async (_, event, field) => {
    const reply = await sendEvent(server, event);
    expect(reply.status).toBe(400);
    const { errors } = (await reply.json()) as { errors: Record<string, string[]> };
    expect(Object.keys(errors).join()).toContain(field);
  });

  test("2 MB are refused with 413, other methods with 405", async () => {
    expect(
      (await post(JSON.stringify({ n: "pageview", u: "https://exam.example/", x: "x".repeat(2_000_000) }))).status,
    ).toBe(413);
    expect((await fetch(`${server.url}/api/event`)).status).toBe(405);
    expect((await fetch(`${server.url}/api/event`, { method: "PUT", body: "{}" })).status).toBe(405);
  });

  test("absent headers are no error", async () => {
    const reply = await fetch(`${server.url}/api/event`, {
      method: "POST",
      body: JSON.stringify({ n: "pageview", u: "https://exam.example/", d: "exam.example" }),
      headers: { "user-agent": "", ...newDay() },
    });
    expect(reply.status).toBe(202);
  });

  test("an unknown site is dropped and counted", async () => {
    const reply = await sendEvent(server, { d: "nobody.example" });
    expect([reply.status, await reply.text(), reply.headers.get("x-plausible-dropped")]).toEqual([202, "ok", "1"]);
  });

  test("every refusal is one line without what was sent", async () => {
    const before = server.lines.length;
    const canary = "Canary7k2";
    await sendEvent(
      server,
      { u: "", n: canary, d: canary },
      { "user-agent": canary, referer: `https://${canary}.example/`, "x-forwarded-for": "198.51.100.7" },
    );
    await post(canary);
    const lines = server.lines.slice(before);
    expect(lines.map((line) => line.replace(/^\S+ /, ""))).toEqual([
      "refused POST /api/event 400 bad-event",
      "refused POST /api/event 400 bad-event",
    ]);
  });
});

test("JP6 a host that stores nothing is written for by nobody, its neighbour's name included", async () => {
  for (const d of ["viewer.exam.example", "exam.example"]) {
    const reply = await sendEvent(server, { d, u: "https://viewer.exam.example/canary" }, newDay());
    expect([reply.status, reply.headers.get("x-plausible-dropped")], d).toEqual([202, "1"]);
  }
});

test("forwarding headers count visitors only when the peer is trusted", async () => {
  const day = newDay();
  for (const address of ["192.0.2.1", "198.51.100.1", "203.0.113.1"])
    await sendEvent(server, {}, { ...day, "x-forwarded-for": address });
  expect(await results(day, { metrics: ["visitors"] })).toEqual([{ dimensions: [], metrics: [3] }]);

  const closed = await startTestServer({ trustedProxies: [], testClock: true });
  try {
    await addSite(closed);
    const closedKey = await addKey(closed);
    for (const address of ["192.0.2.1", "198.51.100.1", "203.0.113.1"])
      await sendEvent(closed, {}, { ...day, "x-forwarded-for": address });
    const reply = await ask(closed, closedKey, { metrics: ["visitors"] }, day);
    expect(await reply.json()).toMatchObject({ results: [{ metrics: [1] }] });
  } finally {
    await closed.remove();
  }
});

test("Sec-GPC and DNT are honoured where the notice says opt-out", async () => {
  for (const signal of [{ "sec-gpc": "1" }, { dnt: "1" }]) {
    const reply = await sendEvent(server, {}, { ...newDay(), ...signal });
    expect([reply.status, reply.headers.get("x-plausible-dropped")]).toEqual([202, "1"]);
  }
});
