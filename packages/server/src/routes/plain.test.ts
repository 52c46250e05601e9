// Small answers, scripts and headers; what every reply has in common.
import { existsSync, readFileSync } from "node:fs";
import { bakeDomain, bakeNames } from "@avow/web";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, addSite, noticeText, startTestServer, writeNotice } from "../test-server.ts";
import { trackerPath } from "./scripts.ts";

let server: TestServer;
let scriptId: string;
beforeAll(async () => {
  server = await startTestServer({}, {}, (dir) => {
    writeNotice(dir, "base", noticeText("base", "[exam.example, own.exam.example]"));
    const own = noticeText("own", "[own.exam.example]")
      .replace("page:", "addendum to: ../base/notice.yaml\npage:")
      .replaceAll("web-traffic", "own-traffic");
    writeNotice(dir, "own", own);
  });
  scriptId = await addSite(server, "exam.example", "base");
});
afterAll(() => server.remove());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, { headers: { accept: "application/json", ...headers }, redirect: "manual" });

test("health is JSON and says nothing of anybody", async () => {
  const reply = await get("/health");
  expect(reply.status).toBe(200);
  expect(await reply.json()).toEqual({
    status: "ok",
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown,
    notices: 3,
  });
});

test("JP5 where two notices speak for a host the nearest answers first, its parent beside it", async () => {
  const reply = await get("/whose?url=own.exam.example/page");
  expect(reply.status).toBe(200);
  const { notices, contact } = (await reply.json()) as { notices: { id: string }[]; contact: string };
  expect(notices.map(({ id }) => id)).toEqual(["own", "base"]);
  expect(contact).toBe("privacy@exam.example");
});

test.each([
  "https://colab.example.com/x",
  "https://exam.example.evil.example/",
  "https://notexam.example",
  "https://user@hub.example:8000/exam.example",
])("JP4 JP11 asked about %s: not covered, ask its operator, and whom else to ask", async (url) => {
  const reply = await get(`/whose?url=${encodeURIComponent(url)}`);
  const body = (await reply.json()) as Record<string, unknown>;
  expect(reply.status).toBe(404);
  expect(body["error"]).toContain(`not covered; ask ${new URL(url).hostname}'s operator`);
  expect(body).toMatchObject({ covered: false, contact: expect.any(String) as unknown });
  expect(body).not.toHaveProperty("notices");
});

test.each(["", "?url=", "?url=%00", "?url=http://", `?url=${"a".repeat(3000)}`])(
  "an address that is none (`%s`) is a 400",
  async (query) => {
    expect((await get(`/whose${query}`)).status).toBe(400);
  },
);

test("Global Privacy Control is stated with the day since when", async () => {
  const reply = await get("/.well-known/gpc.json");
  expect(await reply.json()).toEqual({ gpc: true, lastUpdate: new Date().toISOString().slice(0, 10) });
});

test("programs find every notice, and everything that is pointed to is there", async () => {
  const pointed = await get("/.well-known/privacy-notice.json");
  const { notices } = (await pointed.json()) as { notices: Record<string, unknown>[] };
  const own = notices.find(({ notice }) => notice === "own");
  expect(own).toMatchObject({ covers: ["own.exam.example"], updated: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  // Everything it points to is there, and says the same version.
  for (const key of ["page", "json", "jsonld", "log", "feed"]) {
    const reply = await get(`/.well-known/${String(own?.[key])}`);
    expect([key, reply.status]).toEqual([key, 200]);
    if (key === "json" || key === "log") expect(await reply.text()).toContain(String(own?.["version"]));
  }
});

test("every reply has the headers that keep a page from loading or leaking anything", async () => {
  for (const path of ["/health", "/absent", "/whose?url=exam.example", "/.well-known/gpc.json"]) {
    const { headers } = await get(path);
    expect(headers.get("content-security-policy"), path).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("referrer-policy"), path).toBe("same-origin");
    expect(headers.get("set-cookie"), path).toBeNull();
    expect(headers.get("cache-control"), path).not.toBeNull();
  }
});

test("an address that does not exist is a 404 with an error; the log has neither path nor query", async () => {
  const before = server.lines.length;
  const reply = await get("/no/Canary8/page?q=Canary8");
  expect(reply.status).toBe(404);
  expect(await reply.json()).toHaveProperty("error");
  const post = await fetch(`${server.url}/no/such`, { method: "POST", body: "x".repeat(2_000_000) });
  expect([404, 413]).toContain(post.status);
  const lines = server.lines.slice(before);
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toContain("Canary8");
});

test.runIf(existsSync(trackerPath))(
  "the tracker has every name trackers' tags use, an ETag, and any page may load it",
  async () => {
    const plain = readFileSync(trackerPath, "utf8");
    const more = readFileSync(trackerPath.replace("tracker.js", "tracker-more.js"), "utf8");
    const extensions = ["outbound-links", "file-downloads", "tagged-events", "pageview-props", "revenue", "exclusions"];
    const names: [string, string, string][] = [
      ["script.js", plain, ""],
      ["plausible.js", plain, ""],
      ["script.hash.manual.local.js", plain, ".hash.manual.local"],
      ["plausible.compat.js", more, ".compat"],
      ["script.hash.outbound-links.js", more, ".hash.outbound-links"],
      [`script.${extensions.join(".")}.compat.local.manual.js`, more, `.${extensions.join(".")}.compat.local.manual`],
      ...extensions.map((name): [string, string, string] => [`script.${name}.js`, more, `.${name}`]),
    ];
    for (const [name, built, baked] of names) {
      const reply = await get(`/js/${name}`);
      expect(reply.status, name).toBe(200);
      expect(await reply.text(), name).toBe(bakeNames(built, baked));
      expect(reply.headers.get("content-type")).toMatch(/^text\/javascript/);
      expect(reply.headers.get("access-control-allow-origin")).toBe("*");
      expect(reply.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
      const etag = reply.headers.get("etag") ?? "";
      expect((await get(`/js/${name}`, { "if-none-match": etag })).status).toBe(304);
    }
    const own = await get(`/js/pa-${scriptId}.js`);
    expect(await own.text()).toBe(bakeDomain(more, "exam.example"));
    for (const name of ["pa-absent1234.js", "other.js", "..%2f..%2fpackage.json", "script.js.map", 'script.A".js'])
      expect((await get(`/js/${name}`)).status, name).toBe(404);
  },
);
