// An installation with visitors worth looking at: real events sent to a real server on a clock that can be set.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "@avow/server";
import { root } from "../../installation.ts";

const days = 12;
const lastDay = Date.parse("2026-11-20T21:00:00Z");

export interface Demonstration {
  readonly url: string;
  /** The owner's session. */
  readonly cookie: string;
  readonly shots: readonly {
    readonly name: string;
    readonly path: string;
    readonly asOwner?: boolean;
    readonly open?: boolean;
  }[];
  remove(): Promise<void>;
}

const agents = [
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
];
const networks = [
  ["203.0.113", "NL"],
  ["198.51.100", "DE"],
  ["192.0.2", "FR"],
  ["100.64.7", "US"],
  ["100.64.9", "GB"],
  ["100.64.11", "SI"],
] as const;
const pages = [
  "/",
  "/docs/",
  "/docs/install",
  "/blog/a-notice-that-runs",
  "/about",
  "/contact",
  "/docs/first-notice",
  "/team",
];
const referrers = [
  "",
  "",
  "",
  "https://www.google.com/",
  "https://news.ycombinator.com/item",
  "https://duckduckgo.com/",
  "https://lobste.rs/",
];

/** A small generator with a seed, so that two runs look the same. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

export async function startDemonstration(): Promise<Demonstration> {
  const dir = mkdtempSync(join(tmpdir(), "avow-looks-"));
  mkdirSync(dir, { recursive: true });
  writeFileSync(
    join(dir, "countries.csv"),
    networks.map(([network, country]) => `${network}.0/24,${country}\n`).join(""),
  );
  const server = await startServer(
    {
      port: 0,
      dataDir: join(dir, "data"),
      noticeDirs: (process.env["AVOW_NOTICES"] ?? join(root, "notices")).split(":"),
      testClock: true,
      countryTable: join(dir, "countries.csv"),
    },
    { log: () => undefined },
  );
  await sendDays(server.url);
  await server.house.records.putSite({
    domain: "empty.example.org",
    notice: "example",
    timeZone: "Europe/Ljubljana",
    isPublic: false,
    scriptId: "empty0000example",
    createdAtMs: lastDay,
  });
  const cookie = await claim(server.url, server.ownerLink ?? "");
  const ids = server.house.gate.policies().map(({ id }) => id);
  const now = new Date(lastDay).toISOString().slice(0, 10);
  const from = new Date(lastDay - 5 * 86_400_000).toISOString().slice(0, 10);
  const period = `period=custom&from=${from}&to=${now}`;
  return {
    url: server.url,
    cookie,
    shots: [
      { name: "home", path: "/" },
      { name: "notice-example", path: "/notices/example" },
      { name: "notice-open", path: "/notices/example", open: true },
      ...ids.filter((id) => id !== "example").map((id) => ({ name: `notice-${id}`, path: `/notices/${id}` })),
      { name: "stats-owner", path: `/stats/example.org?${period}`, asOwner: true },
      { name: "stats-filtered", path: `/stats/example.org?${period}&country=NL&page=%2Fdocs%2F`, asOwner: true },
      { name: "stats-public", path: `/stats/example.org?${period}` },
      { name: "stats-empty", path: "/stats/empty.example.org", asOwner: true },
      { name: "stats-private", path: "/stats/empty.example.org" },
      { name: "stats-wrong", path: "/stats/example.org?period=custom&from=2001-01-01&to=2026-01-01" },
      { name: "example", path: "/example" },
      { name: "claim", path: "/owner/claim?token=x&problem=bad-form" },
      { name: "sign-in", path: "/sign-in" },
      { name: "settings", path: "/settings", asOwner: true },
      { name: "whose", path: "/whose?url=https://example.org/page" },
      { name: "whose-not", path: "/whose?url=https://colab.example.com/" },
      { name: "not-found", path: "/nothing" },
    ],
    remove: async () => {
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function sendDays(url: string): Promise<void> {
  const draw = sequence(7);
  for (let back = days; back >= 0; back -= 1) {
    const visitors = back === 3 ? 6 : 34 + draw(30) + (days - back) * 3;
    for (let visitor = 0; visitor < visitors; visitor += 1) await sendVisit(url, draw, lastDay - back * 86_400_000);
  }
}

async function sendVisit(url: string, draw: (below: number) => number, dayMs: number): Promise<void> {
  const network = networks[Math.min(draw(networks.length), draw(networks.length))]?.[0] ?? "";
  const agent = agents[Math.min(draw(agents.length), draw(agents.length))] ?? "";
  const host = 1 + draw(250);
  let atMs = dayMs - draw(20 * 3600) * 1000;
  const views = 1 + Math.min(draw(4), draw(5));
  for (let view = 0; view < views; view += 1) {
    const page = pages[Math.min(draw(pages.length), draw(pages.length))] ?? "/";
    const reply = await fetch(`${url}/api/event`, {
      method: "POST",
      headers: {
        "content-type": "text/plain",
        "user-agent": `${agent} Seed/${host}`,
        "x-forwarded-for": `${network}.${host}`,
        "x-avow-now": new Date(atMs).toISOString(),
        ...(draw(40) === 0 ? { "sec-gpc": "1" } : {}),
      },
      body: JSON.stringify({
        n: "pageview",
        d: "example.org",
        u: `https://example.org${page}`,
        r: view === 0 ? (referrers[draw(referrers.length)] ?? "") : "",
      }),
    });
    if (reply.status !== 202) throw new Error(`an event was answered with ${reply.status}: ${await reply.text()}`);
    atMs += 1000 * (20 + draw(200));
  }
}

async function claim(url: string, ownerLink: string): Promise<string> {
  const token = new URL(ownerLink).searchParams.get("token") ?? "";
  const reply = await fetch(`${url}/owner/claim`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ token, name: "Ada", password: "correct horse battery" }),
  });
  return (reply.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}
