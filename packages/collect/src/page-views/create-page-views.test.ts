// The whole pipeline over compiled notices: what becomes of an event, by clause and by field.
import { expect, test } from "vitest";
import { dropReasons } from "./steps.ts";
import { agent, atMs, client, collected, dimensionsOf, house, ordinary, refusedOf, rowsIn } from "./test-house.ts";

test("a page view becomes one row in the declared form, under its practice and version, on the site's own day", () => {
  const { collector, policy, sightings, lookups } = house();
  const event = {
    u: "https://www.exam.example/caf%C3%A9?utm_source=hn&utm_medium=social&utm_campaign=Spring+Fair&secret=1#x",
    r: "https://news.ycombinator.com/item?id=1",
  };
  expect(collected(collector, event)).toEqual({
    rows: [
      {
        site: "exam.example",
        day: "2026-11-21",
        at: Math.floor(atMs / 1000),
        visitor: 11,
        visit: 22,
        name: "pageview",
        interactive: true,
        practice: "web-traffic",
        version: policy.version,
        dimensions: {
          page: "/café",
          hostname: "exam.example",
          referrer: "news.ycombinator.com/item",
          source: "Hacker News",
          channel: "Organic Social",
          utm_source: "hn",
          utm_medium: "social",
          utm_campaign: "Spring Fair",
          country: "NL",
          device: "Desktop",
          browser: "Chrome",
          browser_version: "126.0",
          os: "Windows",
          os_version: "10",
        },
      },
    ],
    dropped: [],
    masked: 0,
    undeclared: 0,
  });
  expect(lookups).toEqual(["203.0.113.0"]);
  expect(sightings).toEqual([
    {
      site: "exam.example",
      day: "2026-11-21",
      at: Math.floor(atMs / 1000),
      truncatedAddress: "203.0.113.0",
      userAgent: agent,
    },
  ]);
});

test("PI3 only declared dimensions exist; what is not declared is not even looked up", () => {
  const { collector, lookups, gate } = house({ data: "page, browser" });
  const event = { u: "https://exam.example/?utm_source=x&ref=y", r: "https://x.example/a" };
  expect(dimensionsOf(collector, event)).toEqual({ page: "/", browser: "Chrome" });
  expect(lookups).toEqual([]);
  expect(refusedOf({ gate })).toEqual(["web-traffic: undeclared data 2"]);
});

