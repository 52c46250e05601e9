// PY5, PI6: a living notice dates its last change from the log or from what was served, shows every version, and believes no bent log.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type VersionLog,
  appendVersion,
  compileNotice,
  parseNotice,
  readVersionLog,
  standardVocabulary,
  verifyVersionLog,
  writeVersionLog,
} from "@avow/policy";
import { afterEach, expect, test } from "vitest";
import { type TestServer, noticeText, startTestServer, writeNotice } from "../../test-server.ts";

const now = { "x-avow-now": "2026-03-10T12:00:00Z" };
const plain = noticeText("exam", "[exam.example]");
const stricter = plain.replace("25 months", "24 months");
let server: TestServer;
afterEach(() => server.remove());

function logOf(...steps: readonly (readonly [text: string, on: string])[]): VersionLog {
  let log: VersionLog | undefined;
  for (const [text, on] of steps) {
    const policy = compileNotice(parseNotice(text, "notice.yaml").notice!, { vocabulary: standardVocabulary });
    const done = appendVersion(log, policy, standardVocabulary, { on });
    if ("refused" in done) throw new Error(done.refused);
    log = done.log;
  }
  return log!;
}

const published = logOf([plain, "2026-01-05"], [stricter, "2026-02-07"]);

async function start(log?: string): Promise<void> {
  server = await startTestServer({ testClock: true }, {}, (dir) => {
    writeNotice(dir, "exam", stricter);
    if (log !== undefined) writeFileSync(join(dir, "notices", "exam", "versions.json"), log);
  });
}

async function get(path: string, headers: Record<string, string> = now): Promise<Response> {
  return fetch(new URL(path, server.url), { headers });
}

async function page(path = "/notices/exam"): Promise<string> {
  return (await get(path)).text();
}

test("the date of last change, every version and every change are those of the log beside the notice", async () => {
  await start(writeVersionLog(published));
  const shown = await page();
  expect(shown).toMatch(/last updated\s+<time datetime="2026-02-07">7 February 2026<\/time>/);
  expect(shown).toMatch(/7 February 2026<\/time\s*>: more protective than the version before it[^]*in force now/);
  expect(shown).toMatch(/5 January 2026<\/time\s*>: the first version/);
  expect(shown).toContain('type="application/atom+xml"');
  const changes = /\/notices\/exam\/changes\/[^"]+/.exec(shown)?.[0] ?? "";
  expect(await page(changes)).toContain("25 months → 24 months");
  expect(await page("/notices/exam/feed.xml")).toContain("<updated>2026-02-07T00:00:00Z</updated>");
  expect(await page("/notices/exam/versions.json")).toBe(writeVersionLog(published));
  const json = await (await get("/notices/exam.json")).json();
  expect(json).toMatchObject({
    lastUpdated: "2026-02-07",
    log: { source: "log", steps: [{ standing: "served" }, {}] },
  });
});

test("a change is on top of the page while it is recent, also where no version before it was served", async () => {
  await start(writeVersionLog(published));
  const recent = await (await get("/notices/exam", { "x-avow-now": "2026-03-08T12:00:00Z" })).text();
  expect(recent).toMatch(/class="banner"[^]*changed on[^]*7 February 2026[^]*\/notices\/exam\/changes\/[^]*<h1>/);
  expect(await page()).not.toContain('class="banner"');
});

test("where another version is in force by the log than the one served, the page says so", async () => {
  await start(
    writeVersionLog(logOf([stricter, "2026-01-05"], [plain.replace("25 months", "23 months"), "2026-02-07"])),
  );
  const shown = await page();
  expect(shown).toMatch(/last updated\s+<time datetime="2026-01-05">/);
  expect(shown).toMatch(
    /By the log, the version of <time datetime="2026-02-07">[^]*serves that of\s+<time datetime="2026-01-05">/,
  );
});

test("every address a page of the history names is answered", async () => {
  await start(writeVersionLog(published));
  const seen = new Set<string>();
  const toSee = ["/notices/exam", "/notices/exam/history.html"];
  for (let path = toSee.pop(); path !== undefined; path = toSee.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const reply = await get(path, { ...now, accept: "text/html" });
    expect(reply.status, path).toBe(200);
    expect(reply.headers.get("content-security-policy"), path).toContain("default-src 'none'");
    if (!path.startsWith("/notices/") || reply.headers.get("content-type")?.startsWith("text/html") !== true) continue;
    for (const [, href = ""] of (await reply.text()).matchAll(/href="([^"#:]+)"/g)) {
      toSee.push(new URL(href, reply.url).pathname);
    }
  }
  const kinds = [...seen].map((path) => /[^/]+$/.exec(path)?.[0]);
  expect(kinds).toEqual(expect.arrayContaining(["feed.xml", "versions.json", "exam.jsonld", "notice.md"]));
});

test("without a log the history is what was served here, and stands every check a log stands", async () => {
  await start();
  const shown = await page();
  expect(shown).toMatch(/last updated[^]*Every version that came into force here[^]*the first version/);
  const { log } = readVersionLog(await page("/notices/exam/versions.json"));
  expect(log?.log.map(({ verdict }) => verdict)).toEqual(["first"]);
  expect(verifyVersionLog(log!)).toEqual([]);
  const linked = await (await get("/notices/exam.jsonld")).json();
  expect(linked).toMatchObject({ "@type": "dpv:PrivacyNotice", "@id": `urn:sha256:${log?.log[0]?.version}` });
});

test.each([
  ["is bent", JSON.stringify(published).replace('"2026-02-07"', '"2026-02-08"'), "it is not true"],
  ["is no log", "{}", "it cannot be read"],
  ["is of another notice", JSON.stringify({ ...published, notice: "other" }), "another notice"],
  ["lacks what is served", writeVersionLog(logOf([plain, "2026-01-05"])), "does not have the version served"],
])("a log that %s is named and never shown", async (_, log, words) => {
  await start(log);
  const shown = await page();
  expect(shown).toMatch(new RegExp(`class="broken">[^<]*${words}`));
  expect(shown).not.toMatch(/(?:January|February) 2026/);
  expect(await page("/notices/exam/versions.json")).not.toContain("2026-01-05");
  expect(await page("/notices/exam/feed.xml")).not.toContain("2026-01-05");
});

test("a log that is bent while the server runs is not shown from memory", async () => {
  await start(writeVersionLog(published));
  expect(await page()).toContain("7 February 2026");
  const bent = writeVersionLog(published).replace('"2026-02-07"', '"2026-02-08"');
  writeFileSync(join(server.dir, "notices", "exam", "versions.json"), bent);
  expect(await page()).toMatch(/class="broken">[^<]*it is not true/);
});

test("a reader that has the feed already gets nothing again; what is not there is not found", async () => {
  await start();
  const first = await get("/notices/exam/feed.xml");
  expect(first.headers.get("content-type")).toContain("application/atom+xml");
  const etag = first.headers.get("etag") ?? "";
  expect((await get("/notices/exam/feed.xml", { ...now, "if-none-match": etag })).status).toBe(304);
  for (const path of [
    "/notices/none/feed.xml",
    "/notices/none.jsonld",
    "/notices/exam/none",
    "/notices/exam/..%2f..%2fa",
  ]) {
    expect((await get(path)).status, path).toBe(404);
  }
});
