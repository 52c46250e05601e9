// Telemetry in files, one for each batch: durable before it is told, deleted by unlinking, a day closed by one small file of counts.
import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, readdir, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OpenTelemetryDay, TelemetryBatch, TelemetryPut, TelemetryStore } from "../contract.ts";
import { DayClosedError, DiskFullError, StoreClosedError } from "../errors.ts";
import { isDay } from "../event-row-check.ts";
import { telemetryColumns } from "../layout.ts";
import { isNoSpace, syncDir } from "../spool-files.ts";
import { isBatchName, isTelemetryId, requireBatch, requireNames } from "../telemetry-batch-check.ts";

/** `DIR/telemetry/ID/DAY/ab/abcd…` and, once closed, `DIR/telemetry/ID/DAY.json`. */
export function openFileTelemetry(dir: string): TelemetryStore {
  return new FileTelemetry(join(dir, "telemetry"));
}

class FileTelemetry implements TelemetryStore {
  readonly #root: string;
  /** Days being closed take nothing more. */
  readonly #closing = new Set<string>();
  /** What is under way by day; closing waits for it. */
  readonly #busy = new Map<string, Set<Promise<unknown>>>();
  /** One thing at a time for one batch: a deletion and a late copy may come together. */
  readonly #turns = new Map<string, Promise<unknown>>();
  #isOpen = true;

  constructor(root: string) {
    this.#root = root;
  }

  async put(batch: TelemetryBatch): Promise<TelemetryPut> {
    requireBatch(batch);
    const { telemetry, day } = batch;
    return this.#during(telemetry, day, () => this.#inTurn(batch.batch, () => this.#put(batch)));
  }

