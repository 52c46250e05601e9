// Today's visitors, in memory only: a keyed digest finds a random number, and the key is gone when its day is over.
import { createHmac } from "node:crypto";
import type { Sighting, Visitors } from "../contract.ts";
import { VisitorTable } from "../visitor-table.ts";

export interface VisitorsOptions {
  /** Cryptographic randomness, as of node:crypto. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** Visitors remembered at once, of all sites; beyond it new ones share numbers (see `overflowed`). */
  readonly capacity?: number;
}

export interface VisitorsInMemory extends Visitors {
  /** Sightings that had to share a number because the memory was full: visitors are then counted too low. */
  readonly overflowed: number;
  /** Memory of the tables, in bytes. */
  readonly bytes: number;
  /** Drops keys and maps of days that are over; `see` does so too, an idle server calls this. `at` in epoch seconds. */
  dropEnded(at: number): void;
}

interface Today {
  readonly day: string;
  readonly key: Uint8Array;
  readonly table: VisitorTable;
  /** Epoch seconds of the first sighting. */
  readonly firstAt: number;
}

const visitEndsSeconds = 30 * 60;
/** How long yesterday is remembered once today has begun, for a clock that is set back over midnight. */
const graceSeconds = 5 * 60;
/** No local day is longer than 25 hours, but for a few in history. */
const longestDaySeconds = 26 * 3600;
const defaultCapacity = 2_000_000;
/** Numbers that visitors share once the memory is full, for each site and day. */
const sharedNumbers = 4096;

export function createVisitors({ randomBytes, capacity = defaultCapacity }: VisitorsOptions): VisitorsInMemory {
  const bySite = new Map<string, readonly Today[]>();
  const draw = numbersFrom(randomBytes);
  let size = 0;
  let overflowed = 0;
  let sweepAt = 0;

  function drop(today: Today): void {
    size -= today.table.size;
    today.key.fill(0);
  }

  function keep(site: string, days: readonly Today[], isKept: (today: Today) => boolean): readonly Today[] {
    if (days.every(isKept)) return days;
    for (const today of days) if (!isKept(today)) drop(today);
    const kept = days.filter(isKept);
    if (kept.length === 0) bySite.delete(site);
    else bySite.set(site, kept);
    return kept;
  }

  function dropEnded(at: number): void {
    for (const [site, days] of bySite) {
      const newest = days.at(-1);
      keep(site, days, (today) => !isOver(today, newest, at));
    }
    sweepAt = at + 60;
  }

  function todayOf({ site, day, at }: Sighting): Today {
    if (at >= sweepAt || at < sweepAt - 120) dropEnded(at);
    const days = bySite.get(site) ?? [];
    const known = days.find((today) => today.day === day);
    if (known !== undefined) return known;
    const fresh: Today = { day, key: Uint8Array.from(randomBytes(32)), table: new VisitorTable(), firstAt: at };
    const newest = [...days, fresh].toSorted((a, b) => (a.day < b.day ? -1 : 1)).slice(-2);
    if (!newest.includes(fresh)) newest[0] = fresh;
    for (const today of days) if (!newest.includes(today)) drop(today);
    bySite.set(site, newest);
    return fresh;
  }

  return {
    see(sighting) {
      const today = todayOf(sighting);
      const { high, low } = digest(today.key, sighting);
      const { table } = today;
      const isFull = size >= capacity && table.get(high, low) === undefined;
      if (isFull) overflowed += 1;
      const [first, second] = isFull ? [0, 1 + (low % sharedNumbers)] : [high, low];
      const known = table.get(first, second);
      const isNewVisit = known === undefined || sighting.at - known.lastAt > visitEndsSeconds;
      const visitor = known?.visitor ?? draw();
      const visit = known === undefined || isNewVisit ? draw() : known.visit;
      table.set(first, second, { visitor, visit, lastAt: Math.max(sighting.at, known?.lastAt ?? 0) });
      if (known === undefined) size += 1;
      return { visitor, visit, isNewVisit };
    },
    dropEnded,
    get size() {
      return size;
    },
    get overflowed() {
      return overflowed;
    },
    get bytes() {
      return [...bySite.values()].flat().reduce((sum, today) => sum + today.table.bytes, 0);
    },
  };
}

function isOver(today: Today, newest: Today | undefined, at: number): boolean {
  if (at >= today.firstAt + longestDaySeconds) return true;
  return newest !== undefined && newest !== today && at >= newest.firstAt + graceSeconds;
}

/** 64 bits of HMAC-SHA256: among two million visitors two share them once in nine million days. */
function digest(key: Uint8Array, { truncatedAddress, userAgent, site }: Sighting): { high: number; low: number } {
  const made = createHmac("sha256", key).update(`${truncatedAddress}\n${site}\n${userAgent}`).digest();
  return { high: made.readUInt32LE(0), low: made.readUInt32LE(4) };
}

/** Random whole numbers below 2^48, drawn from the system a thousand at a time. */
function numbersFrom(randomBytes: (count: number) => Uint8Array): () => number {
  let pool = Buffer.alloc(0);
  let next = 0;
  return () => {
    if (next + 6 > pool.length) {
      pool = Buffer.from(randomBytes(6 * 1024));
      next = 0;
    }
    const number = pool.readUIntLE(next, 6);
    // What was given out is not kept twice.
    pool.fill(0, next, next + 6);
    next += 6;
    return number;
  };
}
