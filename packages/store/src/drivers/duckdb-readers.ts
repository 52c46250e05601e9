// A few connections that questions take turns on, so that files and writes always find a free thread.
import type { DuckDBConnection } from "@duckdb/node-api";

/** Node runs at most four blocking calls at once; one may be the writer's and one must be left for the spool. */
const most = 2;

export class Readers {
  readonly #connect: () => Promise<DuckDBConnection>;
  readonly #free: DuckDBConnection[] = [];
  readonly #waiting: (() => void)[] = [];
  #inUse = 0;

  constructor(connect: () => Promise<DuckDBConnection>) {
    this.#connect = connect;
  }

  /** Lends a connection; a question given up is interrupted, or leaves the queue. @throws the signal's reason */
  async use<Result>(act: (connection: DuckDBConnection) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    while (this.#inUse >= most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#inUse += 1;
    const interrupts: (() => void)[] = [];
    try {
      signal?.throwIfAborted();
      const connection = this.#free.pop() ?? (await this.#connect());
      const interrupt = (): void => connection.interrupt();
      signal?.addEventListener("abort", interrupt, { once: true });
      interrupts.push(interrupt);
      try {
        return await act(connection);
      } finally {
        this.#free.push(connection);
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      for (const interrupt of interrupts) signal?.removeEventListener("abort", interrupt);
      this.#inUse -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** A turn for work that brings its own connection. */
  async turn<Result>(act: () => Promise<Result>): Promise<Result> {
    while (this.#inUse >= most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#inUse += 1;
    try {
      return await act();
    } finally {
      this.#inUse -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Runs when no question does, and keeps new ones waiting: for what must not be read while it changes. */
  async alone<Result>(act: () => Promise<Result>): Promise<Result> {
    const held: (() => void)[] = [];
    try {
      // Slots are taken one by one, so that two who ask for all of them would wait for each other: there is one writer.
      for (let slot = 0; slot < most; slot += 1) held.push(await this.#hold());
      return await act();
    } finally {
      for (const release of held) release();
    }
  }

  async #hold(): Promise<() => void> {
    while (this.#inUse >= most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#inUse += 1;
    return () => {
      this.#inUse -= 1;
      this.#waiting.shift()?.();
    };
  }

  async close(): Promise<void> {
    while (this.#inUse > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    for (const connection of this.#free.splice(0)) connection.closeSync();
  }
}
