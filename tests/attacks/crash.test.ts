// Kills a writing process again and again and damages what it left: acknowledged is stored, and stored once.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Events, openEvents, type StoreNote } from "@avow/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const rounds = 20;
const writer = join(import.meta.dirname, "crash-writer.ts");
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-crash-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Lets a writer run for a while, kills it, and returns what it said was stored. */
async function crash(at: string, round: number, ms: number): Promise<readonly number[]> {
  const child = spawn(process.execPath, ["--conditions=source", writer, at, String(round)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  const gone = new Promise((resolve) => child.once("close", resolve));
  const opened = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (out.startsWith("open\n")) resolve();
    });
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    child.once("close", () => reject(new Error(`the writer ended by itself:\n${err}`)));
  });
  await opened;
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill("SIGKILL");
  await gone;
  // The last line may be cut; what is not whole was not acknowledged to anybody.
  return out.split("\n").slice(1, -1).map(Number);
}

/** Every row held, by the page that is its own, and how often. */
async function held(events: Events): Promise<ReadonlyMap<string, number>> {
  const { rows } = await events.ask({
    site: "a.example",
    permits: () => ({ allowed: true }),
    from: 0,
    until: 2_000_000_000,
    timeZone: "UTC",
    metrics: ["events"],
    dimensions: ["page"],
    orderBy: [],
    limit: 10_000_000,
    offset: 0,
  });
  return new Map(rows.map(({ dimensions: [page], metrics: [count] }) => [page ?? "", count ?? 0]));
}

function expectExact(found: ReadonlyMap<string, number>, acknowledged: Iterable<number>): void {
  expect([...acknowledged].filter((id) => found.get(`/${id}`) === undefined)).toEqual([]);
  expect([...found].filter(([, count]) => count !== 1)).toEqual([]);
}

function segmentsOf(at: string): readonly string[] {
  const days = readdirSync(join(at, "spool"));
  return days.flatMap((day) =>
    readdirSync(join(at, "spool", day))
      .filter((name) => name.endsWith(".seg"))
      .map((name) => join(at, "spool", day, name)),
  );
}

function dayFilesOf(at: string): readonly string[] {
  return readdirSync(join(at, "days"))
    .filter((name) => /^\d.*\.duckdb$/.test(name))
    .map((name) => join(at, "days", name));
}

/** The same sequence of numbers below 1 for each seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("durable", () => {
  const acknowledged = new Set<number>();

  it(`durable over ${rounds} kills: every acknowledged row stored, none twice`, async () => {
    const data = join(dir, "data");
    for (let round = 0; round < rounds; round += 1) {
      for (const id of await crash(data, round, 20 + Math.random() * 250)) acknowledged.add(id);
      const events = await openEvents({ dir: data });
      expectExact(await held(events), acknowledged);
      // Every other round leaves no closed file behind it but a process that only opened.
      await events.close();
    }
    expect(acknowledged.size).toBeGreaterThan(rounds * 20);
  });

  it("durable when day files are gone: the spool holds every acknowledged row", async () => {
    const copy = join(dir, "without-days");
    cpSync(join(dir, "data"), copy, { recursive: true });
    rmSync(join(copy, "days"), { recursive: true });
    const events = await openEvents({ dir: copy });
    expectExact(await held(events), acknowledged);
    await events.close();
  });

  it("durable when day files are damaged: each is set aside and rebuilt", async () => {
    const random = numbers(7);
    const damages = ["truncate", "zero", "flip", "head", "empty"] as const;
    for (const damage of damages) {
      const copy = join(dir, `damaged-${damage}`);
      cpSync(join(dir, "data"), copy, { recursive: true });
      for (const path of dayFilesOf(copy)) damageFile(path, damage, random);
      const notes: StoreNote[] = [];
      const events = await openEvents({ dir: copy, report: (note) => notes.push(note) });
      expectExact(await held(events), acknowledged);
      await events.close();
      if (damage === "head" || damage === "flip") expect(notes.map(({ kind }) => kind)).toContain("day-rebuilt");
      const again = await openEvents({ dir: copy });
      expectExact(await held(again), acknowledged);
      await again.close();
      rmSync(copy, { recursive: true });
    }
  });
});

function damageFile(path: string, damage: "truncate" | "zero" | "flip" | "head" | "empty", random: () => number): void {
  const bytes = readFileSync(path);
  const at = Math.floor(random() * bytes.length);
  switch (damage) {
    case "truncate":
      return truncateSync(path, at);
    case "zero":
      return writeFileSync(path, bytes.fill(0, at));
    case "flip": {
      for (let block = 12_288; block < bytes.length; block += 16_384)
        bytes[block + 100] = (bytes[block + 100] ?? 0) ^ 0x40;
      return writeFileSync(path, bytes);
    }
    case "head":
      return writeFileSync(path, bytes.fill(0xff, 0, 4096));
    case "empty":
      return truncateSync(path, 0);
    default:
      return damage satisfies never;
  }
}

describe("durable spool", () => {
  it("durable when the tail of a segment is cut, zeroed or garbled: what came before it is stored, once", async () => {
    const random = numbers(11);
    const data = join(dir, "tails");
    const ids = await crash(data, 90, 250);
    rmSync(join(data, "days"), { recursive: true });
    for (let trial = 0; trial < 15; trial += 1) {
      const copy = join(dir, `tail-${trial}`);
      cpSync(data, copy, { recursive: true });
      const path = segmentsOf(copy).find((name) => name.includes("2026-11-20")) ?? "";
      const bytes = readFileSync(path);
      const at = Math.floor(random() * bytes.length);
      if (trial % 3 === 0) truncateSync(path, at);
      if (trial % 3 === 1) writeFileSync(path, bytes.fill(0, at));
      if (trial % 3 === 2)
        writeFileSync(
          path,
          bytes.map((byte, index) => (index >= at ? Math.floor(random() * 256) : byte)),
        );
      const whole = bytes.subarray(0, at).toString("latin1");
      const before = ids.filter((id) => id % 5 === 0 || whole.includes(`"/${id}","country":"NL"}]`));
      const notes: StoreNote[] = [];
      const events = await openEvents({ dir: copy, report: (note) => notes.push(note) });
      const found = await held(events);
      expectExact(found, before);
      await events.append(oneMore);
      expect((await held(events)).get("/more")).toBe(1);
      expect((await held(events)).size).toBe(found.size + 1);
      await events.close();
      if (trial % 3 === 2) expect(notes.map(({ kind }) => kind)).toContain("spool-cut");
      expect(statSync(path).size).toBeLessThanOrEqual(bytes.length);
      rmSync(copy, { recursive: true });
    }
  });
});

const oneMore = {
  site: "a.example",
  day: "2026-11-20",
  at: 1_795_132_800,
  visitor: 1,
  visit: 1,
  name: "pageview",
  interactive: true,
  practice: "web-traffic",
  version: "v1",
  dimensions: { page: "/more", country: "NL" },
} as const;
