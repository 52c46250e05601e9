// The files of closed days: one for each day and site, never changed once it is there, erased by unlinking.
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { ClosedSource } from "../closing/answer-with-cells.ts";
import {
  type CellsIndex,
  type CellsWriter,
  headBytes,
  prefixBytes,
  readIndex,
  readShape,
  type ShapeEntry,
  valuesOf,
} from "../closing/cells-bytes.ts";
import { closedDayOf, type ClosedHead, type KeptShape, shapeName } from "../closing/closed-record.ts";
import type { ClosedDay } from "../contract.ts";
import { DiskFullError, StoreDamagedError } from "../errors.ts";
import { isNoSpace, syncDir } from "../spool-files.ts";
import type { StoreNote } from "./store-note.ts";

/** `closing`, `dropping`: what is kept is kept, but rows may be left somewhere. */
type State = "closing" | "dropping" | "cells";

interface Known {
  readonly path: string;
  readonly index: CellsIndex;
  /** Where the shapes begin. */
  readonly body: number;
  readonly state: State;
}

export interface SiteDay {
  readonly site: string;
  readonly day: string;
}

/** Cells of shapes that were read, remembered; about 200 B each. */
const mostRemembered = 100_000;

export class ClosedFiles {
  readonly #dir: string;
  readonly #known = new Map<string, Known>();
  /** Least recently read first. */
  readonly #shapes = new Map<string, KeptShape>();
  #remembered = 0;

  private constructor(dir: string) {
    this.#dir = dir;
  }

