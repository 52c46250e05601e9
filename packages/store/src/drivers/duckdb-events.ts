// Events in DuckDB files, one for each local day, behind the spool (docs/design/storage.md).
import { join } from "node:path";
import { answerWithCells, askCells, isAsked } from "../closing/answer-with-cells.ts";
import type {
  Answer,
  ClosedDay,
  ClosingOrder,
  Column,
  EventRow,
  Events,
  HeldRows,
  OpenDay,
  Question,
} from "../contract.ts";
import { DiskFullError, StoreClosedError, StoreValueError } from "../errors.ts";
import { checkedRow } from "../event-row-check.ts";
import { writeRow } from "../event-row-text.ts";
import { cellColumnsOf } from "../layout.ts";
import { withStoredValues } from "../question/empty-label.ts";
import { heldOver, openDaysOf } from "../question/permitted.ts";
import { Spool } from "../spool.ts";
import { realFiles, type SpoolFiles } from "../spool-files.ts";
import { ClosedFiles } from "./closed-files.ts";
import { applyDay, pendingBytes } from "./duckdb-apply.ts";
import { ask, askSums } from "./duckdb-ask.ts";
import { DuckdbClosing } from "./duckdb-closing.ts";
import { type DayFile, DayFiles, isFull, isPassing } from "./duckdb-day-files.ts";
import { settleInterrupted } from "./duckdb-erase.ts";
import { Readers } from "./duckdb-readers.ts";
import type { HeldCount } from "./held-counts.ts";
import { KeptSums } from "./kept-sums.ts";
import type { StoreNote } from "./store-note.ts";

export interface DuckdbEventsOptions {
  readonly dir: string;
  /** Told of repairs and of rows that have to wait. */
  readonly report?: (note: StoreNote) => void;
  /** For tests that need a disk to fail. */
  readonly files?: SpoolFiles;
  /** Groups of one question that are added up from remembered sums of days; 0 remembers nothing. */
  readonly keepGroups?: number | undefined;
}

/** How long rows wait in the spool when nobody asks, and how many bytes of them. */
const applyEveryMs = 1000;
const applyAtBytes = 4 * 1024 * 1024;
const retryMs = 5000;

/** Applies what an earlier process left in the spool, then opens. @throws StoreBusyError, DiskFullError */
export async function openDuckdbEvents(options: DuckdbEventsOptions): Promise<Events> {
  const files = await DayFiles.open(options.dir);
  const report = options.report ?? (() => undefined);
  const spoolDir = join(options.dir, "spool");
  try {
    await settleInterrupted(files, spoolDir);
    const spool = await Spool.open(spoolDir, options.files ?? realFiles);
    const closed = ClosedFiles.open(join(options.dir, "closed"), report);
    const store = new DuckdbEvents({ files, spool, spoolDir, closed, kept: new KeptSums(options.keepGroups), report });
    await store.recover();
    return store;
  } catch (error) {
    await files.close();
    throw error;
  }
}

interface EventsParts {
  readonly files: DayFiles;
  readonly spool: Spool;
  readonly spoolDir: string;
  readonly closed: ClosedFiles;
  readonly kept: KeptSums;
  readonly report: (note: StoreNote) => void;
}

class DuckdbEvents implements Events {
  readonly #files: DayFiles;
  readonly #spool: Spool;
  readonly #readers: Readers;
  readonly #kept: KeptSums;
  readonly #report: (note: StoreNote) => void;
  /** What writes, one after the other. */
  #writing: Promise<void> = Promise.resolve();
  /** An apply that has not begun, which everyone may wait for. */
  #queued: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #spooled = 0;
  #closing: Promise<void> | undefined;
  readonly #closed: ClosedFiles;
  readonly #closer: DuckdbClosing;

