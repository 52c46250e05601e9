// Today's visitors over a restart: a snapshot where the file system is memory, read once, and never after its day (clauses.md PI3).
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { SavedVisitors } from "./drivers/memory-visitors.ts";

/** Types of statfs(2) whose files are memory: tmpfs and ramfs (linux/magic.h). */
const memoryTypes: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

const prefix = "avow-visitors-";
/** Its name says when the day it belongs to is over, in epoch seconds, so that it need not be opened to be judged. */
const name = /^avow-visitors-(\d{1,12})-(\d{1,6})$/;
const keyBytes = 64;

/** Whether files there never reach a disk, but by swap like all memory. False where there is no such directory. */
export function isMemoryOnly(dir: string): boolean {
  try {
    return memoryTypes.has(statfsSync(dir).type);
  } catch {
    return false;
  }
}

/**
 * One file for each site and day, for its owner only. `endsAt`: epoch seconds of the end of a site's day.
 * @throws RangeError where the directory is not memory; what the file system says
 */
export function writeSnapshot(
  dir: string,
  saved: readonly SavedVisitors[],
  endsAt: (site: string, day: string) => number,
): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (!isMemoryOnly(dir)) throw new RangeError(`\`${dir}\` is no file system in memory`);
  for (const [index, { site, day, firstAt, key, table }] of saved.entries()) {
    const head = Buffer.from(`${JSON.stringify({ site, day, firstAt })}\n`);
    const path = join(dir, `${prefix}${endsAt(site, day)}-${index}`);
    rmSync(path, { force: true });
    const file = openSync(
      path,
      constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      writeFileSync(file, Buffer.concat([head, key, table]));
    } finally {
      closeSync(file);
    }
    key.fill(0);
  }
}

/** What is still of today; every snapshot is gone afterwards, those whose day is over unread. */
export function takeSnapshot(dir: string, nowSeconds: number, read = readSnapshot): readonly SavedVisitors[] {
  const taken: SavedVisitors[] = [];
  for (const file of isMemoryOnly(dir) ? readdirSync(dir) : []) {
    const endsAt = name.exec(file)?.[1];
    if (endsAt === undefined) continue;
    const path = join(dir, file);
    const saved = nowSeconds < Number(endsAt) ? read(path) : undefined;
    rmSync(path, { force: true });
    if (saved !== undefined) taken.push(saved);
  }
  return taken;
}

/** Undefined for what this user did not write, and for what is cut off. */
function readSnapshot(path: string): SavedVisitors | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { uid, mode } = fstatSync(file);
      if (uid !== process.getuid?.() || (mode & 0o077) !== 0) return undefined;
      return parse(readFileSync(file));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

function parse(bytes: Buffer): SavedVisitors | undefined {
  const end = bytes.indexOf("\n");
  const { site, day, firstAt } = JSON.parse(bytes.toString("utf8", 0, end)) as Partial<SavedVisitors>;
  const key = bytes.subarray(end + 1, end + 1 + keyBytes);
  const table = bytes.subarray(end + 1 + keyBytes);
  if (typeof site !== "string" || typeof day !== "string" || typeof firstAt !== "number") return undefined;
  if (key.length !== keyBytes || table.length % 28 !== 0) return undefined;
  return { site, day, firstAt, key, table };
}
