// The pages of a real server as visitors, browsers without script, programs and the owner meet them.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, noticeText, ordinaryAgent, sendEvent, startTestServer, writeNotice } from "../test-server.ts";

const now = { "x-avow-now": "2026-03-10T12:00:00Z" };
const canary = "Canary9x3";
let server: TestServer;
let cookie: string;

beforeAll(async () => {
  server = await startTestServer({ testClock: true }, {}, (dir) => {
    const promises = `promises:
  - { id: no-public, never: { data: [IP address], to: public } }
  - { id: ask, questions: controller }
  - { id: word, says: "We are kind." }
page: [{ What we collect: [web-traffic] }, { What we promise: [no-public, ask, word] }]
words: { web-traffic: "<b>${canary}</b> & counts" }
`;
    const text = noticeText("exam", "[exam.example, small.exam.example, spare.example]").replace(
      /page: \[\{ What.*\n/,
      promises,
    );
    writeNotice(dir, "exam", text);
    writeNotice(dir, "idle", noticeText("idle", "[idle.example]", "[page, time of visit]"));
  });
  const site = { notice: "exam", timeZone: "UTC", createdAtMs: 0 } as const;
  await server.house.records.putSite({ ...site, domain: "exam.example", isPublic: true, scriptId: "one1one1" });
  await server.house.records.putSite({ ...site, domain: "small.exam.example", isPublic: true, scriptId: "two2two2" });
  await server.house.records.putSite({ ...site, domain: "spare.example", isPublic: false, scriptId: "six6six6" });
  await sendViews();
  cookie = await claim();
});
afterAll(() => server.remove());

/** 30 visitors from Firefox's majority, 4 of something rare: on the public page the 4 must not be found. */
async function sendViews(): Promise<void> {
  for (let index = 0; index < 34; index += 1) {
    const isRare = index >= 30;
    const headers = {
      ...now,
      "x-forwarded-for": `192.0.${index}.1`,
      "user-agent": isRare ? "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0" : ordinaryAgent,
    };
    const u = isRare ? "https://exam.example/rare" : `https://exam.example/${index % 2 === 0 ? "even" : "odd"}`;
    expect((await sendEvent(server, { u }, headers)).headers.get("x-plausible-dropped")).toBeNull();
  }
  for (let index = 0; index < 3; index += 1) {
    const headers = { ...now, "x-forwarded-for": `198.51.${index}.1` };
    await sendEvent(server, { d: "small.exam.example", u: "https://small.exam.example/" }, headers);
  }
}

async function claim(): Promise<string> {
  const token = new URL(server.ownerLink ?? "").searchParams.get("token") ?? "";
  const body = new URLSearchParams({ token, name: "Ada", password: "correct horse battery" });
  // The session lasts 14 days from the clock of the request that made it.
  const reply = await fetch(`${server.url}/owner/claim`, { method: "POST", body, redirect: "manual", headers: now });
  if (reply.status === 303 && reply.headers.get("set-cookie") !== null)
    return (reply.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  throw new Error(`not claimed: ${reply.status}`);
}

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, { headers: { accept: "text/html", ...now, ...headers }, redirect: "manual" });
const read = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await (await get(path, headers)).text()).replaceAll(/\s+/g, " ");
const words = (page: string): string => page.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

test.each([
  "/",
  "/notices/exam",
  "/notices/idle",
  "/stats/exam.example",
  "/sign-in",
  "/whose",
  "/whose?url=exam.example",
  "/absent",
  "/settings",
  "/stats/spare.example",
])("PS2 JP11 %s works without script and cookie, loads nothing of others, carries a contact", async (path) => {
  const reply = await get(path);
  expect(reply.headers.get("set-cookie")).toBeNull();
  expect(reply.headers.get("content-type")).toMatch(/^text\/html/);
  expect(reply.headers.get("cache-control")).toBe("no-store");
  expect(reply.headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
  expect(reply.headers.get("content-security-policy")).not.toContain("script-src");
  const page = (await reply.text()).replaceAll(/\s+/g, " ");
  expect(page).not.toMatch(/<script| on\w+="| style="/);
  expect(page).toMatch(/<footer.*Questions:/);
  // A feed is named for readers and loaded by none of the page.
  const resources = [...page.matchAll(/<(?:link(?! rel="alternate")|img|script)[^>]*(?:href|src)="([^"]*)"/g)].map(
    ([, address]) => address,
  );
  expect(resources.length).toBeGreaterThan(0);
  for (const address of resources) expect(address).toMatch(/^\/assets\//);
});

test("the stylesheet has an ETag, may be kept, and names no other address", async () => {
  const path = /href="(\/assets\/avow\.[^"]+)"/.exec(await read("/"))?.[1] ?? "";
  const reply = await get(path);
  expect(reply.status).toBe(200);
  expect(reply.headers.get("cache-control")).toContain("immutable");
  expect(await reply.text()).not.toMatch(/url\(|@import|@font-face/);
  expect((await get(path, { "if-none-match": reply.headers.get("etag") ?? "" })).status).toBe(304);
});

async function storedRows(): Promise<number> {
  return (await server.house.events.days()).reduce((sum, { rows }) => sum + rows, 0);
}

describe("the living notice", () => {
  test("prose is escaped, the generated sentence beside it, each clause with state and evidence", async () => {
    const page = await read("/notices/exam");
    expect(page).toContain(`&lt;b&gt;${canary}&lt;/b&gt; &amp; counts`);
    expect(page).toContain("<b>In effect:</b>");
    const text = words(page);
    expect(text).toContain("4 clauses: 3 enforced, 1 only said");
    expect(text).toMatch(/● ?enforced on exam\.example, small\.exam\.example and spare\.example/);
    expect(text).toMatch(/○ ?only said/);
    expect(text).toMatch(/last permitted .* this server/);
    expect(text).toMatch(/Permitted under it so far: about \d+;/);
  });

  test("JSON has the same states; both ways of asking give it", async () => {
    for (const [path, accept] of [
      ["/notices/exam.json", "*/*"],
      ["/notices/exam", "application/json"],
    ] as const) {
      const reply = await get(path, { accept });
      expect(reply.headers.get("cache-control")).toBe("no-store");
      expect(await reply.json()).toMatchObject({
        notice: "exam",
        contact: "privacy@exam.example",
        states: { enforced: 3, "only said": 1, broken: 0 },
        yourVisit: { site: "exam.example" },
      });
    }
  });

  test("PI3 nobody learns from the page when somebody visited: evidence is told by the hour", async () => {
    const told = JSON.stringify(await (await get("/notices/exam.json")).json());
    const counted = [...told.matchAll(/"at":"([^"]+)","what":"last (?:permitted|refused)/g)].map(([, at]) => at);
    expect(counted.length).toBeGreaterThan(0);
    for (const at of counted) expect(at).toMatch(/T\d\d:00:00\.000Z$/);
  });

  test("a command it offers for a notice of one's own says where to look", async () => {
    expect(words(await read("/notices/exam"))).toContain("avow -- explain exam --notices DIR --data");
  });

  test("a notice without a site shows nothing to be proud of", async () => {
    const text = words(await read("/notices/idle"));
    expect(text).toContain("No site runs under this notice, so there is nothing to show.");
    expect(text).not.toContain("●");
  });

  test("evidence older than 48 hours no longer counts", async () => {
    const tooLate = new Date(Date.now() + 49 * 3_600_000).toISOString();
    expect(words(await read("/notices/exam", { "x-avow-now": tooLate }))).toContain(
      "4 clauses: 2 enforced, 1 only said, 1 not shown yet",
    );
  });

  test("when evidence cannot be read the page says since when, and shows no old ●", async () => {
    const { evidence } = server.house.records;
    const broken = { ...server.house.records, evidence: () => Promise.reject(new Error("disk")) };
    Object.defineProperty(server.house, "records", { value: broken, configurable: true, writable: true });
    try {
      const text = words(await read("/notices/exam"));
      expect(text).toContain("Evidence unavailable since 12:00 UTC; the notice still binds.");
      expect(text).not.toMatch(/[●◔] ?enforced[^.]*\.example[^–]*last permitted/);
    } finally {
      Object.defineProperty(server.house, "records", {
        value: { ...broken, evidence },
        configurable: true,
        writable: true,
      });
    }
    expect(words(await read("/notices/exam"))).not.toContain("Evidence unavailable");
  });

  test("your visit: what came is shown to its sender, what would be written is the collector's own answer, nothing is stored", async () => {
    const before = await storedRows();
    const agent = `${ordinaryAgent} <i>${canary}</i>`;
    const page = await read("/notices/exam", { "user-agent": agent, "x-forwarded-for": "203.0.113.77" });
    expect(page).toContain(`&lt;i&gt;${canary}&lt;/i&gt;`);
    const text = words(page);
    for (const part of ["203.0.113.77", "cut to 203.0.113.0", "Chrome", "GNU/Linux", "two random numbers"])
      expect(text).toContain(part);
    const { yourVisit } = (await (
      await get("/notices/exam.json", { "x-forwarded-for": "203.0.113.77", "user-agent": ordinaryAgent })
    ).json()) as {
      yourVisit: { written: { what: string; clause: string }[] };
    };
    expect(yourVisit.written.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["page", "browser", "operating system", "device type"]),
    );
    expect(new Set(yourVisit.written.map(({ clause }) => clause))).toEqual(new Set(["web-traffic"]));
    expect(await storedRows()).toBe(before);
  });

  test.each([{ "sec-gpc": "1" }, { dnt: "1" }])("%j: your browser said no", async (signal) => {
    const text = words(await read("/notices/exam", { ...signal, "user-agent": ordinaryAgent }));
    expect(text).toContain("Your browser said no: nothing is written.");
    expect(text).not.toContain("two random numbers");
  });
});

