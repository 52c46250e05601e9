// Closes days: counts first and keeps the counts, and only then removes the rows. What a crash leaves half done is finished on opening.
import { CellsWriter } from "../closing/cells-bytes.ts";
import { closedDayOf, emptyHead } from "../closing/closed-record.ts";
import { checkedOrder } from "../closing/closing-order.ts";
import type { ClosedDay, ClosingOrder } from "../contract.ts";
import { DayClosedError, DiskFullError } from "../errors.ts";
import { isNoSpace } from "../spool-files.ts";
import type { ClosedFiles, SiteDay } from "./closed-files.ts";
import { type CountedDay, closeFromFile } from "./duckdb-close.ts";
import { type DayFile, isFull, isPassing } from "./duckdb-day-files.ts";
import { type Erasing, eraseRows } from "./duckdb-erase.ts";
import { ofSite } from "./held-counts.ts";

export interface ClosingParts extends Omit<Erasing, "changed"> {
  readonly closed: ClosedFiles;
  /** Brings everything durable into the days' files. */
  readonly apply: () => Promise<void>;
  /** Runs among what writes. */
  readonly write: <Result>(act: () => Promise<Result>) => Promise<Result>;
  readonly repair: (days: readonly DayFile[]) => Promise<boolean>;
}

export class DuckdbClosing {
  readonly #parts: ClosingParts;
  /** Days being closed, which take no row. */
  readonly #marked = new Set<string>();
  #queue: Promise<unknown> = Promise.resolve();
  /** Rises when files change that a question may have been reading. */
  changes = 0;

  constructor(parts: ClosingParts) {
    this.#parts = parts;
  }

  /** @throws DayClosedError */
  mustTake({ site, day }: SiteDay): void {
    if (this.#parts.closed.has({ site, day }) || this.#marked.has(`${day} ${site}`))
      throw new DayClosedError(site, day);
  }

  close(order: ClosingOrder, signal?: AbortSignal): Promise<ClosedDay> {
    const { site, day } = checkedOrder(order);
    return this.#inTurn(order, async () => {
      const { closed } = this.#parts;
      // An interrupted removal of the day without counts comes first.
      if (closed.has(order) && closed.day(order) === undefined) await this.#erase([order]);
      if (!closed.has(order)) {
        const counted = await this.#count(order, signal);
        if (counted === undefined) return closedDayOf(emptyHead(order), 0, 0);
        await closed.put(counted.head, counted.cells, "closing");
      }
      await this.#erase([{ site, day }]);
      return closed.day(order) ?? closedDayOf(emptyHead(order), 0, 0);
    });
  }

  drop(one: SiteDay): Promise<number> {
    return this.#inTurn(one, async () => {
      const { closed } = this.#parts;
      if (closed.has(one) && closed.day(one) !== undefined) return 0;
      const file = await this.#fileOf(one);
      const rows = file === undefined ? 0 : rowsOf(file, one.site);
      if (rows > 0 && !closed.has(one)) {
        await closed.put(emptyHead({ ...one, timeZone: "UTC", least: 1 }), new CellsWriter(), "dropping");
      }
      await this.#erase([one]);
      return rows;
    });
  }

  async forget(site: string, beforeDay: string): Promise<readonly string[]> {
    return this.#inTurn(undefined, async () => {
      const gone = this.#parts.closed.days(site).filter(({ day }) => day < beforeDay);
      // A day whose rows are not all gone would be forgotten to be closed.
      await this.#erase(gone);
      this.changes += 1;
      await this.#parts.closed.remove(gone);
      return gone.map(({ day }) => day);
    });
  }

  /** What an earlier process did not get to. */
  async finish(): Promise<void> {
    await this.#inTurn(undefined, () => this.#erase(this.#parts.closed.unfinished()));
  }

  /** Ends when nothing is being closed. */
  async idle(): Promise<void> {
    await this.#queue;
  }

  #inTurn<Result>(one: SiteDay | undefined, act: () => Promise<Result>): Promise<Result> {
    const done = this.#queue.then(async () => {
      const mark = one === undefined ? undefined : `${one.day} ${one.site}`;
      if (mark !== undefined) this.#marked.add(mark);
      try {
        return await act();
      } catch (error) {
        throw isFull(error) || isNoSpace(error) ? new DiskFullError("closing a day", error) : error;
      } finally {
        if (mark !== undefined) this.#marked.delete(mark);
      }
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** The day's file with everything of the site in it that was ever acknowledged. */
  async #fileOf({ day }: SiteDay): Promise<DayFile | undefined> {
    const { files, spool, apply, write, attach } = this.#parts;
    await spool.flush(day);
    await apply();
    return write(async () => (files.onDisk().includes(day) ? attach(day) : undefined));
  }

  async #count(order: ClosingOrder, signal?: AbortSignal): Promise<CountedDay | undefined> {
    const file = await this.#fileOf(order);
    if (file === undefined || rowsOf(file, order.site) === 0) return undefined;
    try {
      return await this.#countIn(file, order, signal);
    } catch (error) {
      const { write, repair } = this.#parts;
      if (signal?.aborted === true || isPassing(error) || !(await write(() => repair([file])))) throw error;
      const repaired = await this.#fileOf(order);
      return repaired === undefined ? undefined : this.#countIn(repaired, order, signal);
    }
  }

  async #countIn(file: DayFile, order: ClosingOrder, signal?: AbortSignal): Promise<CountedDay> {
    const { files, readers } = this.#parts;
    const connection = await files.connect();
    try {
      return await closeFromFile(readers, connection, file, order, signal);
    } finally {
      connection.closeSync();
    }
  }

  async #erase(days: readonly SiteDay[]): Promise<void> {
    const { closed, write } = this.#parts;
    const wanted = new Set(days.map(({ day }) => day));
    const changed = (): void => {
      this.changes += 1;
    };
    for (const [day, of] of Map.groupBy(closed.unfinished(), (one) => one.day)) {
      if (!wanted.has(day)) continue;
      const sites = of.map(({ site }) => site);
      await write(() => eraseRows({ ...this.#parts, changed }, day, sites));
      for (const one of of) await closed.finish(one);
    }
  }
}

function rowsOf({ held }: DayFile, site: string): number {
  return ofSite(held, site).reduce((sum, { rows }) => sum + rows, 0);
}
