// The queue on disk: a file for each process, given up whole by renaming, sealed under the name of a token; nothing to lock (docs/design/telemetry.md).
import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Kept, type LedgerEntry, type Sealed, type TelemetryQueue, isRecord, limits } from "../telemetry/index.ts";
import { isAlive, isMissing, makeDir, namesIn, readSmall, syncDir, writeWhole } from "./telemetry-dir.ts";
import { TelemetryLedger } from "./telemetry-ledger.ts";

/** Names in use by this process; what has its number and is not among them was left by another. */
const inUse = new Set<string>();

const openShape = /^open-(\d+)-[\da-f]{12}\.jsonl$/;
const readyShape = /^ready-[\da-f]{12}\.jsonl$/;
const claimShape = /^claim-(\d+)-([\da-f]{64})$/;
const batchShape = /^batch-[\da-f]{64}\.json$/;
/** Of a process that lives and has not written since; its number was given to somebody else. */
const staleMs = 2 * 86_400_000;

interface Open {
  readonly name: string;
  readonly file: FileHandle;
  length: number;
}

export function openTelemetryQueue(dir: string): TelemetryQueue {
  return new QueueOnDisk(dir);
}

class QueueOnDisk implements TelemetryQueue {
  readonly #dir: string;
  readonly #ledger: TelemetryLedger;
  #open: Open | undefined;

  constructor(dir: string) {
    this.#dir = dir;
    this.#ledger = new TelemetryLedger(dir);
  }

