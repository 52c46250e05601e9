// Brings spooled rows into their day files: rows and the segment's offset in one transaction of one file, so exactly once.
import { setAside } from "../spool-damage.ts";
import { readFrames } from "../spool-frame.ts";
import { readSegment, type Spool } from "../spool.ts";
import type { Segment } from "../spool-writer.ts";
import type { DayFile, DayFiles } from "./duckdb-day-files.ts";
import { addColumns, insertRows, textOfRows } from "./duckdb-rows.ts";
import { countHeld } from "./held-counts.ts";
import type { StoreNote } from "./store-note.ts";

/** Bytes of spool that one transaction takes; above the longest frame, so that one always fits. */
const sliceBytes = 1024 * 1024;

/**
 * What is durable in the spool of this day when it begins. One call at a time. What arrives meanwhile waits for the next call:
 * whoever runs after the newest rows brings them over a few at a time, each time at the price of a transaction.
 */
export async function applyDay(
  files: DayFiles,
  spool: Pick<Spool, "segments">,
  file: DayFile,
  report: (note: StoreNote) => void,
): Promise<void> {
  const work = spool.segments(file.day).map((segment) => ({ segment, until: segment.length }));
  for (const { segment, until } of work) {
    // Cut shorter where it proved damaged.
    while ((file.applied.get(segment.number) ?? 0) < Math.min(until, segment.length)) {
      await applySlice(files, file, segment, report);
    }
  }
}

export function pendingBytes(spool: Spool, day: string, file: DayFile | undefined): number {
  return spool
    .segments(day)
    .reduce((sum, segment) => sum + Math.max(0, segment.length - (file?.applied.get(segment.number) ?? 0)), 0);
}

async function applySlice(
  files: DayFiles,
  file: DayFile,
  segment: Segment,
  report: (note: StoreNote) => void,
): Promise<void> {
  const from = file.applied.get(segment.number) ?? 0;
  const bytes = await readSegment(segment, from, sliceBytes);
  const { payloads, end, stop } = readFrames(bytes);
  const isWhole = stop === "end" || (stop === "short" && from + bytes.length < segment.length);
  if (payloads.length > 0) {
    const rows = await textOfRows(payloads, bytes);
    await addColumns(files.writer, file, rows);
    // Known before they can be seen; counted when they are there.
    for (const one of rows.held.values()) countHeld(file.held, { ...one, rows: 0 });
    await files.writer.run("BEGIN TRANSACTION");
    try {
      await insertRows(files.writer, file, rows);
      const mark = `INSERT INTO ${file.alias}.applied VALUES ($1, $2) ON CONFLICT (segment) DO UPDATE SET bytes = excluded.bytes`;
      await files.writer.run(mark, [segment.number, BigInt(from + end)]);
      await files.writer.run("COMMIT");
    } catch (error) {
      await files.writer.run("ROLLBACK").catch(() => undefined);
      throw error;
    }
    for (const one of rows.held.values()) countHeld(file.held, one);
    file.applied.set(segment.number, from + end);
    file.first = Math.min(file.first, rows.first);
    file.last = Math.max(file.last, rows.last);
  }
  if (isWhole) return;
  const cut = await setAside(segment, from + end);
  report({ kind: "spool-cut", day: file.day, segment: segment.number, ...cut });
}