  constructor({ files, spool, spoolDir, closed, kept, report }: EventsParts) {
    this.#files = files;
    this.#spool = spool;
    this.#readers = new Readers(() => files.connect());
    this.#kept = kept;
    this.#report = report;
    this.#closed = closed;
    this.#closer = new DuckdbClosing({
      files,
      spool,
      spoolDir,
      closed,
      readers: this.#readers,
      report,
      apply: () => this.#apply(),
      write: (act) => this.#write(act),
      attach: (day) => this.#attach(day),
      repair: (days) => this.#repair(days),
    });
    spool.whenDurable((bytes) => {
      this.#spooled += bytes;
      this.#applySoon(this.#spooled >= applyAtBytes ? 0 : applyEveryMs);
    });
  }

  append(row: EventRow): Promise<void> {
    try {
      this.#mustBeOpen();
      const checked = checkedRow(row);
      this.#closer.mustTake(checked);
      return this.#spool.append(checked.day, writeRow(checked));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async ask(asked: Question, signal?: AbortSignal): Promise<Answer> {
    const question = { ...asked, ...(asked.filter === undefined ? {} : { filter: withStoredValues(asked.filter) }) };
    for (;;) {
      this.#mustBeOpen();
      signal?.throwIfAborted();
      await this.#apply();
      signal?.throwIfAborted();
      const changes = this.#closer.changes;
      const days = await this.#write(() => this.#daysOf(question));
      try {
        const answer = await this.#answer(days, question, signal);
        // Else a day's file was replaced meanwhile, and may have been read without its rows and without its counts.
        if (changes === this.#closer.changes) return answer;
      } catch (error) {
        if (changes !== this.#closer.changes && signal?.aborted !== true) continue;
        const isGivenUp = signal?.aborted === true || error instanceof StoreValueError || isPassing(error);
        if (isGivenUp || !(await this.#write(() => this.#repair(days)))) throw error;
      }
    }
  }

  async #answer(days: readonly DayFile[], question: Question, signal?: AbortSignal): Promise<Answer> {
    const closed = this.#closed.sources(question.site).filter(({ head }) => isAsked(head, question));
    if (closed.length === 0) return ask(this.#readers, this.#kept, days, question, signal);
    const cells = await askCells(closed, question, signal);
    const rows = await askSums(this.#readers, this.#kept, days, question, signal);
    return answerWithCells(rows, cells, question);
  }

  async days(): Promise<readonly { readonly day: string; readonly rows: number; readonly bytes: number }[]> {
    this.#mustBeOpen();
    await this.#apply();
    return this.#write(async () => {
      const found = [];
      for (const day of this.#files.onDisk()) {
        const { alias } = await this.#attach(day);
        const count = await this.#files.writer.runAndReadAll(`SELECT count(*) FROM ${alias}.events`);
        found.push({ day, rows: Number(count.getRows()[0]?.[0] ?? 0), bytes: this.#files.bytesOf(day) });
      }
      return found;
    });
  }

  async held(): Promise<readonly HeldRows[]> {
    return heldOver(await this.#heldByDay());
  }

  async openDays(): Promise<readonly OpenDay[]> {
    return openDaysOf(await this.#heldByDay());
  }

  async #heldByDay(): Promise<readonly { readonly day: string; readonly held: readonly HeldCount[] }[]> {
    this.#mustBeOpen();
    await this.#apply();
    return this.#write(async () => {
      const days = [];
      for (const day of this.#files.onDisk()) days.push({ day, held: [...(await this.#attach(day)).held.values()] });
      return days;
    });
  }

  async columns(): Promise<readonly Column[]> {
    this.#mustBeOpen();
    await this.#apply();
    return this.#write(async () => {
      for (const day of this.#files.onDisk()) await this.#attach(day);
      const sql = `SELECT DISTINCT table_name, column_name FROM duckdb_columns() WHERE database_name LIKE 'day\\_%' ESCAPE '\\' ORDER BY ALL`;
      const found = (await this.#files.writer.runAndReadAll(sql)).getRows();
      const inRows = found.map(([table, column]) => ({ table: String(table), column: String(column) }));
      const inCells = cellColumnsOf(this.#closed.dimensions(), this.#closed.days().length > 0).map((column) => ({
        table: "cells",
        column,
      }));
      return [...inRows, ...inCells].map((one) => ({ store: "events", ...one }));
    });
  }

  closeDay(order: ClosingOrder, signal?: AbortSignal): Promise<ClosedDay> {
    return this.#open(() => this.#closer.close(order, signal));
  }

  closedDays(site?: string): Promise<readonly ClosedDay[]> {
    return this.#open(async () => this.#closed.days(site));
  }

  forgetCells(site: string, beforeDay: string): Promise<readonly string[]> {
    return this.#open(() => this.#closer.forget(site, beforeDay));
  }

  dropDay(site: string, day: string): Promise<number> {
    return this.#open(() => this.#closer.drop({ site, day }));
  }

  async #open<Result>(act: () => Promise<Result>): Promise<Result> {
    this.#mustBeOpen();
    return act();
  }

  /** What is in the spool is applied if it can be; if not it waits there for the next opening. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      clearTimeout(this.#timer);
      await this.#closer.idle();
      await this.#spool.close();
      await this.#write(() => this.#applyAll()).catch((cause: unknown) =>
        this.#report({ kind: "apply-failed", cause }),
      );
      await this.#readers.close();
      await this.#files.close();
    })();
    return this.#closing;
  }

  /** A day is checked whole when a crash may have hurt it: rows wait in its spool, or its log was left behind. */
  async recover(): Promise<void> {
    await this.#write(async () => {
      for (const day of this.#spool.days()) {
        const isLeft = this.#files.hasLog(day);
        const file = await this.#attach(day);
        if (isLeft || pendingBytes(this.#spool, day, file) > 0) await this.#repair([file]);
      }
      await this.#applyAll();
    });
    await this.#closer.finish().catch((cause: unknown) => this.#report({ kind: "apply-failed", cause }));
  }

  #mustBeOpen(): void {
    if (this.#closing !== undefined) throw new StoreClosedError();
  }

  #write<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.#writing.then(act);
    this.#writing = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  #apply(): Promise<void> {
    this.#queued ??= this.#write(async () => {
      this.#queued = undefined;
      try {
        await this.#applyAll();
      } catch (error) {
        throw isFull(error) ? new DiskFullError("bringing rows from the spool into their day's file", error) : error;
      }
    });
    return this.#queued;
  }

  async #applyAll(): Promise<void> {
    this.#spooled = 0;
    for (const day of this.#spool.days()) {
      if (pendingBytes(this.#spool, day, this.#files.get(day)) === 0) continue;
      await applyDay(this.#files, this.#spool, await this.#attach(day), this.#report);
    }
  }

  #applySoon(ms: number): void {
    if (this.#timer !== undefined && ms > 0) return;
    if (ms === 0 && this.#queued !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#apply().catch((cause: unknown) => {
        this.#report({ kind: "apply-failed", cause });
        if (this.#closing === undefined) this.#applySoon(retryMs);
      });
    }, ms);
  }

  async #daysOf(question: Question): Promise<readonly DayFile[]> {
    // A local day begins at most 14 hours before UTC's and ends at most 12 after; a day more on either side holds all.
    const [first, last] = [dayOf(question.from - 86_400), dayOf(question.until + 86_400)];
    const days: DayFile[] = [];
    for (const day of this.#files.onDisk()) {
      if (day < first || day > last || this.#closed.has({ site: question.site, day })) continue;
      const file = await this.#attach(day);
      if (file.first < question.until && file.last >= question.from) days.push(file);
    }
    return days;
  }

  async #attach(day: string): Promise<DayFile> {
    try {
      return await this.#files.attach(day);
    } catch (error) {
      if (isPassing(error)) throw error;
      return this.#rebuild(day, error);
    }
  }

  /** Rebuilds the days that cannot be read whole. @returns whether there were any */
  async #repair(days: readonly DayFile[]): Promise<boolean> {
    let isAny = false;
    for (const file of days) {
      try {
        await this.#files.verify(file);
      } catch (error) {
        if (isPassing(error)) throw error;
        await this.#rebuild(file.day, error);
        isAny = true;
      }
    }
    return isAny;
  }

  async #rebuild(day: string, cause: unknown): Promise<DayFile> {
    const aside = await this.#files.setAside(day);
    const file = await this.#files.attach(day);
    await applyDay(this.#files, this.#spool, file, this.#report);
    const count = await this.#files.writer.runAndReadAll(`SELECT count(*) FROM ${file.alias}.events`);
    this.#report({ kind: "day-rebuilt", day, aside, rows: Number(count.getRows()[0]?.[0] ?? 0), cause });
    return file;
  }
}

function dayOf(at: number): string {
  const clamped = Math.min(Math.max(at, -62_135_596_800), 253_402_300_799);
  return new Date(clamped * 1000).toISOString().slice(0, 10);
}
