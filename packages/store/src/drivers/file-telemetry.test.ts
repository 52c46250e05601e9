// Telemetry in files under the contract, and what only files can do wrong: crashes in between, and bytes that stay.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { telemetryContract } from "../contract-suite.ts";
import { openFileTelemetry } from "./file-telemetry.ts";

const tempDir = (): string => mkdtempSync(join(tmpdir(), "avow-telemetry-"));

describe("telemetry in files", () =>
  telemetryContract(async () => {
    const dir = tempDir();
    const again = async () => openFileTelemetry(dir);
    return { store: await again(), again, remove: async () => rmSync(dir, { recursive: true, force: true }) };
  }));

const batch = { telemetry: "lab", batch: "ab".repeat(32), day: "2026-11-20", text: '{"canary":"Canary7k2"}' };

async function inDir(act: (dir: string) => Promise<void>): Promise<void> {
  const dir = tempDir();
  try {
    await act(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const bytesBelow = (dir: string): string =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => path + readFileSync(path, "latin1"))
    .join("\n");

test("what is deleted, and what is counted, is on no byte of any file", () =>
  inDir(async (dir) => {
    const store = openFileTelemetry(dir);
    const other = { ...batch, batch: "cd".repeat(32) };
    await store.put(batch);
    await store.put(other);
    expect(bytesBelow(dir)).toContain("Canary7k2");
    await store.remove(batch.telemetry, batch.day, batch.batch);
    await store.closeDay(batch.telemetry, batch.day, "{}");
    expect(bytesBelow(dir)).not.toContain("Canary7k2");
    expect(readdirSync(join(dir, "telemetry", "lab"))).toEqual(["2026-11-20.json"]);
    await store.close();
  }));

test("a crash between the counts and the removal of a day leaves it closed, and the next closing ends it", () =>
  inDir(async (dir) => {
    const store = openFileTelemetry(dir);
    await store.put(batch);
    writeFileSync(join(dir, "telemetry", "lab", "2026-11-20.json"), "first");
    expect(await store.openDays()).toEqual([]);
    await expect(store.put({ ...batch, batch: "cd".repeat(32) })).rejects.toThrow("is closed");
    await store.closeDay("lab", "2026-11-20", "second");
    expect(await store.counts("lab")).toEqual([{ day: "2026-11-20", counts: "first" }]);
    expect(bytesBelow(dir)).not.toContain("Canary7k2");
    await store.close();
  }));

test("half a file of a crash is no batch, and names that are none of ours are passed over", () =>
  inDir(async (dir) => {
    const store = openFileTelemetry(dir);
    await store.put(batch);
    const part = join(dir, "telemetry", "lab", "2026-11-20", "ab");
    writeFileSync(join(part, `${"ab".repeat(31)}00.123456789abc.new`), "half");
    mkdirSync(join(dir, "telemetry", "Not an id"));
    expect(await store.openDays()).toEqual([{ telemetry: "lab", day: "2026-11-20", batches: 1 }]);
    await store.close();
  }));

test("files are the owner's alone", () =>
  inDir(async (dir) => {
    const store = openFileTelemetry(dir);
    await store.put(batch);
    expect(statSync(join(dir, "telemetry")).mode & 0o077).toBe(0);
    expect(statSync(join(dir, "telemetry", "lab", "2026-11-20", "ab", batch.batch)).mode & 0o077).toBe(0);
    await store.close();
  }));
