// The day files of one data directory: attached when first needed, checked after a crash, rebuilt from the spool when damaged.
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { dimensionColumns } from "../contract.ts";
import { StoreBusyError } from "../errors.ts";
import { isDay } from "../event-row-check.ts";
import { syncDir } from "../spool-files.ts";
import { textSql } from "./duckdb-expressions.ts";
import type { AttachedDay } from "./duckdb-question.ts";
import { countHeld, type HeldCounts } from "./held-counts.ts";

export interface DayFile extends AttachedDay {
  readonly day: string;
  readonly path: string;
  readonly dimensions: Set<string>;
  /** Table columns in their order, as the appender wants them. */
  columns: readonly string[];
  /** Bytes of each spool segment whose rows are in this file. */
  readonly applied: Map<number, number>;
  /** Seconds, of all rows; no question outside it touches this file. */
  first: number;
  last: number;
  /** INVARIANT: whoever sees a row in this file sees what it is held under here; entries come before their rows. */
  readonly held: HeldCounts;
}

const always = `site VARCHAR NOT NULL, "at" UINTEGER NOT NULL, visitor UBIGINT NOT NULL, visit UBIGINT NOT NULL, name VARCHAR NOT NULL,
  interactive BOOLEAN NOT NULL, practice VARCHAR NOT NULL, version VARCHAR NOT NULL`;

/**
 * Blocks of 16 KiB instead of 256: a small day takes kilobytes. Row groups of 20,480 rows instead of 122,880: a checkpoint writes
 * the last one anew each time. Text columns of this storage version take half of the default's.
 */
const attachOptions = "(TYPE duckdb, BLOCK_SIZE 16384, ROW_GROUP_SIZE 20480, STORAGE_VERSION 'v1.4.0')";

/** Settings of every instance: nothing is fetched, loaded or written outside the data directory. */
function settings(dir: string): Record<string, string> {
  return {
    // With a second thread, whoever asks or applies waits for it in a busy loop: a third more processor time a question, for nothing
    // while another process wants that core.
    threads: "1",
    memory_limit: "512MB",
    temp_directory: join(dir, "tmp"),
    max_temp_directory_size: "4GB",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    extension_directory: join(dir, "tmp"),
    wal_autocheckpoint: "16MB",
    // What a large statement took is given back after it: closing a day of a million page views then takes 0.6 GB, not 0.75.
    allocator_flush_threshold: "8MB",
    allocator_bulk_deallocation_flush_threshold: "8MB",
    preserve_insertion_order: "true",
  };
}

/** Directories open in this process: DuckDB's lock keeps other processes out, not a second opening in this one. */
const inUse = new Set<string>();

export class DayFiles {
  readonly #dir: string;
  readonly #instance: DuckDBInstance;
  /** The one connection that writes and attaches. */
  readonly writer: DuckDBConnection;
  readonly #attached = new Map<string, DayFile>();

  private constructor(dir: string, instance: DuckDBInstance, writer: DuckDBConnection) {
    this.#dir = dir;
    this.#instance = instance;
    this.writer = writer;
  }

  /** @throws StoreBusyError */
  static async open(dir: string): Promise<DayFiles> {
    mkdirSync(join(dir, "days"), { recursive: true, mode: 0o700 });
    const place = realpathSync(dir);
    if (inUse.has(place)) throw new StoreBusyError(dir);
    const instance = await DuckDBInstance.create(":memory:", settings(dir));
    const writer = await instance.connect();
    try {
      // A file of its own that DuckDB locks for as long as this process lives.
      await writer.run(`ATTACH ${quoted(join(dir, "days", "in-use.duckdb"))} AS in_use ${attachOptions}`);
    } catch (error) {
      writer.closeSync();
      instance.closeSync();
      throw isLock(error) ? new StoreBusyError(dir, error) : error;
    }
    for (const name of readdirSync(join(dir, "days"))) {
      // Made by a process that died before it was put in its place.
      if (name.includes(".duckdb.new")) rmSync(join(dir, "days", name));
    }
    // Only now is it certain that nobody else spills there.
    rmSync(join(dir, "tmp"), { recursive: true, force: true });
    mkdirSync(join(dir, "tmp"), { mode: 0o700 });
    inUse.add(place);
    return new DayFiles(place, instance, writer);
  }

  connect(): Promise<DuckDBConnection> {
    return this.#instance.connect();
  }