  async remove(telemetry: string, day: string, batch: string): Promise<boolean> {
    requireBatch({ telemetry, day, batch, text: "" });
    const path = this.#batchPath(telemetry, day, batch);
    return this.#during(telemetry, day, () =>
      this.#inTurn(batch, async () => {
        if (await exists(`${path}.deleted`)) {
          await rm(path, { force: true });
          return true;
        }
        if (!(await exists(path))) return false;
        // The name first: a crash in between leaves a batch that is deleted once more, never one that comes back.
        await writeNew(`${path}.deleted`, "");
        await unlink(path);
        await syncDir(dirname(path));
        return true;
      }),
    );
  }

  async openDays(): Promise<readonly OpenTelemetryDay[]> {
    this.#requireOpen();
    const found: OpenTelemetryDay[] = [];
    for (const telemetry of (await namesIn(this.#root)).filter(isTelemetryId).toSorted()) {
      for (const day of (await namesIn(join(this.#root, telemetry))).filter(isDay).toSorted()) {
        if (await this.isClosed(telemetry, day)) continue;
        let batches = 0;
        for await (const path of this.#paths(telemetry, day)) batches += path === "" ? 0 : 1;
        found.push({ telemetry, day, batches });
      }
    }
    return found;
  }

  async *texts(telemetry: string, day: string): AsyncIterable<string> {
    for await (const path of this.#paths(telemetry, day)) {
      const text = await readFile(path, "utf8").catch(() => undefined);
      if (text !== undefined) yield text;
    }
  }

  async closeDay(telemetry: string, day: string, counts: string): Promise<void> {
    requireNames(telemetry, day);
    this.#requireOpen();
    const key = `${telemetry} ${day}`;
    this.#closing.add(key);
    try {
      const busy = this.#busy.get(key);
      if (busy !== undefined) await Promise.allSettled(busy);
      const path = this.#countsPath(telemetry, day);
      if (!(await exists(path))) await this.#told(() => writeWhole(path, counts));
      await rm(this.#dayDir(telemetry, day), { recursive: true, force: true });
      await syncDir(dirname(path));
    } finally {
      this.#closing.delete(key);
    }
  }

  async isClosed(telemetry: string, day: string): Promise<boolean> {
    requireNames(telemetry, day);
    return exists(this.#countsPath(telemetry, day));
  }

  async counts(telemetry: string): Promise<readonly { readonly day: string; readonly counts: string }[]> {
    this.#requireOpen();
    if (!isTelemetryId(telemetry)) return [];
    const dir = join(this.#root, telemetry);
    const days = (await namesIn(dir)).filter((name) => name.endsWith(".json") && isDay(name.slice(0, -5))).toSorted();
    return Promise.all(
      days.map(async (name) => ({ day: name.slice(0, -5), counts: await readFile(join(dir, name), "utf8") })),
    );
  }

  async forgetCounts(telemetry: string, beforeDay: string): Promise<readonly string[]> {
    const gone = (await this.counts(telemetry)).map(({ day }) => day).filter((day) => day < beforeDay);
    for (const day of gone) await rm(this.#countsPath(telemetry, day), { force: true });
    return gone;
  }

  async columns() {
    return (await this.openDays()).length === 0
      ? []
      : telemetryColumns.map(({ store, table, column }) => ({ store, table, column }));
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await Promise.allSettled([...this.#busy.values()].flatMap((each) => [...each]));
  }

  async #put({ telemetry, day, batch, text }: TelemetryBatch): Promise<TelemetryPut> {
    const path = this.#batchPath(telemetry, day, batch);
    if (await exists(`${path}.deleted`)) return "deleted before";
    if (await exists(path)) return "stored before";
    return this.#told(async () => {
      await makeDirs(this.#root, dirname(path));
      return (await writeNew(path, text)) ? "stored" : "stored before";
    });
  }

  async #told<Result>(act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      throw isNoSpace(error) ? new DiskFullError("writing telemetry", error) : error;
    }
  }

  async #during<Result>(telemetry: string, day: string, act: () => Promise<Result>): Promise<Result> {
    this.#requireOpen();
    const key = `${telemetry} ${day}`;
    if (this.#closing.has(key)) throw new DayClosedError(telemetry, day);
    const busy = this.#busy.get(key) ?? new Set();
    this.#busy.set(key, busy);
    const work = (async () => {
      if (await this.isClosed(telemetry, day)) throw new DayClosedError(telemetry, day);
      return act();
    })();
    busy.add(work);
    try {
      return await work;
    } finally {
      busy.delete(work);
      if (busy.size === 0) this.#busy.delete(key);
    }
  }

  async #inTurn<Result>(batch: string, act: () => Promise<Result>): Promise<Result> {
    const before = this.#turns.get(batch) ?? Promise.resolve();
    const work = before.then(act, act);
    this.#turns.set(batch, work);
    try {
      return await work;
    } finally {
      if (this.#turns.get(batch) === work) this.#turns.delete(batch);
    }
  }

  async *#paths(telemetry: string, day: string): AsyncIterable<string> {
    requireNames(telemetry, day);
    const dir = this.#dayDir(telemetry, day);
    for (const part of (await namesIn(dir)).toSorted()) {
      const names = await namesIn(join(dir, part));
      const deleted = new Set(names.filter((name) => name.endsWith(".deleted")).map((name) => name.slice(0, -8)));
      for (const name of names.toSorted()) if (isBatchName(name) && !deleted.has(name)) yield join(dir, part, name);
    }
  }

  #dayDir(telemetry: string, day: string): string {
    return join(this.#root, telemetry, day);
  }

  #batchPath(telemetry: string, day: string, batch: string): string {
    return join(this.#dayDir(telemetry, day), batch.slice(0, 2), batch);
  }

  #countsPath(telemetry: string, day: string): string {
    return join(this.#root, telemetry, `${day}.json`);
  }

  #requireOpen(): void {
    if (!this.#isOpen) throw new StoreClosedError();
  }
}

/** Every directory durable in the one above it. */
async function makeDirs(root: string, path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (
    let each = path;
    each.length >= dirname(root).length && each.length >= dirname(first).length;
    each = dirname(each)
  ) {
    await syncDir(each);
  }
}

/** Whole and durable, or not there; false where the name is taken. */
async function writeNew(path: string, text: string): Promise<boolean> {
  const made = await written(path, text);
  try {
    await link(made, path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(made, { force: true });
  }
  await syncDir(dirname(path));
  return true;
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rename(await written(path, text), path);
  await syncDir(dirname(path));
}

/** A file beside it, durable, under a name of its own. */
async function written(path: string, text: string): Promise<string> {
  const made = `${path}.${randomBytes(6).toString("hex")}.new`;
  const file = await open(made, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } catch (error) {
    await rm(made, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return made;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function namesIn(dir: string): Promise<readonly string[]> {
  return readdir(dir).catch(() => []);
}