describe("PI3 the bulletin", () => {
  const today = "/stats/exam.example?period=custom&from=2026-03-10&to=2026-03-10";
  const tomorrow = { "x-avow-now": "2026-03-11T12:00:00Z" };

  test("the public sees no group under the minimum, and no total that gives it away", async () => {
    const text = words(await read(today, tomorrow));
    expect(text).toContain("had 34 visits");
    expect(text).not.toContain("/rare");
    expect(text).not.toContain("Firefox");
    expect(text).not.toMatch(/\b(?:4|30)\b visitors| Chrome 30 /);
    expect(text).toContain("other (groups under 10)");
    expect(text).toContain("Not knowable here: who came back another day.");
  });

  test("filters do not help the public; the owner sees exact rows and may filter (positive control)", async () => {
    const asked = words(await read(`${today}&browser=Firefox`, tomorrow));
    expect(asked).toContain("had 34 visits");
    expect(asked).not.toContain("Only visits with");
    const owner = words(await read(today, { cookie }));
    expect(owner).toMatch(/\/rare 4 12 %/);
    expect(owner).toMatch(/Chrome 30/);
    const filtered = words(await read(`${today}&browser=Firefox`, { cookie }));
    expect(filtered).toContain("had 4 visits");
    expect(filtered).toContain("browser Firefox");
    expect(words(await read(`${today}&as=public`, { cookie }))).not.toContain("/rare");
  });

  test("a day with fewer visitors than the minimum has no figures at all", async () => {
    const text = words(await read("/stats/small.exam.example?period=custom&from=2026-03-10&to=2026-03-10", tomorrow));
    expect(text).toContain("fewer than 10 visitors");
    expect(text).not.toMatch(/\b3 visit/);
    expect(words(await read("/stats/small.exam.example?period=today", { cookie }))).toContain("had 3 visits");
  });

  test("what the notice does not declare is not shown, and said", async () => {
    await server.house.records.putSite({
      domain: "idle.example",
      notice: "idle",
      timeZone: "UTC",
      isPublic: false,
      scriptId: "ten0ten0",
      createdAtMs: 0,
    });
    await sendEvent(server, { d: "idle.example", u: "https://idle.example/" }, now);
    const text = words(await read("/stats/idle.example?period=today", { cookie }));
    expect(text).toContain("had 1 visit");
    expect(text).toContain("The notice does not collect: sources, countries, devices, browsers and systems.");
    expect(text).not.toContain("GNU/Linux");
  });

  test("a private site looks like one that is not there, except to the owner", async () => {
    const [hidden, absent] = [await get("/stats/spare.example"), await get("/stats/nobody.example")];
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect((await hidden.text()).replaceAll("spare", "X")).toBe((await absent.text()).replaceAll("nobody", "X"));
    const own = words(await read("/stats/spare.example", { cookie }));
    expect(own).toContain("Nothing arrived yet");
    expect(own).toContain("data-domain=&quot;spare.example&quot;");
  });

  test.each(["from=2026-13-01&to=2026-01-01", "from=2026-02-02&to=2026-02-01", "from=2001-01-01&to=2026-01-01", ""])(
    "a period that cannot be (%s) is told, with a shorter one offered",
    async (query) => {
      const reply = await get(`/stats/exam.example?period=custom&${query}`);
      expect(reply.status).toBe(400);
      expect(await reply.text()).toContain("period=7d");
    },
  );
});

