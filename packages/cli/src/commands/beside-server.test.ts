// Commands beside a running server: what they write holds at once, what they print is all there is of a key.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningServer, startServer } from "@avow/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../program.ts";

let dir = "";
let server: RunningServer;

async function avow(...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const out: string[] = [];
  const print = (text: string): void => void out.push(text);
  const terminal = { out: print, err: print, hasColour: false };
  const code = await run(argv, { terminal, nowMs: () => Date.now(), untilStopped: async () => {}, exitCode: 0 });
  return { code, out: out.join("\n") };
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "avow-beside-"));
  await avow("init", "exam.example", "--id", "exam", "--notices", join(dir, "notices"));
  const given = { port: 0, dataDir: join(dir, "data"), noticeDirs: [join(dir, "notices")] };
  server = await startServer(given, { log: () => {} });
}, 30_000);

afterAll(async () => {
  await server?.close();
  rmSync(dir, { recursive: true, force: true });
});

const data = (): string => join(dir, "data");
const send = async (): Promise<Response> =>
  fetch(`${server.url}/api/event`, {
    method: "POST",
    headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" },
    body: JSON.stringify({ n: "pageview", d: "exam.example", u: "https://exam.example/" }),
  });
const askWith = async (key: string): Promise<Response> =>
  fetch(`${server.url}/api/v2/query`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ site_id: "exam.example", metrics: ["pageviews"], date_range: "day" }),
  });

test("a site is measured from the moment it is added, under a notice the server told the command of", async () => {
  expect((await send()).headers.get("x-plausible-dropped")).toBe("1");
  expect((await avow("site", "add", "exam.example", "--notice", "exam", "--data", data())).code).toBe(0);
  expect((await send()).headers.get("x-plausible-dropped")).toBeNull();
});

test("a key answers from the moment it is made, ends when it is removed, and only its hash is on disk", async () => {
  const { out: key } = await avow("key", "create", "--site", "exam.example", "--data", data());
  expect(key).toMatch(/^avow_[\w-]{43}$/);
  const answered = await askWith(key);
  expect(answered.status).toBe(200);
  expect(await answered.json()).toMatchObject({ results: [{ metrics: [1] }] });

  const files = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(dir, name)).isFile(),
  );
  const { keys } = JSON.parse((await avow("key", "list", "--json", "--data", data())).out) as {
    keys: { id: string }[];
  };
  const id = keys[0]?.id ?? "";
  const holding = (text: string): readonly string[] =>
    files.filter((name) => readFileSync(join(dir, name)).includes(text));
  expect(holding(key.slice("avow_".length))).toEqual([]);
  // Positive control: the same look finds what is kept of it.
  expect(holding(id).length).toBeGreaterThan(0);

  expect((await avow("key", "remove", id, "--data", data())).code).toBe(0);
  expect((await askWith(key)).status).toBe(401);
});

test("status tells of the server, its sites and its evidence, and leaves its events alone", async () => {
  await server.house.flushEvidence();
  await server.house.records.setSetting("public url", server.url);
  const { code, out } = await avow("status", "--data", data());
  expect(code).toBe(0);
  expect(out).toContain(`answers at ${server.url}`);
  expect(out).toContain("known to the running server only");
  expect(out).toMatch(/exam\s+web-traffic\s+permitted\s+\d/);
});

test("a second server on the same port, and one on the same data, is refused with the remedy", async () => {
  const port = new URL(server.url).port;
  const busy = await avow("serve", "--port", port, "--data", join(dir, "other"), "--notices", join(dir, "notices"));
  expect(busy.code).toBe(1);
  expect(busy.out).toContain(`port ${port} is in use`);
  const shared = await avow("serve", "--port", "0", "--data", data(), "--notices", join(dir, "notices"));
  expect(shared.code).toBe(1);
  expect(shared.out).toContain("in use by another process");
});

test("a site under a notice the server does not serve is added, and that nothing is counted yet is said", async () => {
  const elsewhere = join(dir, "elsewhere");
  await avow("init", "other.example", "--id", "other", "--notices", elsewhere);
  const args = ["site", "add", "other.example", "--notice", "other", "--data", data()] as const;
  expect((await avow(...args, "--notices", elsewhere)).out).toContain(
    `note: the server was started without ${elsewhere}; start it with --notices ${elsewhere}`,
  );
  expect((await avow("site", "add", "exam.example", "--notice", "exam", "--data", data())).out).not.toContain("note:");
});
