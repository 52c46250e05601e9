// Ten minutes of events and questions at once, with a kill, a restart and a day that closes inside: totals exact at the end.
import { execFileSync } from "node:child_process";
import { Agent, request } from "node:http";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EventRow, openEvents } from "@avow/store";
import { type Running, freePort, residentMb, startProgram, stop } from "./child.ts";
import type { Line } from "./run.ts";

const seconds = Number(process.env["AVOW_SOAK_SECONDS"] ?? 600);
const callers = 32;
/** So many of each caller in a second at most: a soak is long, not fast. */
const pauseMs = 20;
const yesterdayVisits = 100_000;
const pages = 200;
const site = "soak.example";
const root = join(import.meta.dirname, "..");

interface Place {
  readonly data: string;
  readonly notices: string;
  readonly port: number;
  readonly key: string;
}

/** What the server said, by page; what it was sent and never answered. */
interface Told {
  readonly acknowledged: number[];
  readonly unanswered: number[];
  questions: number;
  wrong: string[];
}

function avow(...args: string[]): string {
  return execFileSync(process.execPath, ["--conditions=source", join(root, "packages/cli/avow.mjs"), ...args], {
    encoding: "utf8",
  }).trim();
}

function serve({ data, notices, port }: Place): Promise<Running> {
  return startProgram(
    "packages/cli/avow.mjs",
    ["serve", "--port", String(port), "--data", data, "--notices", notices],
    port,
  );
}

async function versionServed({ port }: Place): Promise<string> {
  const reply = await fetch(`http://127.0.0.1:${port}/notices/soak.json`);
  return ((await reply.json()) as { version: string }).version;
}

/** A busy day that is over, under the version the site's notice has. @returns the day */
async function writeYesterday(data: string, version: string): Promise<string> {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const began = Date.parse(`${day}T00:00:00Z`) / 1000;
  const events = await openEvents({ dir: data });
  const rows = Array.from({ length: yesterdayVisits }, (_, n): EventRow => ({
    site,
    day,
    at: began + (n % 80_000),
    visitor: n,
    visit: yesterdayVisits + n,
    name: "pageview",
    interactive: true,
    practice: "web-traffic",
    version,
    dimensions: { page: `/${n % pages}`, country: n % 3 === 0 ? "NL" : "BE", browser: "Firefox" },
  }));
  for (let at = 0; at < rows.length; at += 5000)
    await Promise.all(rows.slice(at, at + 5000).map((row) => events.append(row)));
  await events.close();
  return day;
}

async function sendForever(place: Place, told: Told, caller: number, isOver: () => boolean): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let n = 0; !isOver(); n += 1) {
    const page = (n * callers + caller) % pages;
    try {
      const status = await post(place.port, agent, page, `10.${caller}.${n % 250}.1`);
      if (status === 202) told.acknowledged[page] = (told.acknowledged[page] ?? 0) + 1;
      else told.wrong.push(`event ${status}`);
    } catch {
      told.unanswered[page] = (told.unanswered[page] ?? 0) + 1;
      await pause(100);
    }
    await pause(pauseMs);
  }
  agent.destroy();
}

function post(port: number, agent: Agent, page: number, from: string): Promise<number> {
  const body = JSON.stringify({ n: "pageview", u: `https://${site}/${page}`, d: site });
  const headers = {
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "x-forwarded-for": from,
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", path: "/api/event", method: "POST", agent, headers }, (reply) => {
      reply.resume();
      reply.once("end", () => resolve(reply.statusCode ?? 0));
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

async function ask({ port, key }: Place, question: object): Promise<{ status: number; rows: readonly Row[] }> {
  const reply = await fetch(`http://127.0.0.1:${port}/api/v2/query`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ site_id: site, ...question }),
  });
  const body = (await reply.json()) as { results?: readonly Row[] };
  return { status: reply.status, rows: body.results ?? [] };
}

interface Row {
  readonly dimensions: readonly string[];
  readonly metrics: readonly number[];
}

