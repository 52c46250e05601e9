// The spool: what is appended is on disk before the caller hears of it; whoever appends during a sync shares the next one.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { StoreClosedError, StoreValueError } from "./errors.ts";
import { isDay } from "./event-row-check.ts";
import { SpoolBatch } from "./spool-batch.ts";
import { longestPayload } from "./spool-frame.ts";
import { realFiles, type SpoolFiles, syncDir } from "./spool-files.ts";
import { type Segment, SpoolWriter } from "./spool-writer.ts";

/** A day's share of the spool: what waits, and whether its writer is at work. */
interface Lane {
  readonly writer: SpoolWriter;
  /** The last one is still being filled. */
  readonly waiting: SpoolBatch[];
  work: Promise<void> | undefined;
  spare: Buffer | undefined;
  /** Being written. */
  current: SpoolBatch | undefined;
  /** Told once the segment is ended that was open when they asked. */
  readonly seals: (() => void)[];
}

/** Segments of a day that nothing is added to any more, and numbers after them that nobody else takes. */
export interface Sealed {
  readonly segments: readonly Segment[];
  /** As many as there are segments, at least one. */
  readonly numbers: readonly number[];
}

export class Spool {
  readonly #dir: string;
  readonly #files: SpoolFiles;
  readonly #segments = new Map<string, Segment[]>();
  readonly #lanes = new Map<string, Lane>();
  /** Numbers of a day's segments begin above. */
  readonly #floors = new Map<string, number>();
  #whenDurable: (bytes: number) => void = () => undefined;
  #isClosed = false;

  private constructor(dir: string, files: SpoolFiles) {
    this.#dir = dir;
    this.#files = files;
  }

  /** Finds the segments of earlier openings; nothing is read yet. */
  static async open(dir: string, files: SpoolFiles = realFiles): Promise<Spool> {
    await files.makeDir(dir);
    const spool = new Spool(dir, files);
    for (const day of (await readdir(dir)).filter(isDay).toSorted()) {
      const names = (await readdir(join(dir, day))).filter((name) => /^\d{8}\.seg$/.test(name)).toSorted();
      const segments: Segment[] = [];
      for (const name of names) {
        const path = join(dir, day, name);
        segments.push({ day, number: Number.parseInt(name, 10), path, length: (await stat(path)).size });
      }
      spool.#segments.set(day, segments);
    }
    return spool;
  }