test("JP4 JP5 whose: covered, not covered, and no address", async () => {
  expect(words(await read("/whose?url=https://exam.example/x"))).toContain("exam.example is covered by Notice exam");
  const [other, none] = [await get("/whose?url=colab.example.com"), await get("/whose?url=%00")];
  expect([other.status, none.status]).toEqual([404, 400]);
  expect(await other.text()).toMatch(/ask colab\.example\.com(?:&#39;|')s operator/);
});

test("JP11 a refusal is a page for browsers, with the contact, and JSON for programs", async () => {
  const page = await get("/no/such/<script>");
  expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
  expect(await page.text()).toMatch(/Questions:/);
  expect((await get("/no/such", { accept: "application/json" })).headers.get("content-type")).toContain("json");
  expect((await get("/settings")).status).toBe(403);
});

describe("PI3 the running day", () => {
  const today = "/stats/exam.example?period=custom&from=2026-03-10&to=2026-03-10";
  const later = { "x-avow-now": "2026-03-10T13:00:00Z" };

  test("moves on for the public by groups: two looks never differ by one visitor", async () => {
    const before = words(await read(today));
    expect(before).toContain(
      "had 34 visits. Today's figures move on by groups of at least 10 visitors.".replace("'", "&#39;"),
    );
    for (let index = 0; index < 9; index += 1) {
      const u = "https://exam.example/odd";
      await sendEvent(server, { u }, { ...later, "x-forwarded-for": `192.1.${index}.1` });
      expect(words(await read(today, later))).toBe(before);
    }
    expect(words(await read(today, { cookie, ...later }))).toContain("had 43 visits");
    await sendEvent(server, { u: "https://exam.example/odd" }, { ...later, "x-forwarded-for": "192.1.9.1" });
    expect(words(await read(today, later))).toContain("had 44 visits");
  });
});