/** Questions over both days, a page every few seconds: a key may ask 600 an hour. */
async function askForever(place: Place, told: Told, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    try {
      const { status } = await ask(place, {
        metrics: ["visitors", "bounce_rate"],
        date_range: "day",
        dimensions: ["event:page"],
      });
      if (status !== 200) told.wrong.push(`question ${status}`);
      const page = await fetch(`http://127.0.0.1:${place.port}/notices/soak`);
      await page.arrayBuffer();
      if (page.status !== 200) told.wrong.push(`notice ${page.status}`);
      told.questions += 2;
    } catch {
      // Between a kill and the next start nobody answers.
    }
    await pause(7000);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export async function run(): Promise<readonly Line[]> {
  const data = mkdtempSync(join(tmpdir(), "avow-soak-"));
  const notices = join(data, "notices");
  avow("init", site, "--id", "soak", "--notices", notices);
  avow("site", "add", site, "--notice", "soak", "--data", data, "--notices", notices);
  const key = avow("key", "create", "--site", site, "--data", data, "--notices", notices);
  const place = { data, notices, port: await freePort(), key };
  let server = await serve(place);
  const version = await versionServed(place);
  await stop(server);
  const yesterday = await writeYesterday(data, version);
  const told: Told = { acknowledged: [], unanswered: [], questions: 0, wrong: [] };
  try {
    // The day that is over begins to close with the start; killed in the middle of it.
    server = await serve(place);
    const until = performance.now() + seconds * 1000;
    const isOver = (): boolean => performance.now() > until;
    const load = [
      ...Array.from({ length: callers }, (_, n) => sendForever(place, told, n, isOver)),
      askForever(place, told, isOver),
    ];
    await pause(400);
    server.process.kill("SIGKILL");
    server = await serve(place);
    await pause((seconds * 1000) / 3);
    server.process.kill("SIGKILL");
    server = await serve(place);
    await pause((seconds * 1000) / 3);
    await stop(server);
    server = await serve(place);
    await Promise.all(load);
    return await judged(place, told, yesterday, residentMb(server.process));
  } finally {
    await stop(server);
    rmSync(data, { recursive: true, force: true });
  }
}

function isGone({ data }: Place, day: string): boolean {
  const left = [join("days", `${day}.duckdb`), join("spool", day)];
  return !left.some((name) => existsSync(join(data, name)));
}

async function judged(place: Place, told: Told, yesterday: string, memory: number): Promise<readonly Line[]> {
  const all = { metrics: ["pageviews"], pagination: { limit: 10_000 } };
  const today = await ask(place, { ...all, date_range: "day", dimensions: ["event:page"] });
  const before = await ask(place, { ...all, date_range: [yesterday, yesterday] });
  const stored = new Map(today.rows.map(({ dimensions, metrics }) => [dimensions[0], metrics[0] ?? 0]));
  let [lost, doubled, acknowledged] = [0, 0, 0];
  for (let page = 0; page < pages; page += 1) {
    const [least, unsure] = [told.acknowledged[page] ?? 0, told.unanswered[page] ?? 0];
    const found = stored.get(`/${page}`) ?? 0;
    lost += Math.max(0, least - found);
    doubled += Math.max(0, found - least - unsure);
    acknowledged += least;
  }
  const unanswered = told.unanswered.reduce((sum, count) => sum + count, 0);
  const closed = before.rows[0]?.metrics[0] ?? 0;
  return [
    { what: `events acknowledged in ${seconds} s, two kills and a restart inside`, figure: String(acknowledged) },
    { what: "events without an answer, which may be stored or not", figure: String(unanswered) },
    { what: "acknowledged and lost", figure: String(lost), bar: "0", holds: lost === 0 },
    { what: "stored twice", figure: String(doubled), bar: "0", holds: doubled === 0 },
    {
      what: "page views of the day that closed meanwhile, killed in the middle",
      figure: `${closed} of ${yesterdayVisits}`,
      bar: "all",
      holds: closed === yesterdayVisits,
    },
    {
      what: "its rows are gone from the disk",
      figure: isGone(place, yesterday) ? "yes" : "no",
      bar: "yes",
      holds: isGone(place, yesterday),
    },
    {
      what: `other answers than expected, of ${told.questions} questions`,
      figure: told.wrong.slice(0, 3).join(", ") || "none",
      bar: "none",
      holds: told.wrong.length === 0,
    },
    { what: "resident memory at the end", figure: `${memory.toFixed(0)} MB` },
  ];
}