test("PY2 undeclared keys and properties are dropped and counted, the declared part is kept", () => {
  const { collector, gate } = house();
  const result = collected(collector, { city: "Utrecht", e_mail: "ada@example.org", p: { plan: "pro", seats: 3 } });
  expect(result).toMatchObject({ undeclared: 4, dropped: [] });
  expect(JSON.stringify(result.rows)).not.toMatch(/Utrecht|ada|pro"/);
  expect(refusedOf({ gate })).toEqual(["web-traffic: undeclared data 4"]);
});

test("a source is kept under `source` or `referrer`; a referrer only under its own term", () => {
  const event = { r: "https://www.google.com/search?q=secret" };
  expect(dimensionsOf(house({ data: "page, source" }).collector, event)).toEqual({
    page: "/",
    source: "Google",
    channel: "Organic Search",
  });
  expect(dimensionsOf(house({ data: "page, referrer" }).collector, event)).toEqual({
    page: "/",
    source: "Google",
    channel: "Organic Search",
    referrer: "google.com/search",
  });
});

test.each([
  ["https://exam.example/other"],
  ["https://www.exam.example/"],
  ["http://localhost:3000/x"],
  ["javascript:alert(1)"],
  ["nonsense"],
  [""],
])("referrer %s says nothing", (r) =>
  expect(Object.keys(dimensionsOf(house().collector, { r }) ?? {})).not.toContain("source"),
);

test("a tag names the source before the referrer does", () => {
  const { collector } = house();
  const of = (query: string) =>
    dimensionsOf(collector, { u: `https://exam.example/?${query}`, r: "https://www.bing.com/" })?.source;
  expect(of("utm_source=FACEBOOK&source=x")).toBe("Facebook");
  expect(of("source=Newsletter&ref=y")).toBe("Newsletter");
  expect(of("ref=producthunt")).toBe("Product Hunt");
  expect(of("utm_source=")).toBe("Bing");
});

test("custom events need a declaration of their own", () => {
  const plain = house();
  expect(collected(plain.collector, { n: "Signup" })).toMatchObject({
    rows: [],
    dropped: [{ reason: "undeclared event", count: 1 }],
  });
  // Nothing was written, so nothing may stand in the evidence as permitted.
  expect(plain.gate.drain().map(({ outcome, reason, count }) => [outcome, reason, count])).toEqual([
    ["refused", "undeclared data", 1],
  ]);
  expect(plain.sightings).toEqual([]);
  const { collector } = house({ data: `${ordinary}, custom event` });
  expect(collected(collector, { n: "Signup", i: false }).rows[0]).toMatchObject({ name: "Signup", interactive: false });
  expect(collected(collector, { n: "Mail to ada@example.org" }).rows[0]?.name).toBe("Mail to [e-mail]");
});

test("engagement extends a visit under the declared duration, and starts none", () => {
  const { collector } = house({ data: `${ordinary}, scroll depth` });
  const engagement = { n: "engagement", sd: 80, e: 4_000 };
  expect(collected(collector, engagement, { address: "198.51.100.1" }).dropped).toEqual([
    { reason: "no visit to extend", count: 1 },
  ]);
  collected(collector, {});
  expect(collected(collector, engagement).rows[0]).toMatchObject({
    name: "engagement",
    interactive: false,
    visit: 22,
    scrollDepth: 80,
    engagedMs: 4_000,
  });
  expect(collected(house({ data: "page" }).collector, engagement).dropped).toEqual([
    { reason: "undeclared event", count: 1 },
  ]);
});

test("a refusal signal is honoured where the practice is opt-out, before anything else is looked at", () => {
  const optOut = house();
  expect(collected(optOut.collector, {}, { signal: true })).toMatchObject({
    rows: [],
    dropped: [{ reason: "refusal signal", count: 1 }],
  });
  expect(refusedOf(optOut)).toEqual(["web-traffic: refused by a signal 1"]);
  expect([...optOut.sightings, ...optOut.lookups]).toEqual([]);
  expect(collected(house({ when: "always" }).collector, {}, { signal: true }).rows).toHaveLength(1);
  expect(collected(house({ when: "opt-in" }).collector, {})).toMatchObject({
    rows: [],
    dropped: [{ reason: "not declared", count: 1 }],
  });
});

test("JP4 JP6 unknown, uncovered and nothing-storing sites are dropped, in whoever's name they come", () => {
  const covers =
    'exam.example, { host: viewer.exam.example, stores: nothing, caution: "Not for sensitive documents." }';
  const all = house({ covers }, ["exam.example", "viewer.exam.example", "foreign.example"]);
  const of = (event: object) => collected(all.collector, event).dropped.map(({ reason }) => reason);
  expect(of({ d: "unknown.example" })).toEqual(["unknown site"]);
  expect(of({ d: "foreign.example" })).toEqual(["outside the notice"]);
  expect(of({ d: "viewer.exam.example" })).toEqual(["stores nothing"]);
  expect(of({ u: "https://viewer.exam.example/secret" })).toEqual(["stores nothing"]);
  expect(of({ u: "https://VIEWER.exam.example.:8443/secret" })).toEqual(["stores nothing"]);
  expect(all.sightings).toEqual([]);
  expect(of({})).toEqual([]);
});

test("many sites: each is judged by itself", () => {
  const { collector } = house({ covers: "exam.example, other.example" }, ["exam.example", "other.example"]);
  const result = collected(collector, { d: "exam.example,www.other.example,gone.example" });
  expect(result.rows.map(({ site }) => site)).toEqual(["exam.example", "other.example"]);
  expect(result.dropped).toEqual([{ reason: "unknown site", count: 1 }]);
});

test("robots are dropped, HeadlessChrome among them", () => {
  for (const userAgent of ["curl/8.5.0", agent.replace("Chrome/", "HeadlessChrome/")]) {
    expect(collected(house().collector, {}, { userAgent }).dropped).toEqual([{ reason: "robot", count: 1 }]);
  }
});

test("what may not be read is not looked at", () => {
  const blind = house({ reads: "" });
  expect(dimensionsOf(blind.collector, {})).toEqual({ page: "/", hostname: "exam.example" });
  expect(blind.sightings).toMatchObject([{ truncatedAddress: "", userAgent: "" }]);
  expect(blind.lookups).toEqual([]);
});

test("personal parts are masked and counted", () => {
  const { collector, gate } = house();
  const event = {
    u: "https://exam.example/u/ada%40example.org/9f86d081884c7d659a2feaa0c55ad015?utm_content=203.0.113.77",
    r: "https://x.example/in/bob@example.org",
  };
  const result = collected(collector, event);
  expect(result.masked).toBe(4);
  expect(result.rows[0]?.dimensions).toMatchObject({
    page: "/u/[e-mail]/[token]",
    utm_content: "[own]",
    referrer: "x.example/in/[e-mail]",
  });
  expect(refusedOf({ gate })).toEqual(["web-traffic: masked as personal 4"]);
});

test("data that may not be held together is not kept together", () => {
  const { collector } = house({
    data: "page, country, browser",
    more: "{ id: promise, never: { together: [country, browser] } }",
  });
  expect(dimensionsOf(collector, {})).toEqual({ page: "/", country: "NL" });
});

test("a preview writes what the collector would, numbers nobody and counts nothing", () => {
  const { collector, gate, sightings } = house();
  const input = { body: '{"n":"pageview","u":"https://exam.example/a","d":"exam.example","city":"x"}', client, atMs };
  const preview = rowsIn(collector.preview(input));
  expect(sightings).toEqual([]);
  expect(gate.drain()).toEqual([]);
  const real = rowsIn(collector.collect(input));
  expect(preview).toEqual({ ...real, rows: real.rows.map((row) => ({ ...row, visitor: 0, visit: 0 })) });
  expect(collector.preview({ ...input, client: { ...client, signal: true } })).toMatchObject({
    dropped: [{ reason: "refusal signal" }],
  });
  expect(collector.drops().get("refusal signal")).toBe(0);
});

test("drops are counted by reason since the start", () => {
  const { collector } = house();
  collected(collector, { d: "a.example,b.example" });
  collected(collector, {}, { signal: true });
  expect(Object.fromEntries(collector.drops())).toEqual({
    ...Object.fromEntries(dropReasons.map((reason) => [reason, 0])),
    "unknown site": 2,
    "refusal signal": 1,
  });
});

test("an event that is wrong is answered field by field", () => {
  expect(house().collector.collect({ body: "{}", client, atMs })).toEqual({
    invalid: { name: ["is required"], url: ["is required"] },
  });
});
