// The queue on disk: whatever ends a process at whatever step, a line is in one batch or in none, and a no leaves the ledger alone.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import type { LedgerEntry, Sealed } from "../telemetry/index.ts";
import { openTelemetryQueue } from "./telemetry-queue.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-queue-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
const make = async (lines: readonly string[], token: string): Promise<Sealed> => ({
  batch: hashOf(token),
  token,
  day: "2026-11-20",
  version: "v",
  agreed: [],
  filterFrom: "2027-01-01",
  events: lines.length,
  leftOut: 0,
  body: lines.join("\n"),
});
const linesIn = (sealed: readonly Sealed[]): string[] => sealed.flatMap(({ body }) => body.split("\n")).toSorted();
const seal = async (): Promise<string[]> => {
  const queue = openTelemetryQueue(dir);
  await queue.seal(make);
  return linesIn(await queue.sealed());
};

/** Appends in a process of its own, which is killed or ends. */
async function inAnotherProcess(lines: readonly string[], end: "kill" | "exit" | "close"): Promise<void> {
  const queue = join(import.meta.dirname, "telemetry-queue.ts");
  const program = `
    const { openTelemetryQueue } = await import(${JSON.stringify(queue)});
    const queue = openTelemetryQueue(${JSON.stringify(dir)});
    for (const line of ${JSON.stringify(lines)}) await queue.append(line + "\\n");
    ${end === "close" ? "await queue.close();" : ""}
    console.log("done");
    ${end === "exit" || end === "close" ? "process.exit(0)" : "setInterval(() => undefined, 1000)"};`;
  const child = spawn(process.execPath, ["--conditions=source", "--input-type=module", "-e", program]);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  if (end === "kill") child.kill("SIGKILL");
  await gone;
}

test("what another process left, killed or ended, is sealed once", async () => {
  await inAnotherProcess(["a", "b"], "kill");
  await inAnotherProcess(["c"], "exit");
  await inAnotherProcess(["d"], "close");
  expect(await seal()).toEqual(["a", "b", "c", "d"]);
  expect(await seal()).toEqual(["a", "b", "c", "d"]);
  expect(readdirSync(dir).filter((name) => !name.startsWith("batch-"))).toEqual([]);
});

test("a process that lives keeps its file until it gives it up", async () => {
  const program = `
    const { openTelemetryQueue } = await import(${JSON.stringify(join(import.meta.dirname, "telemetry-queue.ts"))});
    const queue = openTelemetryQueue(${JSON.stringify(dir)});
    await queue.append("theirs\\n");
    console.log("written");
    await new Promise((resolve) => process.stdin.once("data", resolve));
    await queue.append("more of theirs\\n");
    await queue.close();
    process.exit(0);`;
  const child = spawn(process.execPath, ["--conditions=source", "--input-type=module", "-e", program]);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const mine = openTelemetryQueue(dir);
  await mine.append("mine\n");
  await mine.seal(make);
  expect(linesIn(await mine.sealed())).toEqual(["mine"]);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.stdin.write("go on\n");
  await gone;
  expect(await seal()).toEqual(["mine", "more of theirs", "theirs"]);
});

test("a crash between any two steps of sealing neither loses nor doubles a line", async () => {
  const token = "ab".repeat(32);
  const claim = join(dir, `claim-999999999-${token}`);
  // Claimed, and the batch not written yet.
  mkdirSync(claim, { recursive: true });
  writeFileSync(join(claim, "ready-000000000001.jsonl"), "a\nb\n");
  expect(await seal()).toEqual(["a", "b"]);
  // The batch written, and the claim not removed yet.
  mkdirSync(claim, { recursive: true });
  writeFileSync(join(claim, "ready-000000000001.jsonl"), "a\nb\n");
  expect(await seal()).toEqual(["a", "b"]);
  // Sent, and the claim come back from a copy.
  await openTelemetryQueue(dir).remove(hashOf(token), true);
  mkdirSync(claim, { recursive: true });
  writeFileSync(join(claim, "ready-000000000001.jsonl"), "a\nb\n");
  expect(await seal()).toEqual([]);
  expect(readFileSync(join(dir, "sent", `${hashOf(token)}.json`), "utf8")).toBe("a\nb");
});

test("two processes that seal at once share the lines between them", async () => {
  for (const name of Array.from({ length: 40 }, (_, at) => at)) await inFile(`line ${name}`);
  const queues = [openTelemetryQueue(dir), openTelemetryQueue(dir)];
  await Promise.all(queues.map((queue) => queue.seal(make)));
  expect(await seal()).toEqual(Array.from({ length: 40 }, (_, at) => `line ${at}`).toSorted());
});

async function inFile(line: string): Promise<void> {
  const queue = openTelemetryQueue(dir);
  await queue.append(`${line}\n`);
  await queue.close();
}

test("destroying leaves what was sent and the ledger; the next line begins anew", async () => {
  const queue = openTelemetryQueue(dir);
  const entry: LedgerEntry = {
    batch: "b",
    outcome: "stored",
    at: 1,
    day: "2026-11-20",
    events: 1,
    hash: "h",
    token: "t",
    leftOut: 0,
  };
  await queue.record(entry);
  await queue.append("a\n");
  await queue.seal(make);
  await queue.keep("once", "{}");
  const other = openTelemetryQueue(dir);
  await other.append("canary\n");
  await queue.destroy();
  expect(readdirSync(dir)).toEqual(["ledger.jsonl"]);
  await other.append("after\n");
  await other.close();
  expect(await seal()).toEqual(["after"]);
  expect(await queue.ledger()).toEqual([entry]);
});

test("nothing is made before there is something to keep", async () => {
  const none = join(dir, "none");
  const queue = openTelemetryQueue(none);
  await queue.destroy();
  await queue.seal(make);
  expect([await queue.sealed(), await queue.length(), await queue.ledger(), await queue.kept("once")]).toEqual([
    [],
    0,
    [],
    undefined,
  ]);
  await queue.close();
  expect(readdirSync(dir)).toEqual([]);
});

test("files that were damaged are no batches and spoil no others", async () => {
  writeFileSync(join(dir, `batch-${"0".repeat(64)}.json`), "{");
  writeFileSync(join(dir, `batch-${"1".repeat(64)}.json`), JSON.stringify({ batch: "another" }));
  writeFileSync(join(dir, "ledger.jsonl"), '{"batch":"cut');
  const queue = openTelemetryQueue(dir);
  await queue.append("a\n");
  await queue.seal(make);
  expect(linesIn(await queue.sealed())).toEqual(["a"]);
  const entry = {
    batch: "b",
    outcome: "stored",
    at: 1,
    day: "d",
    events: 1,
    hash: "h",
    token: "t",
    leftOut: 0,
  } as const;
  await queue.record(entry);
  expect(await queue.ledger()).toEqual([entry]);
});

const small = mkdtempSync(join(tmpdir(), "avow-small-"));
const canMount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", small]).status === 0;
afterAll(() => {
  if (canMount) spawnSync("umount", [small]);
  rmSync(small, { recursive: true, force: true });
});

test.skipIf(!canMount)("a full disk keeps no half lines (skipped where a small tmpfs cannot be mounted)", async () => {
  const queue = openTelemetryQueue(small);
  await queue.append("first\n");
  await expect(queue.append(`${"x".repeat(200_000)}\n`)).rejects.toThrow("ENOSPC");
  await queue.append("second\n");
  await queue.seal(make);
  expect(linesIn(await queue.sealed())).toEqual(["first", "second"]);
});
