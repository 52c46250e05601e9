// Every field, header and reply that the peer's public documentation of its events API names, and what is then stored.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventRow } from "@avow/store";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type TestServer, addSite, noticeText, ordinaryAgent, startTestServer, writeNotice } from "../test-server.ts";

const everything =
  "[page, page host, referrer, source, campaign, visit duration, scroll depth, time of visit, device type, operating system, browser, browser version, country, region, city, custom event, custom property]";
const tables = mkdtempSync(join(tmpdir(), "avow-conformance-"));
const table = (name: string, text: string): string => {
  writeFileSync(join(tables, name), text);
  return join(tables, name);
};
let server: TestServer;
const rows: EventRow[] = [];

beforeAll(async () => {
  const settings = {
    countryTable: table("countries.csv", "203.0.113.0/24,NL\n198.51.100.0/24,FR\n"),
    regionTable: table("regions.csv", "203.0.113.0/24,NL-UT,Utrecht\n"),
    datacentres: table("datacentres.txt", "192.0.2.0/24\n"),
    spamReferrers: table("spam.txt", "spam.example\n"),
  };
  server = await startTestServer(settings, {}, (dir) =>
    writeNotice(dir, "dummy", noticeText("dummy", "[dummy.site, other.site]", everything)),
  );
  for (const domain of ["dummy.site", "other.site"]) {
    await addSite(server, domain, "dummy");
    const site = (await server.house.records.site(domain))!;
    const rules = { props: ["author", "logged_in", "url"], hostnames: [], blockedPages: [], blockedCountries: [] };
    await server.house.records.putSite({ ...site, rules });
  }
  const { events } = server.house;
  const append = events.append.bind(events);
  vi.spyOn(events, "append").mockImplementation(async (row) => {
    rows.push(row);
    await append(row);
  });
});
beforeEach(() => void rows.splice(0));
afterAll(async () => {
  await server.remove();
  rmSync(tables, { recursive: true });
});

let person = 0;
/** A visitor of their own unless the test names an address. */
function post(event: object | string, headers: Record<string, string> = {}): Promise<Response> {
  person += 1;
  const from = { "x-forwarded-for": `100.64.${person}.1`, "user-agent": ordinaryAgent };
  const body = typeof event === "string" ? event : JSON.stringify(event);
  return fetch(`${server.url}/api/event`, { method: "POST", body, headers: { ...from, ...headers } });
}
const pageview = { name: "pageview", url: "http://dummy.site", domain: "dummy.site" };
const short = { n: "pageview", u: "http://dummy.site", d: "dummy.site" };

async function accepted(reply: Promise<Response>): Promise<string | null> {
  const { status, headers, ...rest } = await reply;
  expect([status, await (await reply).text(), rest]).toEqual([202, "ok", expect.anything() as unknown]);
  return headers.get("x-plausible-dropped");
}

describe("requests", () => {
  test.each(["application/json", "text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded"])(
    "the body is JSON whatever its content type says: %s",
    async (type) => {
      expect(await accepted(post(pageview, { "content-type": type }))).toBeNull();
      expect(rows).toMatchObject([{ site: "dummy.site", name: "pageview", dimensions: { page: "/" } }]);
    },
  );

  test("long names and short ones are the same, the shorter first", async () => {
    await accepted(post(pageview));
    await accepted(post(short));
    await accepted(post({ ...short, name: "Signup", url: "http://dummy.site/other" }));
    const told = rows.map(({ site, name, dimensions }) => ({ site, name, dimensions }));
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });

  test("several sites by comma, each counted, each drop told", async () => {
    expect(await accepted(post({ ...short, d: "dummy.site, www.other.site,gone.site" }))).toBe("1");
    expect(rows.map(({ site }) => site)).toEqual(["dummy.site", "other.site"]);
  });

  test("referrer, and the tags of the URL", async () => {
    const url = "http://dummy.site/a?utm_source=Google&utm_medium=cpc&utm_campaign=spring&utm_content=b&utm_term=c";
    await accepted(post({ ...pageview, url, referrer: "https://www.bing.com/search?q=x" }));
    expect(rows[0]?.dimensions).toMatchObject({
      source: "Google",
      channel: "Paid Search",
      referrer: "bing.com/search",
      utm_source: "Google",
      utm_medium: "cpc",
      utm_campaign: "spring",
      utm_content: "b",
      utm_term: "c",
    });
  });

  test.each(["props", "p", "m", "meta"])("custom properties under `%s`, as an object or as text", async (key) => {
    const props = { author: "John Doe", logged_in: false, unlisted: 1 };
    await accepted(post({ ...pageview, [key]: props }));
    await accepted(post({ ...pageview, [key]: JSON.stringify(props) }));
    const kept = { author: "John Doe", logged_in: "false" };
    expect(rows.map((row) => row.props)).toEqual([kept, kept]);
  });

  test("custom events, not interactive where they say so, alone or with the long name", async () => {
    await accepted(post({ ...pageview, name: "Signup", interactive: false }));
    await accepted(post({ ...short, n: "Signup", i: false }));
    await accepted(post({ ...short, n: 404 }));
    expect(rows.map(({ name, interactive }) => [name, interactive])).toEqual([
      ["Signup", false],
      ["Signup", false],
      ["404", true],
    ]);
  });

  test("revenue, valid or not, is no error", async () => {
    for (const revenue of [{ currency: "USD", amount: 1322.22 }, { currency: "nonsense" }, "12"])
      expect(await accepted(post({ ...pageview, name: "Purchase", revenue }))).toBeNull();
  });

  test("hash mode, the version and the width of older trackers", async () => {
    await accepted(post({ ...short, u: "http://dummy.site/app#/inbox", h: 1, v: 36, w: 1280 }));
    expect(rows[0]?.dimensions.page).toBe("/app#/inbox");
  });

  test("engagement, after a page view of the same visitor", async () => {
    const from = { "x-forwarded-for": "203.0.113.9" };
    expect(await accepted(post({ ...short, n: "engagement", sd: 40, e: 5_000 }, from))).toBe("1");
    await accepted(post(short, from));
    expect(await accepted(post({ ...short, n: "engagement", sd: 140, e: 5_000 }, from))).toBeNull();
    expect(rows[1]).toMatchObject({ name: "engagement", scrollDepth: 100, engagedMs: 5_000, interactive: false });
  });
});

