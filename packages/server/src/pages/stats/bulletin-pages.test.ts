// What the owner has beside the bulletin everybody sees: more tables, the last half hour, every site at once, and figures to take along.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashSecret } from "../../owner/secret.ts";
import { type TestServer, noticeText, sendEvent, startTestServer, writeNotice } from "../../test-server.ts";

let server: TestServer;
let cookie: string;
const now = { "x-avow-now": "2026-03-10T12:00:00Z" };
const site = { timeZone: "UTC", createdAtMs: 0, isPublic: true } as const;

beforeAll(async () => {
  const data =
    "[page, page host, referrer, source, campaign, visit duration, time of visit, device type, operating system, browser, country, custom event, custom property]";
  server = await startTestServer(
    { testClock: true },
    {},
    (dir) => void writeNotice(dir, "exam", noticeText("exam", "[exam.example, quiet.exam.example]", data)),
  );
  const rules = { props: ["plan"], hostnames: [], blockedPages: [], blockedCountries: [] };
  const goals = [{ label: "Joined", event: "Sign-up" }];
  await server.house.records.putSite({
    ...site,
    domain: "exam.example",
    notice: "exam",
    scriptId: "one1one1",
    rules,
    goals,
  });
  await server.house.records.putSite({ ...site, domain: "quiet.exam.example", notice: "exam", scriptId: "two2two2" });
  const token = new URL(server.ownerLink ?? "").searchParams.get("token") ?? "";
  const body = new URLSearchParams({ token, name: "Ada", password: "correct horse battery" });
  const reply = await fetch(`${server.url}/owner/claim`, { method: "POST", body, redirect: "manual", headers: now });
  cookie = (reply.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  for (let person = 0; person < 24; person += 1) {
    const early = { "x-avow-now": "2026-03-10T11:45:00Z", "x-forwarded-for": `203.0.${person}.9` };
    await sendEvent(server, { u: "https://exam.example/start", r: "https://news.example/" }, early);
    await sendEvent(server, { u: "https://exam.example/end" }, early);
    if (person < 3)
      await sendEvent(
        server,
        { n: "Sign-up", p: { plan: "=cmd|' /C calc'!A0" } },
        {
          ...early,
          "x-avow-now": "2026-03-10T11:50:00Z",
        },
      );
  }
});
afterAll(() => server.remove());

async function read(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(server.url + path, { headers: { ...now, accept: "text/html", ...headers } });
}
const words = async (reply: Response): Promise<string> =>
  (await reply.text()).replaceAll(/<[^>]+>|\s+/g, " ").replaceAll(/ +/g, " ");

describe("the owner's page", () => {
  test("has tables of channels, entry and exit pages, goals and properties, each under its clause", async () => {
    const text = await words(await read("/stats/exam.example?period=today", { cookie }));
    for (const said of ["Channels by clause § web-traffic", "Entry pages", "Exit pages", "Goals", "Property plan"])
      expect(text).toContain(said);
    expect(text).toMatch(/Goals.*?Joined 3/);
    expect(text).toMatch(/Entry pages.*?\/start 24/);
    expect(text).toContain("24 visitors were here in the last half hour. Look again");
  });

  test("filters by a goal and a property together, in words that can be taken away", async () => {
    const path = "/stats/exam.example?period=today&goal=Joined&exit_page=%2Fend";
    const text = await words(await read(path, { cookie }));
    expect(text).toContain("Only visits with exit page /end and goal Joined are counted here.");
    expect(text).toMatch(/had 3 visits/);
  });

  test("the public sees none of these: what a channel has more than its sources would be a group of any size", async () => {
    const text = await words(await read("/stats/exam.example?period=today"));
    for (const hidden of ["Channels", "Entry pages", "Goals", "Property", "last half hour"])
      expect(text).not.toContain(hidden);
    expect(text).toContain("Sources");
  });
});

describe("figures to take along", () => {
  test("are those of the page, and no cell is a formula", async () => {
    const reply = await read("/stats/exam.example/bulletin.csv?period=today", { cookie });
    expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(reply.headers.get("content-disposition")).toBe(
      'attachment; filename="exam.example-2026-03-10-2026-03-10.csv"',
    );
    const lines = (await reply.text()).split("\r\n");
    expect(lines[0]).toBe("part,name,visitors,visits,page views,bounce rate,visit duration");
    expect(lines[1]).toMatch(/^total,,24,24,48,0,\d+$/);
    expect(lines).toContain("source,news.example,24,,,,");
    expect(lines).toContain("plan,'=cmd|' /C calc'!A0,3,,,,");
    expect(lines.filter((line) => line.startsWith("hour,"))).toHaveLength(24);
  });

  test("are folded for the public", async () => {
    const text = await (
      await read("/stats/exam.example/bulletin.csv?period=custom&from=2026-03-10&to=2026-03-10", {
        "x-avow-now": "2026-03-11T12:00:00Z",
      })
    ).text();
    expect(text).toContain("source,news.example,24");
    expect(text).not.toContain("calc");
  });

  test("are nobody's where the site is private", async () => {
    const found = await server.house.records.site("quiet.exam.example");
    if (found === undefined) throw new Error("no site");
    await server.house.records.putSite({ ...found, isPublic: false });
    expect((await read("/stats/quiet.exam.example/bulletin.csv")).status).toBe(404);
    expect((await read("/stats/quiet.exam.example/bulletin.csv", { cookie })).status).toBe(200);
  });
});

describe("every site at a glance", () => {
  test("is the owner's", async () => {
    expect((await read("/stats")).status).toBe(404);
    const text = await words(await read("/stats?period=today", { cookie }));
    expect(text).toContain("Today 2 sites had 24 visitors; who was on several is counted on each.");
    expect(text).toMatch(/exam\.example 24 .*quiet\.exam\.example 0/);
  });
});

async function share(
  shares: readonly { id: string; name: string; hash: string; createdAtMs: number }[],
): Promise<void> {
  const found = await server.house.records.site("exam.example");
  if (found === undefined) throw new Error("no site");
  await server.house.records.putSite({ ...found, isPublic: false, shares });
}

describe("a secret link", () => {
  const secret = "a-secret-of-256-bits-in-forty-three-letters";

  test("shows a private site as the public would see it, and its links stay below it", async () => {
    await share([{ id: "s1", name: "the board", hash: hashSecret(secret), createdAtMs: 0 }]);
    expect((await read("/stats/exam.example")).status).toBe(404);
    const reply = await read(`/share/${secret}?period=today`);
    const page = await reply.text();
    expect(reply.status).toBe(200);
    expect(page).toContain("exam.example");
    expect(page).toContain(`href="/share/${secret}?period=7d"`);
    expect(page).not.toContain('href="/stats/exam.example');
    for (const hidden of ["Property plan", "last half hour", "Channels"]) expect(page).not.toContain(hidden);
    expect((await read(`/share/${secret}/bulletin.csv?period=today`)).status).toBe(200);
    // The secret is on no line of the log.
    expect(server.lines.join("\n")).not.toContain(secret);
  });

  test("leads nowhere once it was ended, and nor does any other", async () => {
    await share([]);
    for (const each of [secret, "x", "..%2f", "a".repeat(5000)])
      expect((await read(`/share/${each}`)).status).toBeGreaterThanOrEqual(404);
    expect((await read(`/share/${secret}/bulletin.csv`)).status).toBe(404);
  });
});
