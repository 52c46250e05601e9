// The same event counts once in its interval: remembered by a digest that stays on this machine; there is no id to remember instead (docs/design/telemetry.md).
import { type Interval, intervals } from "./compiled.ts";
import { soundTime } from "./envelope.ts";
import { isRecord } from "./is-record.ts";
import { limits } from "./limits.ts";

const dayMs = 86_400_000;

/** Which day, week (from Monday) or month it is, as a number that grows. */
export function intervalOf(interval: Interval, ms: number): number {
  const days = Math.floor(soundTime(ms) / dayMs);
  switch (interval) {
    case "day":
      return days;
    case "week":
      return Math.floor((days + 3) / 7);
    case "month": {
      const date = new Date(soundTime(ms));
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    }
    default:
      return interval satisfies never;
  }
}

export class Once {
  readonly #seen = new Map<Interval, { at: number; readonly keys: Set<number> }>();
  #isChanged = false;

  /** True the first time in this interval; false again, and where more is remembered than may be. */
  isFirst(interval: Interval, ms: number, text: string): boolean {
    const at = intervalOf(interval, ms);
    let now = this.#seen.get(interval);
    // A clock that was set back begins a new interval too: better once more than never again.
    if (now === undefined || now.at !== at) this.#seen.set(interval, (now = { at, keys: new Set() }));
    const key = digest(text);
    if (now.keys.has(key) || now.keys.size >= limits.onceKeys) return false;
    now.keys.add(key);
    this.#isChanged = true;
    return true;
  }

  forget(): void {
    this.#seen.clear();
    this.#isChanged = false;
  }

  /** What to keep over a restart; undefined where nothing has changed since it was asked for. */
  changed(): string | undefined {
    if (!this.#isChanged) return undefined;
    this.#isChanged = false;
    return JSON.stringify(
      Object.fromEntries([...this.#seen].map(([name, { at, keys }]) => [name, { at, keys: [...keys] }])),
    );
  }

  /** What was kept; anything else is nothing. */
  restore(text: string | undefined): void {
    const value = text === undefined ? undefined : parsed(text);
    if (!isRecord(value)) return;
    for (const interval of intervals) {
      const found = value[interval];
      if (!isRecord(found) || typeof found["at"] !== "number" || !Array.isArray(found["keys"])) continue;
      const keys = (found["keys"] as readonly unknown[]).filter((key) => typeof key === "number");
      this.#seen.set(interval, { at: found["at"], keys: new Set(keys.slice(0, limits.onceKeys)) });
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 53 bits of two multiply-and-shift hashes: equal texts are told, others are taken for equal once in 10^11. */
function digest(text: string): number {
  let high = 0x9e37_79b9;
  let low = 0x85eb_ca6b;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x2c1b_3c6d);
    low = Math.imul(low ^ unit, 0x297a_2d39);
    high ^= high >>> 15;
    low ^= low >>> 13;
  }
  return (low >>> 0) + (high & 0x1f_ffff) * 0x1_0000_0000;
}
