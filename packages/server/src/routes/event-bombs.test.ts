// Events made to cost much: each is answered at once, and however many different ones come, memory stays what it was.
import { Agent, request } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, addSite, noticeText, ordinaryAgent, startTestServer, writeNotice } from "../test-server.ts";

let server: TestServer;
beforeAll(async () => {
  const data =
    "[page, page host, referrer, source, campaign, visit duration, time of visit, custom property, custom event]";
  server = await startTestServer({}, {}, (dir) => writeNotice(dir, "exam", noticeText("exam", "[exam.example]", data)));
  await addSite(server);
  const site = (await server.house.records.site("exam.example"))!;
  const rules = { props: ["plan", "url"], hostnames: [], blockedPages: [], blockedCountries: [] };
  await server.house.records.putSite({ ...site, rules });
});
afterAll(() => server.remove());

const connections = new Agent({ keepAlive: true, maxSockets: 32 });
afterAll(() => connections.destroy());

/** The status of one event; `fetch` would cost more than the server does. */
function post(body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "user-agent": ordinaryAgent, "content-length": Buffer.byteLength(body) };
    const sending = request(`${server.url}/api/event`, { method: "POST", agent: connections, headers }, (reply) => {
      reply.resume().on("end", () => resolve(reply.statusCode ?? 0));
    });
    sending.on("error", reject).end(body);
  });
}
const event = (more: object): string =>
  JSON.stringify({ n: "pageview", u: "https://exam.example/", d: "exam.example", ...more });
const around = (props: string): string =>
  `{"n":"pageview","u":"https://exam.example/","d":"exam.example","p":${props}}`;
const keys = (count: number, value: unknown, prefix = "k"): object =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}${at}`, value]));

test.each<[string, string, number]>([
  ["a property 100,000 objects deep", around(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`), 202],
  ["the same written as text", around(JSON.stringify(`${'{"a":'.repeat(80_000)}1${"}".repeat(80_000)}`)), 202],
  ["lists in lists that do not end", around("[".repeat(400_000)), 400],
  ["90,000 properties", event({ p: keys(90_000, 1) }), 202],
  ["50,000 properties without a value", event({ p: keys(50_000, {}) }), 202],
  ["1 MB of one property", event({ p: { plan: "x".repeat(1_000_000) } }), 400],
  ["1 MB of a property's name", event({ p: { ["x".repeat(1_000_000)]: 1 } }), 400],
  [
    "30 properties made to be masked",
    event({ p: { ...keys(28, "a@".repeat(990)), plan: "@a.b".repeat(490), url: "-_".repeat(990) } }),
    202,
  ],
  ["`__proto__` as a property", around('{"__proto__":{"plan":"x"}}'), 400],
  ["`constructor` as a property", around('{"constructor":{"prototype":{"plan":"x"}}}'), 400],
  ["`__proto__` deep within one", around('{"a":{"b":{"__proto__":{"plan":"x"}}}}'), 202],
  ["60,000 fields nobody knows", event(keys(60_000, [1], "x")), 202],
  ["a name of 1 MB", event({ n: "é".repeat(500_000) }), 400],
  ["1 MB of sites", event({ d: ",".repeat(1_000_000) }), 400],
  ["a referrer of 1 MB", event({ r: `https://x.example/${"/".repeat(1_000_000)}` }), 202],
  ["a query of nothing but signs", event({ u: `https://exam.example/?${"&=".repeat(900)}` }), 202],
])("%s is answered at once", async (_, body, status) => {
  expect(body.length).toBeLessThan(1_048_576);
  await post(event({}));
  const start = performance.now();
  expect(await post(body)).toBe(status);
  expect(performance.now() - start).toBeLessThan(1_000);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { plan?: string }).plan).toBeUndefined();
});

/** What is held after everything that is not held is gone. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

const many = 30_000;
/** 30,000 rows of these are 50 MB of text. */
const mostMegabytes = 16;
const nameOf = (at: number): string => `${at}-${"p".repeat(400)}`;

async function send(from: number, count: number): Promise<void> {
  for (let at = from; at < from + count; at += 50) {
    const bodies = Array.from({ length: 50 }, (_, more) => {
      const name = nameOf(at + more);
      return event({
        u: `https://exam.example/${name}`,
        r: `https://r${at + more}.example/${name}`,
        p: { plan: name },
      });
    });
    for (const status of await Promise.all(bodies.map(post))) expect(status).toBe(202);
  }
}

test("30,000 different paths, referrers and properties are held on disk and not in memory", async () => {
  await send(0, 3_000);
  const before = heldBytes();
  await send(3_000, many);
  expect((heldBytes() - before) / 1_048_576).toBeLessThan(mostMegabytes);
  // The control: what is held is seen by the same look.
  const held = Array.from({ length: many }, (_, at) => JSON.stringify([nameOf(at), nameOf(at), nameOf(at)]));
  expect((heldBytes() - before) / 1_048_576).toBeGreaterThan(mostMegabytes);
  expect(held).toHaveLength(many);
}, 120_000);