  async append(lines: string): Promise<void> {
    const current = await this.#file();
    const bytes = Buffer.from(lines, "utf8");
    try {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await current.file.write(
          bytes,
          written,
          bytes.length - written,
          current.length + written,
        );
        written += bytesWritten;
      }
      await current.file.datasync();
      current.length += bytes.length;
    } catch (error) {
      // On a full disk: half of it is none of it.
      await current.file.truncate(current.length).catch(() => undefined);
      throw error;
    }
  }

  async length(): Promise<number> {
    let sum = 0;
    for (const name of await namesIn(this.#dir)) {
      if (openShape.test(name) || readyShape.test(name)) sum += await sizeOf(join(this.#dir, name));
    }
    return sum;
  }

  async seal(make: (lines: readonly string[], token: string) => Promise<Sealed | undefined>): Promise<void> {
    await this.#giveUp();
    const names = await namesIn(this.#dir);
    for (const name of names) {
      const [, pid, token] = claimShape.exec(name) ?? [];
      if (token !== undefined && (await this.#isLeft(name, Number(pid)))) await this.#finish(name, token, make);
      const [, owner] = openShape.exec(name) ?? [];
      if (owner !== undefined && (await this.#isLeft(name, Number(owner)))) await this.#move(name, readyName());
    }
    const ready = (await namesIn(this.#dir)).filter((name) => readyShape.test(name));
    if (ready.length === 0) return;
    const token = randomBytes(32).toString("hex");
    const claim = `claim-${process.pid}-${token}`;
    inUse.add(claim);
    try {
      await makeDir(join(this.#dir, claim));
      for (const name of ready) await this.#move(name, join(claim, name));
      await this.#finish(claim, token, make);
    } finally {
      inUse.delete(claim);
    }
  }

  async sealed(): Promise<readonly Sealed[]> {
    const found: Sealed[] = [];
    for (const name of (await namesIn(this.#dir)).filter((each) => batchShape.test(each))) {
      const text = await readSmall(join(this.#dir, name), 4 * limits.batchBytes);
      const sealed = text === undefined ? undefined : readSealed(text);
      if (sealed !== undefined && name === batchName(sealed.batch)) found.push(sealed);
      else await rm(join(this.#dir, name), { force: true });
    }
    return found.toSorted((a, b) => (a.day + a.batch < b.day + b.batch ? -1 : 1));
  }

  async put(sealed: Sealed): Promise<void> {
    await makeDir(this.#dir);
    await writeWhole(join(this.#dir, batchName(sealed.batch)), JSON.stringify(sealed));
  }

  async remove(batch: string, isSent: boolean): Promise<void> {
    const path = join(this.#dir, batchName(batch));
    if (isSent) {
      const sealed = readSealed((await readSmall(path, 4 * limits.batchBytes)) ?? "");
      if (sealed !== undefined) await this.#ledger.keepSent(batch, sealed.body);
    }
    await rm(path, { force: true });
  }

  async destroy(): Promise<void> {
    const mine = this.#open;
    this.#open = undefined;
    await mine?.file.close().catch(() => undefined);
    if (mine !== undefined) inUse.delete(mine.name);
    for (const name of await namesIn(this.#dir)) {
      if (name === "sent" || name.startsWith("ledger.")) continue;
      await rm(join(this.#dir, name), { recursive: true, force: true });
    }
  }

  async kept(name: Kept): Promise<string | undefined> {
    return readSmall(join(this.#dir, `${name}.json`), limits.queueLength);
  }

  async keep(name: Kept, text: string): Promise<void> {
    await makeDir(this.#dir);
    await writeWhole(join(this.#dir, `${name}.json`), text);
  }

  record(entry: LedgerEntry): Promise<void> {
    return this.#ledger.record(entry);
  }

  ledger(): Promise<readonly LedgerEntry[]> {
    return this.#ledger.entries();
  }

  close(): Promise<void> {
    return this.#giveUp();
  }

  /** This process's own file; a new one where another process destroyed or took it. */
  async #file(): Promise<Open> {
    const current = this.#open;
    if (current !== undefined && (await isThere(join(this.#dir, current.name)))) return current;
    await current?.file.close().catch(() => undefined);
    if (current !== undefined) inUse.delete(current.name);
    await makeDir(this.#dir);
    const name = `open-${process.pid}-${randomBytes(6).toString("hex")}.jsonl`;
    inUse.add(name);
    const file = await open(join(this.#dir, name), "wx", 0o600);
    await syncDir(this.#dir);
    this.#open = { name, file, length: 0 };
    return this.#open;
  }

  /** Nothing is added to it any more; whoever seals next may have it. */
  async #giveUp(): Promise<void> {
    const mine = this.#open;
    if (mine === undefined) return;
    this.#open = undefined;
    await mine.file.close();
    await this.#move(mine.name, readyName());
    inUse.delete(mine.name);
  }

  async #isLeft(name: string, pid: number): Promise<boolean> {
    if (pid === process.pid) return !inUse.has(name);
    if (!isAlive(pid)) return true;
    const found = await stat(join(this.#dir, name)).catch(() => undefined);
    return found !== undefined && Date.now() - found.mtimeMs > staleMs;
  }

  /** Of several processes that move the same file one does; the others find it gone. */
  async #move(from: string, to: string): Promise<void> {
    await rename(join(this.#dir, from), join(this.#dir, to)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  }

  /** The batch's name follows from the token, so whatever was begun is not done twice. */
  async #finish(
    claim: string,
    token: string,
    make: (lines: readonly string[], token: string) => Promise<Sealed | undefined>,
  ): Promise<void> {
    const dir = join(this.#dir, claim);
    const batch = createHash("sha256").update(token).digest("hex");
    const isDone = (await isThere(join(this.#dir, batchName(batch)))) || (await this.#ledger.hasSent(batch));
    if (!isDone) {
      const lines: string[] = [];
      for (const name of (await namesIn(dir)).toSorted()) {
        const text = await readFile(join(dir, name), "utf8").catch(() => "");
        for (const line of text.split("\n")) if (line !== "") lines.push(line);
      }
      const sealed = lines.length === 0 ? undefined : await make(lines, token);
      if (sealed !== undefined) await this.put(sealed);
    }
    await rm(dir, { recursive: true, force: true });
  }
}

function readyName(): string {
  return `ready-${randomBytes(6).toString("hex")}.jsonl`;
}

function batchName(batch: string): string {
  return `batch-${batch}.json`;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function readSealed(text: string): Sealed | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const texts = ["batch", "token", "day", "version", "filterFrom", "body"];
  const isSealed = texts.every((key) => typeof value[key] === "string") && Array.isArray(value["agreed"]);
  return isSealed && typeof value["events"] === "number" && typeof value["leftOut"] === "number"
    ? (value as unknown as Sealed)
    : undefined;
}
