// Goals, properties, rates, engagement and what visits have done, asked over HTTP: each figure worked out by hand from the traffic above it.
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

let server: TestServer;
let key: string;
let setter: string;
const at = (minute: number): string => `2026-03-01T12:${String(minute).padStart(2, "0")}:00Z`;

/** Anna (news): /, /blog/a to 40 and 60 %, 30 s; signs up as pro. Ben (direct): /blog/a to 80 %, 10 s; signs up as free, twice. Cleo (news): /. Dan (direct): /. */
const traffic: readonly (readonly [who: number, minute: number, event: Readonly<Record<string, unknown>>])[] = [
  [1, 0, { u: "https://exam.example/", r: "https://news.example/" }],
  [1, 1, { u: "https://exam.example/blog/a" }],
  [1, 2, { n: "engagement", u: "https://exam.example/blog/a", sd: 40, e: 20_000 }],
  [1, 3, { n: "engagement", u: "https://exam.example/blog/a", sd: 60, e: 10_000 }],
  [1, 4, { n: "Sign-up", u: "https://exam.example/join", p: { plan: "pro", secret: "x" } }],
  [2, 0, { u: "https://exam.example/blog/a" }],
  [2, 1, { n: "engagement", u: "https://exam.example/blog/a", sd: 80, e: 10_000 }],
  [2, 2, { n: "Sign-up", u: "https://exam.example/join", p: { plan: "free" } }],
  [2, 3, { n: "Sign-up", u: "https://exam.example/join", p: { plan: "free" } }],
  [3, 0, { u: "https://exam.example/", r: "https://news.example/" }],
  [4, 0, { u: "https://exam.example/" }],
];

beforeAll(async () => {
  const data =
    "[page, page host, referrer, source, campaign, visit duration, time of visit, scroll depth, custom event, custom property]";
  server = await startTestServer(
    { testClock: true },
    {},
    (dir) => void writeNotice(dir, "exam", noticeText("exam", "[exam.example]", data)),
  );
  await addSite(server);
  key = await addKey(server);
  setter = await addKey(server, "exam.example", ["running the installation"]);
  for (const given of [
    { goal_type: "event", event_name: "Sign-up", display_name: "Joined" },
    { goal_type: "page", page_path: "/blog/**" },
  ]) {
    expect((await set("PUT", "/api/v1/sites/goals", given)).status).toBe(200);
  }
  expect(await (await set("PUT", "/api/v1/sites/custom-props", { property: "plan" })).json()).toEqual({
    created: true,
  });
  for (const [who, minute, event] of traffic) {
    const reply = await sendEvent(server, event, { "x-avow-now": at(minute), "x-forwarded-for": `203.0.${who}.7` });
    expect([reply.status, reply.headers.get("x-plausible-dropped")]).toEqual([202, null]);
  }
});
afterAll(() => server.remove());

function set(method: string, path: string, fields: object, token = setter): Promise<Response> {
  return fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ site_id: "exam.example", ...fields }),
  });
}

function query(question: Readonly<Record<string, unknown>>): Promise<Response> {
  return ask(server, key, { date_range: ["2026-03-01", "2026-03-01"], ...question }, { "x-avow-now": at(30) });
}

async function rows(question: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const reply = await query(question);
  const body = (await reply.json()) as { error?: string; results?: { dimensions: string[]; metrics: unknown[] }[] };
  expect(body.error).toBeUndefined();
  return (body.results ?? []).map(({ dimensions, metrics }) => `${dimensions.join("|")}: ${metrics.join(", ")}`);
}

describe("hand-counted", () => {
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    [
      "goals: visitors, events, and the share of all four visitors",
      {
        metrics: ["visitors", "events", "conversion_rate"],
        dimensions: ["event:goal"],
        order_by: [["event:goal", "asc"]],
      },
      ["Joined: 2, 3, 50", "Visit /blog/**: 2, 2, 50"],
    ],
    [
      "a filter on a goal: two of four",
      { metrics: ["visitors", "conversion_rate"], filters: [["is", "event:goal", ["Joined"]]] },
      [": 2, 50"],
    ],
    [
      "by source: each converts one of four visitors, which is half of its own two",
      {
        metrics: ["visitors", "conversion_rate", "group_conversion_rate"],
        dimensions: ["visit:source"],
        filters: [["is", "event:goal", ["Joined"]]],
      },
      ["Direct / None: 1, 25, 50", "news.example: 1, 25, 50"],
    ],
    [
      "sorted by a rate, one row",
      {
        metrics: ["group_conversion_rate"],
        dimensions: ["event:page"],
        filters: [["is", "event:goal", ["Visit /blog/**"]]],
        order_by: [["group_conversion_rate", "desc"]],
        pagination: { limit: 1 },
      },
      ["/blog/a: 100"],
    ],
    [
      "properties, those that the site lists",
      {
        metrics: ["visitors", "events"],
        dimensions: ["event:props:plan"],
        filters: [["is", "event:goal", ["Joined"]]],
      },
      ["free: 1, 2", "pro: 1, 1"],
    ],
    [
      "a property that the site does not list was not kept",
      { metrics: ["events"], dimensions: ["event:props:secret"] },
      ["(none): 8"],
    ],
    [
      "scroll depth: (60 + 80) / 2; time on page: (30 + 10) / 2",
      {
        metrics: ["visitors", "scroll_depth", "time_on_page"],
        dimensions: ["event:page"],
        order_by: [["event:page", "asc"]],
      },
      ["/: 3, , ", "/blog/a: 2, 70, 20", "/join: 2, , "],
    ],
    [
      "visits that signed up, wherever they were",
      { metrics: ["visitors", "pageviews"], filters: [["has_done", ["is", "event:goal", ["Joined"]]]] },
      [": 2, 3"],
    ],
    [
      "visits that did not",
      { metrics: ["visits", "bounce_rate"], filters: [["has_not_done", ["is", "event:name", ["Sign-up"]]]] },
      [": 2, 100"],
    ],
    [
      "where visits were entered and left",
      {
        metrics: ["visits"],
        dimensions: ["visit:entry_page", "visit:exit_page"],
        order_by: [
          ["visit:exit_page", "asc"],
          ["visits", "desc"],
        ],
      },
      ["/|/: 2", "/|/blog/a: 1", "/blog/a|/blog/a: 1"],
    ],
    [
      "channels: of two visits nothing is known",
      { metrics: ["visitors"], dimensions: ["visit:channel"], order_by: [["visit:channel", "asc"]] },
      ["Direct: 2", "Referral: 2"],
    ],
  ])("%s", async (_what, question, expected) => {
    expect(await rows(question)).toEqual(expected);
  });
});

