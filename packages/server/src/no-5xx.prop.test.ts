// Whatever is sent, wherever: never a 5xx, never a dead server, never the canary in the log.
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, addKey, addSite, ask, sendEvent, startTestServer } from "./test-server.ts";

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await startTestServer({}, { limits: { queriesPerHour: 1e9 } });
  await addSite(server);
  key = await addKey(server);
});
afterAll(() => server.remove());

const canary = "Canary5q8z";
const runs = { numRuns: 150 };
const anything = fc.anything({ maxDepth: 3, withNullPrototype: false }).map((value) => value ?? null);

const fieldName = fc.constantFrom(
  "n",
  "name",
  "u",
  "url",
  "d",
  "domain",
  "r",
  "p",
  "props",
  "m",
  "$",
  "h",
  "i",
  "v",
  "sd",
  "e",
  "w",
  "zz",
);
const eventBody = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.json(),
  fc
    .dictionary(fieldName, fc.oneof(fc.jsonValue(), fc.webUrl(), fc.string({ unit: "binary" }), fc.constant(canary)))
    .map((value) => JSON.stringify(value)),
);

test("events of any bytes and any fields", async () => {
  await fc.assert(
    fc.asyncProperty(eventBody, async (body) => {
      const reply = await fetch(`${server.url}/api/event`, {
        method: "POST",
        body: typeof body === "string" ? body : Buffer.from(body),
      });
      await reply.arrayBuffer();
      expect([202, 400]).toContain(reply.status);
    }),
    runs,
  );
});

const word = fc.constantFrom(
  "visitors",
  "bounce_rate",
  "event:page",
  "visit:source",
  "visit:country_name",
  "time",
  "time:week",
  "7d",
  "all",
  "is",
  "matches",
  "and",
  "not",
  "",
  "/",
  "(",
  "\\d+$",
  "2026-01-01",
  "9999-12-31",
  canary,
);
const question = fc.dictionary(
  fc.constantFrom("metrics", "date_range", "dimensions", "filters", "order_by", "include", "pagination", "purpose"),
  fc.oneof(
    anything,
    word,
    fc.array(fc.oneof(word, fc.array(fc.oneof(word, fc.array(word, { maxLength: 3 })), { maxLength: 4 })), {
      maxLength: 3,
    }),
  ),
);

test("questions of any shape", async () => {
  await fc.assert(
    fc.asyncProperty(question, async (asked) => {
      const safe = JSON.parse(
        JSON.stringify(asked, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
      ) as Record<string, unknown>;
      const reply = await ask(server, key, safe);
      await reply.arrayBuffer();
      expect([200, 400, 403]).toContain(reply.status);
    }),
    runs,
  );
});

const path = fc.oneof(
  fc.constantFrom(
    "/",
    "/health",
    "/whose",
    "/api/v2/query",
    "/api/docs/query/schema.json",
    "/sign-in",
    "/owner/claim",
    "/sites/x/visibility",
    "/js/script.js",
    "/example",
  ),
  fc
    .tuple(fc.constantFrom("/notices/", "/stats/", "/js/", "/sites/", "/"), fc.webPath(), fc.webQueryParameters())
    .map(([a, b, c]) => `${a}${b}?${c}`),
  fc
    .string({ unit: fc.constantFrom("%", "0", "f", "/", ".", "?", "&", "=", ";", "~"), maxLength: 40 })
    .map((text) => `/stats/${text}`),
);
const headers = fc.dictionary(
  fc.constantFrom(
    "cookie",
    "authorization",
    "accept",
    "origin",
    "x-forwarded-for",
    "if-none-match",
    "accept-language",
    "sec-gpc",
  ),
  fc.oneof(
    fc.string({ unit: "grapheme-ascii", maxLength: 60 }),
    fc.constantFrom("text/html", "application/json", "Bearer x", "avow_owner=x", canary),
  ),
);

test("any method, address, header and body on every page", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"),
      path,
      headers,
      fc.string(),
      async (method, where, sent, body) => {
        const hasBody = method !== "GET" && method !== "HEAD";
        const reply = await fetch(server.url + where, {
          method,
          headers: sent,
          redirect: "manual",
          ...(hasBody ? { body } : {}),
        });
        const text = await reply.text();
        const isUnbuilt = reply.status === 503 && text.includes("not built");
        expect(reply.status < 500 || isUnbuilt, `${method} ${where} ${reply.status} ${text}`).toBe(true);
      },
    ),
    runs,
  );
});

test("afterwards the server is well and its log has no canary and no fault", async () => {
  expect((await sendEvent(server, {})).status).toBe(202);
  expect(server.lines.join("\n")).not.toContain(canary);
  expect(server.lines.filter((line) => line.includes(" fault "))).toEqual([]);
});