describe("headers", () => {
  test("X-Forwarded-For says where, its first address; region and city from the operator's table", async () => {
    await accepted(post(short, { "x-forwarded-for": "203.0.113.77, 198.51.100.1" }));
    expect(rows[0]?.dimensions).toMatchObject({ country: "NL", region: "NL-UT", city: "Utrecht" });
    expect(JSON.stringify(rows)).not.toContain("203.0.113");
  });

  test("X-Debug-Request answers 200 with the address as it was used, and counts the event", async () => {
    const reply = await post(short, { "x-debug-request": "true", "x-forwarded-for": "203.0.113.77" });
    expect([reply.status, await reply.text()]).toEqual([200, "203.0.113.0"]);
    expect(rows).toHaveLength(1);
  });

  test("X-Plausible-IP-Type is believed from a trusted proxy, and from nobody else", async () => {
    expect(await accepted(post(short, { "x-plausible-ip-type": "dc_ip" }))).toBe("1");
    const anonymous = { "x-plausible-ip-type": "anonymous_vpn_ip", "x-forwarded-for": "203.0.113.77" };
    expect(await accepted(post(short, anonymous))).toBeNull();
    expect(rows[0]?.dimensions).not.toHaveProperty("country");
    const closed = await startTestServer({ trustedProxies: [] });
    try {
      await addSite(closed);
      const headers = { "x-plausible-ip-type": "dc_ip", "user-agent": ordinaryAgent };
      const body = JSON.stringify({ n: "pageview", u: "https://exam.example/" });
      const reply = await fetch(`${closed.url}/api/event`, { method: "POST", body, headers });
      expect(reply.headers.get("x-plausible-dropped")).toBeNull();
    } finally {
      await closed.remove();
    }
  });

  test("the User-Agent gives browser, system and device; a robot's is dropped", async () => {
    await accepted(post(short));
    expect(rows[0]?.dimensions).toMatchObject({ browser: "Chrome", os: "GNU/Linux", device: "Desktop" });
    for (const agent of ["Googlebot/2.1 (+http://www.google.com/bot.html)", "Mozilla/5.0 HeadlessChrome/141.0.0.0"])
      expect(await accepted(post(short, { "user-agent": agent })), agent).toBe("1");
  });
});

describe("what is dropped is answered 202 with its count", () => {
  test.each<[string, object, Record<string, string>?]>([
    ["an unknown site", { ...short, d: "gone.site" }],
    ["an invented referrer", { ...short, r: "https://semalt.com/" }],
    ["one of the operator's", { ...short, r: "https://www.spam.example/x" }],
    ["an address of the operator's datacentres", short, { "x-forwarded-for": "192.0.2.7" }],
    ["a page of nobody's notice", { ...short, u: "https://foreign.example/" }],
  ])("%s", async (_, event, headers) => {
    expect(await accepted(post(event, headers))).toBe("1");
    expect(rows).toEqual([]);
  });

  test("JP6 a page of the visitor's own machine counts here, where only this machine reaches the server", async () => {
    expect(await accepted(post({ ...short, u: "http://localhost:3000/try" }))).toBeNull();
    const open = await startTestServer({ host: "0.0.0.0" });
    try {
      await addSite(open);
      const body = JSON.stringify({ n: "pageview", u: "http://localhost:3000/try", d: "exam.example" });
      const headers = { "user-agent": ordinaryAgent };
      const url = `${open.url.replace("0.0.0.0", "127.0.0.1")}/api/event`;
      const send = async (): Promise<string | null> =>
        (await fetch(url, { method: "POST", body, headers })).headers.get("x-plausible-dropped");
      expect(await send()).toBe("1");
      const site = (await open.house.records.site("exam.example"))!;
      const rules = { props: [], hostnames: ["localhost"], blockedPages: [], blockedCountries: [] };
      await open.house.records.putSite({ ...site, rules });
      await vi.waitFor(async () => expect(await send()).toBeNull(), { timeout: 5_000, interval: 200 });
    } finally {
      await open.remove();
    }
  });
});
