// Removes every row of closed sites from a day's files: the files are replaced by ones without them, or unlinked when nothing is left.
import type { Spool } from "../spool.ts";
import { decide, forget, interrupted, prepare, settle } from "../spool-rewrite.ts";
import { applyDay } from "./duckdb-apply.ts";
import type { DayFile, DayFiles } from "./duckdb-day-files.ts";
import type { Readers } from "./duckdb-readers.ts";
import type { StoreNote } from "./store-note.ts";

export interface Erasing {
  readonly files: DayFiles;
  readonly spool: Spool;
  readonly spoolDir: string;
  readonly readers: Readers;
  readonly report: (note: StoreNote) => void;
  readonly attach: (day: string) => Promise<DayFile>;
  /** Files changed under their names: whoever read them before has to read again. */
  readonly changed: () => void;
}

/** Among what writes, one at a time. Rows of these sites get no more. */
export async function eraseRows(erasing: Erasing, day: string, sites: readonly string[]): Promise<void> {
  const { files, spool, spoolDir, readers, report, changed } = erasing;
  if (files.onDisk().includes(day) || spool.segments(day).length > 0) {
    const sealed = await spool.seal(day);
    const file = await erasing.attach(day);
    // What is copied below must be all there is.
    await applyDay(files, { segments: () => sealed.segments }, file, report);
    const isGone = new Set(sites);
    const left = [...file.held.values()].some(({ site, rows }) => rows > 0 && !isGone.has(site));
    if (!left) {
      await readers.alone(async () => {
        changed();
        await files.replace(day, undefined);
      });
      await spool.replace(day, sealed, []);
    } else {
      const segments = await prepare(spoolDir, day, sealed, isGone);
      const known = [...file.applied].filter(([number]) => spool.segments(day).some((one) => one.number === number));
      const applied = new Map([...known, ...segments.map(({ number, length }) => [number, length] as const)]);
      const copy = await files.copyWithout(file, sites, applied);
      await readers.alone(async () => {
        changed();
        await files.replace(day, copy);
      });
      await decide(spoolDir, day);
      await settle(spoolDir, day);
      await spool.replace(day, sealed, segments);
    }
  }
  files.removeSetAside(day);
}

/** Before the spool is opened: brings rewritings that a crash cut short to their end, or takes them back. */
export async function settleInterrupted(files: DayFiles, spoolDir: string): Promise<void> {
  for (const { day, isDecided, numbers } of interrupted(spoolDir)) {
    // The day's file decides: it counts the new segments as its own, or has not heard of them. Damaged, it is made from the old ones.
    const applied = isDecided || !files.onDisk().includes(day) ? undefined : await appliedIn(files, day);
    const isReplaced = isDecided || numbers.some((number) => applied?.has(number) === true);
    if (!isReplaced) {
      forget(spoolDir, day);
      continue;
    }
    if (!isDecided) await decide(spoolDir, day);
    await settle(spoolDir, day);
  }
}

async function appliedIn(files: DayFiles, day: string): Promise<ReadonlyMap<number, number> | undefined> {
  try {
    return (await files.attach(day)).applied;
  } catch {
    return undefined;
  }
}
