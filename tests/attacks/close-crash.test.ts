// Kills a process that closes days, at any moment: totals exact, nothing doubled, no row left of what was closed.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Events, openEvents, shapesOf } from "@avow/store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closingSites, dayNumber, rowOf, visitorOf } from "./close-days.ts";
import { filesBelow } from "./disk-witness.ts";

const rounds = Number(process.env["AVOW_KILLS"] ?? 20);
const writer = join(import.meta.dirname, "close-writer.ts");
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-close-crash-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Said {
  /** `number index` of rows acknowledged. */
  readonly stored: Set<string>;
  /** `number site`. */
  readonly closing: Set<string>;
  readonly closed: Set<string>;
}

/** Lets the process work, kills it at a moment after a day begins to be closed, and adds what it said. */
async function crash(from: number, ms: number, said: Said): Promise<void> {
  const child = spawn(process.execPath, ["--conditions=source", writer, dir, String(from)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  const gone = new Promise((resolve) => child.once("close", resolve));
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes("closing ")) resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill("SIGKILL");
  await gone;
  for (const line of out.split("\n").slice(1, -1)) {
    const [what = "", ...rest] = line.split(" ");
    if (what === "stored" || what === "closing" || what === "closed") said[what].add(rest.join(" "));
  }
}

async function viewsOf(events: Events, site: string, number: number): Promise<number> {
  const { from } = dayNumber(number);
  const range = { from, until: from + 86_400, timeZone: "UTC", permits: () => ({ allowed: true }) };
  const answer = await events.ask({
    ...range,
    site,
    metrics: ["pageviews"],
    dimensions: [],
    orderBy: [],
    limit: 1,
    offset: 0,
  });
  expect(answer.notKept).toBeUndefined();
  return answer.rows[0]?.metrics[0] ?? 0;
}

/** Acknowledged rows of a site's day. */
function acknowledged(said: Said, site: string, number: number): number {
  return [...said.stored].filter((key) => {
    const [day = "", index = ""] = key.split(" ");
    return Number(day) === number && rowOf(number, Number(index)).site === site;
  }).length;
}

/** Numbers of visitors of closed sites, in the forms rows have: as text in the spool, as bytes in a table. */
function expectNoRowLeft(numbers: readonly number[]): void {
  for (const { path, bytes } of filesBelow(dir)) {
    for (const number of numbers) {
      for (let index = 0; index < 240; index += 1) {
        if (index % 3 === 2) continue;
        expect(bytes.includes(`,${visitorOf(number, index)},`), `${path} holds a row of day ${number}`).toBe(false);
      }
    }
  }
}

it(`closes over ${rounds} kills: totals exact, nothing doubled, no row left`, { timeout: 240_000 }, async () => {
  const said: Said = { stored: new Set(), closing: new Set(), closed: new Set() };
  let from = 0;
  let unfinished = 0;
  for (let round = 0; round < rounds; round += 1) {
    await crash(from, Math.random() * 250, said);
    const events = await openEvents({ dir });
    const days = Math.max(...[...said.closing, ...said.stored].map((key) => Number.parseInt(key, 10))) + 1;
    const closed = new Set((await events.closedDays()).map(({ day, site }) => `${day} ${site}`));
    for (let number = 0; number <= days; number += 1) {
      for (const site of [...closingSites, "rows.example"]) {
        const views = await viewsOf(events, site, number);
        // A row that was stored and not acknowledged may be there; none twice.
        expect(views).toBeGreaterThanOrEqual(acknowledged(said, site, number));
        expect(views).toBeLessThanOrEqual(80);
      }
    }
    for (const key of said.closed) {
      const [number = "", site = ""] = key.split(" ");
      expect(closed, `${key} was said to be closed`).toContain(`${dayNumber(Number(number)).day} ${site}`);
    }
    unfinished += [...said.closing].filter((key) => !said.closed.has(key)).length;
    const order = { timeZone: "UTC", least: 3, shapes: shapesOf(["page", "country"]) };
    for (let number = from; number <= days; number += 1) {
      for (const site of closingSites) await events.closeDay({ ...order, site, day: dayNumber(number).day });
    }
    await events.close();
    expectNoRowLeft(Array.from({ length: days - from + 1 }, (_, index) => from + index));
    expect(readdirSync(join(dir, "closed")).filter((name) => !name.endsWith(".cells"))).toEqual([]);
    for (const key of said.closing) said.closed.add(key);
    from = days + 1;
  }
  expect(unfinished).toBeGreaterThan(rounds / 4);
});
