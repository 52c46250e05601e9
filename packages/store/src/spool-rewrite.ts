// A day's spool without the rows of some sites: written beside it, put in its place once the day's file has changed too.
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { readRow } from "./event-row-text.ts";
import { frameHead, readFrames } from "./spool-frame.ts";
import { syncDir } from "./spool-files.ts";
import { readSegment, type Sealed } from "./spool.ts";
import { type Segment, segmentName } from "./spool-writer.ts";

const sliceBytes = 1024 * 1024;

/** Durable, but not yet in its place. */
const preparedSuffix = ".prepared";
/** The day's file has changed: it takes the place of what was there. */
const decidedSuffix = ".decided";

/** Writes what is left of sealed segments under their new numbers. @returns them, with the paths they will have */
export async function prepare(
  spoolDir: string,
  day: string,
  { segments, numbers }: Sealed,
  sites: ReadonlySet<string>,
): Promise<readonly Segment[]> {
  const dir = join(spoolDir, `${day}${preparedSuffix}`);
  rmSync(dir, { recursive: true, force: true });
  await mkdir(dir, { mode: 0o700 });
  const made: Segment[] = [];
  for (const [index, number] of numbers.entries()) {
    const length = await copyLeft(segments[index], join(dir, segmentName(number)), sites);
    made.push({ day, number, path: join(spoolDir, day, segmentName(number)), length });
  }
  await syncDir(dir);
  await syncDir(spoolDir);
  return made;
}

async function copyLeft(segment: Segment | undefined, path: string, sites: ReadonlySet<string>): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    const length = segment === undefined ? 0 : await copyFrames(segment, file, sites);
    await file.sync();
    return length;
  } finally {
    await file.close();
  }
}

async function copyFrames(segment: Segment, file: FileHandle, sites: ReadonlySet<string>): Promise<number> {
  let [from, length] = [0, 0];
  for (;;) {
    const bytes = await readSegment(segment, from, sliceBytes);
    const { end, payloads } = readFrames(bytes);
    // Nothing is left, or what is no record: that was set aside when the segment was applied.
    if (end === 0) return length;
    const left = payloads.filter((payload) => !sites.has(readRow(payload)[0]));
    const kept = Buffer.concat(left.map((payload) => framed(bytes, payload)));
    if (kept.length > 0) await file.write(kept, 0, kept.length, length);
    length += kept.length;
    from += end;
  }
}

/** A payload with the head that stands before it in the same bytes. */
function framed(bytes: Buffer, payload: Buffer): Buffer {
  const at = payload.byteOffset - bytes.byteOffset;
  return bytes.subarray(at - frameHead, at + payload.length);
}

/** From here on the prepared segments count, whatever happens. */
export async function decide(spoolDir: string, day: string): Promise<void> {
  renameSync(join(spoolDir, `${day}${preparedSuffix}`), join(spoolDir, `${day}${decidedSuffix}`));
  await syncDir(spoolDir);
}

/** Unlinks what the decided segments take the place of, and puts them there. May be repeated after any interruption. */
export async function settle(spoolDir: string, day: string): Promise<void> {
  const from = join(spoolDir, `${day}${decidedSuffix}`);
  const to = join(spoolDir, day);
  const names = readdirSync(from).toSorted();
  const [lowest] = names;
  if (lowest !== undefined) {
    await mkdir(to, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(to)) if (name.slice(0, lowest.length) < lowest) rmSync(join(to, name));
    // The highest first, so that those still to be moved tell which ones must stay.
    for (const name of names.toReversed()) renameSync(join(from, name), join(to, name));
    await syncDir(to);
  }
  rmSync(from, { recursive: true });
  await syncDir(spoolDir);
}

export interface Interrupted {
  readonly day: string;
  readonly isDecided: boolean;
  /** Numbers of the prepared segments. */
  readonly numbers: readonly number[];
}

/** Rewritings that a crash cut short. */
export function interrupted(spoolDir: string): readonly Interrupted[] {
  if (!existsSync(spoolDir)) return [];
  return readdirSync(spoolDir).flatMap((name): readonly Interrupted[] => {
    const isDecided = name.endsWith(decidedSuffix);
    if (!isDecided && !name.endsWith(preparedSuffix)) return [];
    const numbers = readdirSync(join(spoolDir, name)).map((segment) => Number.parseInt(segment, 10));
    return [{ day: name.slice(0, 10), isDecided, numbers }];
  });
}

export function forget(spoolDir: string, day: string): void {
  rmSync(join(spoolDir, `${day}${preparedSuffix}`), { recursive: true, force: true });
}
