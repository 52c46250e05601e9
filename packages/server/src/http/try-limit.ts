// How often something may be tried in a window of time; a bounded table in memory.

const mostKeys = 10_000;

/** Fixed windows per key. */
export class TryLimit {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #windows = new Map<string, { startMs: number; count: number }>();

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Counts one try; returns 0, or the seconds to wait. */
  take(key: string, nowMs: number): number {
    const window = this.#windows.get(key);
    if (window === undefined || nowMs - window.startMs >= this.#windowMs || nowMs < window.startMs) {
      this.#makeRoom();
      this.#windows.set(key, { startMs: nowMs, count: 1 });
      return 0;
    }
    if (window.count >= this.#most) return Math.max(1, Math.ceil((window.startMs + this.#windowMs - nowMs) / 1000));
    window.count += 1;
    return 0;
  }

  forget(key: string): void {
    this.#windows.delete(key);
  }

  /** Drops the oldest window when the table is full. */
  #makeRoom(): void {
    if (this.#windows.size < mostKeys) return;
    const oldest = this.#windows.keys().next();
    if (oldest.done !== true) this.#windows.delete(oldest.value);
  }
}
