// Today's visitors, in memory only: a keyed digest finds a random number, and the key is gone when its day is over.
import type { Sighting, Visitors } from "../contract.ts";
import { KeyedDigest } from "../keyed-digest.ts";
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
  /** A copy of everything remembered, keys included: only for a file system that is memory (visitor-snapshot.ts). */
  save(): readonly SavedVisitors[];
  /** Goes on where `save` stopped; days that are remembered already, and what finds no room, are passed over. */
  restore(saved: readonly SavedVisitors[]): void;
}

/** One site's visitors of one day, with the key that finds them again. */
export interface SavedVisitors {
  readonly site: string;
  readonly day: string;
  /** Epoch seconds. */
  readonly firstAt: number;
  readonly key: Buffer;
  /** As of `VisitorTable.toBytes`. */
  readonly table: Buffer;
}

interface Today {
  readonly day: string;
  readonly digest: KeyedDigest;
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

export function createVisitors(options: VisitorsOptions): VisitorsInMemory {
  return new VisitorsOfToday(options);
}

class VisitorsOfToday implements VisitorsInMemory {
  readonly #randomBytes: (count: number) => Uint8Array;
  readonly #capacity: number;
  readonly #draw: () => number;
  /** At most two days of each site, the newest last. */
  readonly #days = new Map<string, readonly Today[]>();
  #size = 0;
  #overflowed = 0;
  #sweepAt = 0;

  constructor({ randomBytes, capacity = defaultCapacity }: VisitorsOptions) {
    this.#randomBytes = randomBytes;
    this.#capacity = capacity;
    this.#draw = numbersFrom(randomBytes);
  }

  see(sighting: Sighting): { readonly visitor: number; readonly visit: number; readonly isNewVisit: boolean } {
    const { digest, table } = this.#todayOf(sighting);
    // 64 bits of it: among two million visitors two share them once in nine million days.
    const { high, low } = digest.of(`${sighting.truncatedAddress}\n${sighting.site}\n${sighting.userAgent}`);
    const isFull = this.#size >= this.#capacity && table.get(high, low) === undefined;
    if (isFull) this.#overflowed += 1;
    const [first, second] = isFull ? [0, 1 + (low % sharedNumbers)] : [high, low];
    const known = table.get(first, second);
    const isNewVisit = known === undefined || sighting.at - known.lastAt > visitEndsSeconds;
    const visitor = known?.visitor ?? this.#draw();
    const visit = known === undefined || isNewVisit ? this.#draw() : known.visit;
    table.set(first, second, { visitor, visit, lastAt: Math.max(sighting.at, known?.lastAt ?? 0) });
    if (known === undefined) this.#size += 1;
    return { visitor, visit, isNewVisit };
  }

  dropEnded(at: number): void {
    for (const [site, days] of this.#days) {
      const newest = days.at(-1);
      this.#keep(
        site,
        days.filter((today) => !isOver(today, newest, at)),
      );
    }
    this.#sweepAt = at + 60;
  }

  save(): readonly SavedVisitors[] {
    return [...this.#days].flatMap(([site, days]) =>
      days.map(({ day, digest, table, firstAt }) => ({
        site,
        day,
        firstAt,
        key: digest.key(),
        table: table.toBytes(),
      })),
    );
  }

  restore(saved: readonly SavedVisitors[]): void {
    for (const { site, day, firstAt, key, table: bytes } of saved) {
      const days = this.#days.get(site) ?? [];
      const table = VisitorTable.from(bytes);
      if (days.some((today) => today.day === day) || this.#size + table.size > this.#capacity) continue;
      const both = [...days, { day, firstAt, digest: new KeyedDigest(key), table }];
      this.#size += table.size;
      this.#keep(site, both.toSorted((a, b) => (a.day < b.day ? -1 : 1)).slice(-2));
    }
  }

  get size(): number {
    return this.#size;
  }

  get overflowed(): number {
    return this.#overflowed;
  }

  get bytes(): number {
    return [...this.#days.values()].flat().reduce((sum, today) => sum + today.table.bytes, 0);
  }

  #todayOf({ site, day, at }: Sighting): Today {
    if (at >= this.#sweepAt || at < this.#sweepAt - 120) this.dropEnded(at);
    const days = this.#days.get(site) ?? [];
    const known = days.find((today) => today.day === day);
    if (known !== undefined) return known;
    const digest = new KeyedDigest(this.#randomBytes(32));
    const fresh: Today = { day, digest, table: new VisitorTable(), firstAt: at };
    this.#keep(
      site,
      [...days.slice(-1), fresh].toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    );
    return fresh;
  }

  /** What is not kept is gone: its numbers, and the key that led to them. */
  #keep(site: string, kept: readonly Today[]): void {
    for (const today of this.#days.get(site) ?? []) {
      if (kept.includes(today)) continue;
      this.#size -= today.table.size;
      today.digest.wipe();
    }
    if (kept.length === 0) this.#days.delete(site);
    else this.#days.set(site, kept);
  }
}

function isOver(today: Today, newest: Today | undefined, at: number): boolean {
  if (at >= today.firstAt + longestDaySeconds) return true;
  return newest !== undefined && newest !== today && at >= newest.firstAt + graceSeconds;
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