  days(): readonly string[] {
    return [...this.#segments.keys()].toSorted();
  }

  /** In the order they were written. */
  segments(day: string): readonly Segment[] {
    return this.#segments.get(day) ?? [];
  }

  /** `tell` hears of every batch once it is durable, before those who appended it. */
  whenDurable(tell: (bytes: number) => void): void {
    this.#whenDurable = tell;
  }

  /** Durable when it resolves; text is kept as UTF-8. @throws DiskFullError, StoreValueError, StoreClosedError */
  append(day: string, payload: string | Buffer): Promise<void> {
    if (this.#isClosed) return Promise.reject(new StoreClosedError());
    if (payload.length === 0 || isTooLong(payload)) {
      return Promise.reject(new StoreValueError(`a row must take less than ${longestPayload} bytes`));
    }
    const lane = this.#lane(day);
    let batch = lane.waiting.at(-1);
    if (batch === undefined || batch.isFull) {
      batch = new SpoolBatch(lane.spare);
      lane.spare = undefined;
      lane.waiting.push(batch);
    }
    batch.add(payload);
    lane.work ??= this.#write(day, lane);
    return batch.done;
  }

  /** Ends when everything appended to the day so far is durable or rejected. */
  async flush(day: string): Promise<void> {
    const lane = this.#lanes.get(day);
    if (lane === undefined) return;
    const batches = lane.current === undefined ? lane.waiting : [lane.current, ...lane.waiting];
    await Promise.allSettled(batches.map(({ done }) => done));
  }

  /** What is appended from now on goes to segments above the sealed ones and their numbers. */
  async seal(day: string): Promise<Sealed> {
    const lane = this.#lane(day);
    return new Promise((resolve) => {
      lane.seals.push(() => resolve(this.#sealed(day, lane)));
      lane.work ??= this.#write(day, lane);
    });
  }

  /** Unlinks sealed segments and everything set aside beside them; `instead` are there already. */
  async replace(day: string, { segments }: Sealed, instead: readonly Segment[]): Promise<void> {
    for (const { path } of segments) rmSync(path, { force: true });
    const left = this.segments(day).filter((segment) => !segments.includes(segment));
    const now = [...instead, ...left];
    if (now.length > 0) this.#segments.set(day, now);
    else this.#segments.delete(day);
    const dir = join(this.#dir, day);
    const names = existsSync(dir) ? readdirSync(dir) : [];
    for (const name of names) if (name.includes(".seg.")) rmSync(join(dir, name));
    if (now.length === 0 && this.#lanes.get(day)?.work === undefined) rmSync(dir, { recursive: true, force: true });
    await syncDir(existsSync(dir) ? dir : this.#dir);
  }

  /** Ends when everything appended so far is durable or rejected. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const lane of this.#lanes.values()) {
      await lane.work;
      await lane.writer.close();
    }
  }

  async #write(day: string, lane: Lane): Promise<void> {
    for (;;) {
      // Whoever is read from the network in this turn shares the sync.
      await setImmediate();
      const seals = lane.seals.splice(0);
      if (seals.length > 0) await lane.writer.close();
      for (const tell of seals) tell();
      const batch = lane.waiting.shift();
      if (batch === undefined && lane.seals.length === 0) break;
      if (batch === undefined) continue;
      lane.current = batch;
      try {
        await lane.writer.write(batch.bytes);
        this.#whenDurable(batch.bytes.length);
        batch.settle();
      } catch (cause) {
        batch.settle({ cause });
      }
      lane.current = undefined;
      lane.spare ??= batch.release();
    }
    lane.work = undefined;
    await this.#closeOthers(day);
  }

  /** Two days at once are usual around midnight; a file of a day long gone need not stay open. */
  async #closeOthers(day: string): Promise<void> {
    for (const [other, lane] of this.#lanes) {
      if (this.#lanes.size <= 8) return;
      if (other === day || lane.work !== undefined || lane.waiting.length > 0) continue;
      this.#lanes.delete(other);
      await lane.writer.close();
    }
  }

  #sealed(day: string, { writer }: Lane): Sealed {
    const segments = [...this.segments(day)];
    const first = writer.take(Math.max(1, segments.length));
    const numbers = Array.from({ length: Math.max(1, segments.length) }, (_, index) => first + index);
    this.#floors.set(day, numbers.at(-1) ?? 0);
    return { segments, numbers };
  }

  #lane(day: string): Lane {
    const known = this.#lanes.get(day);
    if (known !== undefined) return known;
    const segments = this.#segments.get(day) ?? [];
    const floor = this.#floors.get(day) ?? 0;
    const next = 1 + segments.reduce((highest, { number }) => Math.max(highest, number), floor);
    const add = (segment: Segment): void => {
      const list = this.#segments.get(day);
      if (list === undefined) this.#segments.set(day, [segment]);
      else list.push(segment);
    };
    const lane: Lane = {
      writer: new SpoolWriter(this.#dir, day, next, this.#files, add),
      waiting: [],
      work: undefined,
      spare: undefined,
      current: undefined,
      seals: [],
    };
    this.#lanes.set(day, lane);
    return lane;
  }
}

function isTooLong(payload: string | Buffer): boolean {
  if (typeof payload !== "string") return payload.length > longestPayload;
  return payload.length * 3 > longestPayload && Buffer.byteLength(payload) > longestPayload;
}

/** Durable bytes of a segment from an offset, at most `most` of them. */
export async function readSegment(segment: Segment, from: number, most: number): Promise<Buffer> {
  const wanted = Math.min(most, segment.length - from);
  const bytes = Buffer.allocUnsafe(Math.max(0, wanted));
  const handle = await open(segment.path, "r");
  try {
    let read = 0;
    while (read < bytes.length) {
      const { bytesRead } = await handle.read(bytes, read, bytes.length - read, from + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  } finally {
    await handle.close();
  }
}