  /** Reads every day's head. What cannot be read is moved aside and told of. */
  static open(dir: string, report: (note: StoreNote) => void): ClosedFiles {
    const files = new ClosedFiles(dir);
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(dir).toSorted()) {
      const path = join(dir, name);
      const [, day = "", state] = /^(\d{4}-\d{2}-\d{2})\.[0-9a-f]{32}\.(closing|dropping|cells)$/.exec(name) ?? [];
      if (name.endsWith(".new")) rmSync(path);
      if (state !== "closing" && state !== "dropping" && state !== "cells") continue;
      const read = indexOf(path);
      if (read === undefined) {
        renameSync(path, `${path}.damaged`);
        report({ kind: "cells-damaged", day, aside: `${path}.damaged` });
      } else files.#known.set(keyOf(read.index.head), { path, state, ...read });
    }
    return files;
  }

  has(one: SiteDay): boolean {
    return this.#known.has(keyOf(one));
  }

  /** Of these days rows may be left. */
  unfinished(): readonly SiteDay[] {
    return this.#inOrder().flatMap(({ state, index: { head } }) => (state === "cells" ? [] : [head]));
  }

  days(site?: string): readonly ClosedDay[] {
    return this.#kept(site).map(shownDay);
  }

  day(one: SiteDay): ClosedDay | undefined {
    const known = this.#known.get(keyOf(one));
    return known === undefined || known.state === "dropping" ? undefined : shownDay(known);
  }

  /** What questions of a site may read. */
  sources(site: string): readonly ClosedSource[] {
    return this.#kept(site).map((known) => ({
      head: known.index.head,
      shapes: new Set(known.index.shapes.map(({ keys }) => shapeName(keys))),
      read: (name) => this.#read(known, name),
    }));
  }

  /** Dimensions of which a closed day has counts. */
  dimensions(): ReadonlySet<string> {
    return new Set(
      this.#kept().flatMap(({ index }) => index.shapes.flatMap(({ keys }) => keys.map((key): string => key))),
    );
  }

  /** Durable when it resolves; from then on the day is closed. `dropping`: nothing is kept, once its rows are gone. @throws DiskFullError */
  async put(head: ClosedHead, cells: CellsWriter, state: "closing" | "dropping"): Promise<void> {
    const path = join(this.#dir, `${head.day}.${nameOf(head.site)}.${state}`);
    const bytes = cells.bytes(head);
    try {
      const file = await open(`${path}.new`, "w", 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.new`, path);
      await syncDir(this.#dir);
    } catch (error) {
      rmSync(`${path}.new`, { force: true });
      throw isNoSpace(error) ? new DiskFullError("writing what is kept of a closed day", error) : error;
    }
    const read = indexOf(path);
    if (read === undefined) throw new StoreDamagedError(path, undefined);
    this.#known.set(keyOf(head), { path, state, ...read });
  }

  /** No row is left. */
  async finish(one: SiteDay): Promise<void> {
    const known = this.#known.get(keyOf(one));
    if (known === undefined || known.state === "cells") return;
    if (known.state === "dropping") return this.remove([one]);
    const path = `${known.path.slice(0, -"closing".length)}cells`;
    await rename(known.path, path);
    await syncDir(this.#dir);
    this.#known.set(keyOf(one), { ...known, path, state: "cells" });
  }

  async remove(days: readonly SiteDay[]): Promise<void> {
    for (const one of days) {
      const known = this.#known.get(keyOf(one));
      if (known === undefined) continue;
      rmSync(known.path, { force: true });
      this.#known.delete(keyOf(one));
      for (const name of this.#shapes.keys()) if (name.startsWith(known.path)) this.#forget(name);
    }
    if (days.length > 0) await syncDir(this.#dir);
  }

  #inOrder(): readonly Known[] {
    return [...this.#known].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, known]) => known);
  }

  #kept(site?: string): readonly Known[] {
    return this.#inOrder().filter(
      ({ state, index }) => state !== "dropping" && (site === undefined || index.head.site === site),
    );
  }

  async #read(known: Known, name: string): Promise<KeptShape> {
    const id = `${known.path} ${name}`;
    const remembered = this.#shapes.get(id);
    if (remembered !== undefined) {
      this.#shapes.delete(id);
      this.#shapes.set(id, remembered);
      return remembered;
    }
    const entry = known.index.shapes.find(({ keys }) => shapeName(keys) === name);
    if (entry === undefined) throw new StoreDamagedError(known.path, undefined);
    const pair = entry.keys.length === 2;
    const alone = pair ? await Promise.all(entry.keys.map((key) => this.#read(known, key))) : [];
    const shape = readShape(entry, await bytesOf(known, entry), alone.map(valuesOf));
    if (shape === undefined) throw new StoreDamagedError(known.path, undefined);
    this.#shapes.set(id, shape);
    this.#remembered += 1 + shape.cells.length;
    for (const oldest of this.#shapes.keys()) {
      if (this.#remembered <= mostRemembered || oldest === id) break;
      this.#forget(oldest);
    }
    return shape;
  }

  #forget(name: string): void {
    const shape = this.#shapes.get(name);
    if (shape === undefined) return;
    this.#shapes.delete(name);
    this.#remembered -= 1 + shape.cells.length;
  }
}

function keyOf({ site, day }: SiteDay): string {
  return `${day} ${site}`;
}

/** A site's name in a file's name. */
function nameOf(site: string): string {
  return createHash("sha256").update(site).digest("hex").slice(0, 32);
}

function shownDay({ index: { head, shapes } }: { readonly index: CellsIndex }): ClosedDay {
  const sum = (of: (shape: ShapeEntry) => number): number => shapes.reduce((total, shape) => total + of(shape), 0);
  return closedDayOf(
    head satisfies ClosedHead,
    sum(({ cells }) => cells),
    sum(({ folded }) => folded),
  );
}

function indexOf(path: string): Pick<Known, "index" | "body"> | undefined {
  const file = openSync(path, "r");
  try {
    const prefix = Buffer.alloc(prefixBytes);
    if (readSync(file, prefix) < prefixBytes) return undefined;
    const length = headBytes(prefix) ?? Number.POSITIVE_INFINITY;
    if (length > 64 * 1024 * 1024) return undefined;
    const text = Buffer.alloc(length);
    if (readSync(file, text, 0, length, prefixBytes) < length) return undefined;
    const index = readIndex(prefix, text);
    return index === undefined ? undefined : { index, body: prefixBytes + length };
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

async function bytesOf({ path, body }: Known, entry: ShapeEntry): Promise<Buffer> {
  const bytes = Buffer.alloc(entry.bytes);
  const file = await open(path, "r");
  try {
    await file.read(bytes, 0, bytes.length, body + entry.from);
    return bytes;
  } finally {
    await file.close();
  }
}