test.each<[RegExp, Record<string, unknown>]>([
  [/^metrics: `conversion_rate` needs the dimension `event:goal`/, { metrics: ["conversion_rate"] }],
  [
    /^metrics: `group_conversion_rate` needs a dimension besides/,
    { metrics: ["group_conversion_rate"], dimensions: ["event:goal"] },
  ],
  [/^metrics: `scroll_depth` needs the dimension `event:page`/, { metrics: ["scroll_depth"] }],
  [/^metrics: `bounce_rate` cannot be asked by `event:goal`/, { metrics: ["bounce_rate"], dimensions: ["event:goal"] }],
  [/^metrics: `total_revenue` is not offered/, { metrics: ["total_revenue"] }],
  [/^filters: segments are not kept here/, { filters: [["is", "segment", [1]]] }],
  [
    /^filters: `has_done` is told by events; filter by `visit:source`/,
    { filters: [["has_done", ["is", "visit:source", ["x"]]]] },
  ],
  [
    /^filters: `has_done` cannot stand within itself/,
    { filters: [["has_done", ["has_done", ["is", "event:page", ["/"]]]]] },
  ],
  [
    /^filters: for a conversion rate `event:goal` must stand beside/,
    {
      metrics: ["conversion_rate"],
      filters: [
        [
          "or",
          [
            ["is", "event:goal", ["Joined"]],
            ["is", "event:page", ["/"]],
          ],
        ],
      ],
    },
  ],
  [/^dimensions: unknown dimension `event:props:`/, { dimensions: ["event:props:"] }],
])("400 %s", async (message, question) => {
  const reply = await query({ metrics: ["visitors"], ...question });
  expect([reply.status, ((await reply.json()) as { error: string }).error]).toEqual([
    400,
    expect.stringMatching(message),
  ]);
});

describe("goals and properties of a site", () => {
  test("are listed as they were set, and removed by their id", async () => {
    const list = async (): Promise<{ id: string; display_name: string }[]> => {
      const reply = await fetch(`${server.url}/api/v1/sites/goals?site_id=exam.example`, {
        headers: { authorization: `Bearer ${setter}` },
      });
      return ((await reply.json()) as { goals: { id: string; display_name: string }[] }).goals;
    };
    const form = new FormData();
    for (const [name, value] of [
      ["site_id", "exam.example"],
      ["goal_type", "event"],
      ["event_name", "Gone soon"],
    ] as const)
      form.set(name, value);
    const headers = { authorization: `Bearer ${setter}` };
    const made = await fetch(`${server.url}/api/v1/sites/goals`, { method: "PUT", headers, body: form });
    const goal = (await made.json()) as { id: string };
    expect(goal).toEqual({
      domain: "exam.example",
      id: goal.id,
      display_name: "Gone soon",
      goal_type: "event",
      event_name: "Gone soon",
      page_path: null,
    });
    expect((await list()).map(({ display_name }) => display_name)).toEqual(["Joined", "Visit /blog/**", "Gone soon"]);
    expect(await (await set("DELETE", `/api/v1/sites/goals/${goal.id}`, {})).json()).toEqual({ deleted: true });
    expect((await set("DELETE", `/api/v1/sites/goals/${goal.id}`, {})).status).toBe(404);
    expect(await list()).toHaveLength(2);
  });

  test("a key that asks changes nothing, and none sees another site", async () => {
    const goal = { goal_type: "event", event_name: "Mine" };
    expect((await set("PUT", "/api/v1/sites/goals", goal, key)).status).toBe(403);
    expect((await set("PUT", "/api/v1/sites/goals", { ...goal, site_id: "other.example" })).status).toBe(403);
    expect((await set("PUT", "/api/v1/sites/goals", goal, "avow_nothing")).status).toBe(401);
    expect((await query({ metrics: ["visitors"] })).status).toBe(200);
  });

  test.each([
    { goal_type: "event" },
    { goal_type: "event", event_name: "x".repeat(121) },
    { goal_type: "event", event_name: "pageview" },
    { goal_type: "page", page_path: "blog" },
    { goal_type: "other", event_name: "x" },
  ])("400 for %j", async (goal) => {
    expect((await set("PUT", "/api/v1/sites/goals", goal)).status).toBe(400);
  });
});
