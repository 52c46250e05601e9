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

  async close(): Promise<void> {
    while (this.#inUse > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    for (const connection of this.#free.splice(0)) connection.closeSync();
  }
}