  /** Days that have a file. */
  onDisk(): readonly string[] {
    const names = readdirSync(join(this.#dir, "days"));
    return names
      .flatMap((name) =>
        name.endsWith(".duckdb") && isDay(name.slice(0, 10)) && name.length === 17 ? [name.slice(0, 10)] : [],
      )
      .toSorted();
  }

  get(day: string): DayFile | undefined {
    return this.#attached.get(day);
  }

  pathOf(day: string): string {
    return join(this.#dir, "days", `${day}.duckdb`);
  }

  /** A write-ahead log beside the file: it was not closed in order. */
  hasLog(day: string): boolean {
    return statSync(`${this.pathOf(day)}.wal`, { throwIfNoEntry: false }) !== undefined;
  }

  bytesOf(day: string): number {
    return sizeOf(this.pathOf(day)) + sizeOf(`${this.pathOf(day)}.wal`);
  }

  /** Attaches or makes the day's file. @throws what DuckDB says of a file that will not open */
  async attach(day: string): Promise<DayFile> {
    const known = this.#attached.get(day);
    if (known !== undefined) return known;
    const path = this.pathOf(day);
    const alias = `day_${day.replaceAll("-", "_")}`;
    await this.writer.run(`ATTACH ${quoted(path)} AS ${alias} ${attachOptions}`);
    try {
      chmodSync(path, 0o600);
      // Also of a process that died between making the file and its tables.
      const tables = await this.writer.runAndReadAll("SELECT count(*) FROM duckdb_tables() WHERE database_name = $1", [
        alias,
      ]);
      if (Number(tables.getRows()[0]?.[0]) === 0) await this.#create(alias);
      const file = await this.#read(day, path, alias);
      this.#attached.set(day, file);
      return file;
    } catch (error) {
      await this.writer.run(`DETACH ${alias}`).catch(() => undefined);
      throw error;
    }
  }

  /** Both tables or none: a file that has only one is damaged, and is rebuilt like any other. */
  async #create(alias: string): Promise<void> {
    await this.writer.run("BEGIN TRANSACTION");
    try {
      await this.writer.run(`CREATE TABLE ${alias}.events (${always})`);
      await this.writer.run(`CREATE TABLE ${alias}.applied (segment UINTEGER PRIMARY KEY, bytes UBIGINT NOT NULL)`);
      await this.writer.run("COMMIT");
    } catch (error) {
      await this.writer.run("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }

  async #read(day: string, path: string, alias: string): Promise<DayFile> {
    const columns = await this.writer.runAndReadAll(
      `SELECT name FROM pragma_table_info('${alias}.events') ORDER BY cid`,
    );
    const applied = await this.writer.runAndReadAll(`SELECT segment, bytes FROM ${alias}.applied`);
    const span = await this.writer.runAndReadAll(`SELECT min("at"), max("at") FROM ${alias}.events`);
    const [first, last] = span.getRows()[0] ?? [];
    const held: HeldCounts = new Map();
    const holdings = await this.writer.runAndReadAll(
      `SELECT site, practice, version, count(*) FROM ${alias}.events GROUP BY ALL`,
    );
    for (const [site, practice, version, rows] of holdings.getRows()) {
      countHeld(held, { site: String(site), practice: String(practice), version: String(version), rows: Number(rows) });
    }
    const names = columns.getRows().map(([name]) => String(name));
    return {
      day,
      path,
      alias,
      columns: names,
      dimensions: new Set(names.filter((name) => (dimensionColumns as readonly string[]).includes(name))),
      applied: new Map(applied.getRows().map(([segment, bytes]) => [Number(segment), Number(bytes)])),
      first: first === null || first === undefined ? Number.POSITIVE_INFINITY : Number(first),
      last: last === null || last === undefined ? Number.NEGATIVE_INFINITY : Number(last),
      held,
    };
  }

  /** Moves the day's file out of the way, its log with it, and forgets it. @returns where it is now */
  async setAside(day: string): Promise<string> {
    const known = this.#attached.get(day);
    this.#attached.delete(day);
    if (known !== undefined) await this.writer.run(`DETACH ${known.alias}`).catch(() => undefined);
    const path = this.pathOf(day);
    const taken = new Set(readdirSync(join(this.#dir, "days")));
    let number = 1;
    while (taken.has(`${day}.duckdb.damaged-${number}`)) number += 1;
    const aside = `${path}.damaged-${number}`;
    renameSync(path, aside);
    if (statSync(`${path}.wal`, { throwIfNoEntry: false }) !== undefined) renameSync(`${path}.wal`, `${aside}.wal`);
    return aside;
  }

  /** A copy without the rows of some sites, durable beside the day's file; `applied` is what it says of the spool. */
  async copyWithout(file: DayFile, sites: readonly string[], applied: ReadonlyMap<number, number>): Promise<string> {
    const path = `${file.path}.new`;
    for (const name of [path, `${path}.wal`]) rmSync(name, { force: true });
    const alias = `${file.alias}_new`;
    const left = `site NOT IN (${sites.map((site) => textSql(site)).join(", ")})`;
    await this.writer.run(`ATTACH ${quoted(path)} AS ${alias} ${attachOptions}`);
    try {
      chmodSync(path, 0o600);
      await this.#create(alias);
      const names = (await this.#addColumnsLeft(file, alias, left)).map((column) => `"${column}"`).join(", ");
      await this.writer.run(
        `INSERT INTO ${alias}.events (${names}) SELECT ${names} FROM ${file.alias}.events WHERE ${left} ORDER BY rowid`,
      );
      for (const [segment, bytes] of applied)
        await this.writer.run(`INSERT INTO ${alias}.applied VALUES ($1, $2)`, [segment, BigInt(bytes)]);
      await this.writer.run(`CHECKPOINT ${alias}`);
    } finally {
      await this.writer.run(`DETACH ${alias}`).catch(() => undefined);
    }
    syncFile(path);
    return path;
  }

  /** A column that only rows left out had does not exist any more. @returns all there are */
  async #addColumnsLeft(file: DayFile, alias: string, left: string): Promise<readonly string[]> {
    const known = `SELECT name FROM pragma_table_info('${alias}.events') ORDER BY cid`;
    const before = (await this.writer.runAndReadAll(known)).getRows().map(([name]) => String(name));
    const types = await this.writer.runAndReadAll(
      `SELECT name, type FROM pragma_table_info('${file.alias}.events') ORDER BY cid`,
    );
    const added = types.getRows().flatMap(([name, type]) => {
      const column = { name: String(name), type: String(type) };
      return before.includes(column.name) ? [] : [column];
    });
    if (added.length === 0) return before;
    const counts = added.map(({ name }) => `count("${name}")`).join(", ");
    const found = await this.writer.runAndReadAll(`SELECT ${counts} FROM ${file.alias}.events WHERE ${left}`);
    const kept = added.filter((_, index) => Number(found.getRows()[0]?.[index]) > 0);
    for (const { name, type } of kept)
      await this.writer.run(`ALTER TABLE ${alias}.events ADD COLUMN "${name}" ${type}`);
    return [...before, ...kept.map(({ name }) => name)];
  }

  /** Puts a copy in the place of the day's file, or nothing. Nobody may read the day meanwhile. */
  async replace(day: string, copy: string | undefined): Promise<void> {
    const known = this.#attached.get(day);
    this.#attached.delete(day);
    if (known !== undefined) {
      await this.writer.run(`CHECKPOINT ${known.alias}`).catch(() => undefined);
      await this.writer.run(`DETACH ${known.alias}`);
    }
    const path = this.pathOf(day);
    // What the log holds beyond the file is in the spool too, with where it ends.
    rmSync(`${path}.wal`, { force: true });
    if (copy === undefined) rmSync(path, { force: true });
    else renameSync(copy, path);
    await syncDir(join(this.#dir, "days"));
  }

  /** Files of the day that would not open hold its rows too. */
  removeSetAside(day: string): void {
    const dir = join(this.#dir, "days");
    for (const name of readdirSync(dir)) if (name.startsWith(`${day}.duckdb.damaged-`)) rmSync(join(dir, name));
  }

  /** Reads every value of a day: what is damaged fails here. */
  async verify(file: DayFile): Promise<void> {
    await this.writer.runAndReadAll(`SELECT count(*), max(hash(COLUMNS(*))) FROM ${file.alias}.events`);
  }

  async close(): Promise<void> {
    for (const { alias } of this.#attached.values())
      await this.writer.run(`CHECKPOINT ${alias}`).catch(() => undefined);
    this.#attached.clear();
    this.writer.closeSync();
    this.#instance.closeSync();
    inUse.delete(this.#dir);
    rmSync(join(this.#dir, "tmp"), { recursive: true, force: true });
  }
}

function syncFile(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}

function isLock(error: unknown): boolean {
  return error instanceof Error && /could not set lock|already attached|conflicting lock/i.test(error.message);
}

/** In DuckDB's own words; it passes on no code. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && /no space left|disk quota|file too large/i.test(error.message);
}

/** Faults of the machine, which pass; everything else that keeps a file from being read is taken for damage. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    isLock(error) || isFull(error) || /permission denied|too many open|out of memory|interrupt/i.test(error.message)
  );
}
