// Records on their way to the disk together: framed into one buffer as they arrive, and told of by one promise.
import { crc32 } from "node:zlib";
import { frameHead } from "./spool-frame.ts";

/** Bytes one sync takes, by and large. */
const fullBytes = 4 * 1024 * 1024;
const firstBytes = 64 * 1024;
/** A larger buffer is not kept for the next batch. */
const keptBytes = 512 * 1024;

export class SpoolBatch {
  readonly #told = Promise.withResolvers<void>();
  #buffer: Buffer;
  #length = 0;

  /** @param spare a buffer that nobody reads any more, from `release`. */
  constructor(spare?: Buffer) {
    this.#buffer = spare ?? Buffer.allocUnsafeSlow(firstBytes);
  }

  /** Settled by `settle`, once for all. */
  get done(): Promise<void> {
    return this.#told.promise;
  }

  get isFull(): boolean {
    return this.#length >= fullBytes;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Text goes in as UTF-8. Its length was checked by the caller. */
  add(payload: string | Buffer): void {
    const from = this.#length + frameHead;
    this.#reserve(frameHead + (typeof payload === "string" ? payload.length * 3 : payload.length));
    const buffer = this.#buffer;
    const taken = typeof payload === "string" ? buffer.write(payload, from) : payload.copy(buffer, from);
    buffer.writeUInt32LE(taken, this.#length);
    buffer.writeUInt32LE(crc32(buffer.subarray(from, from + taken)), this.#length + 4);
    this.#length = from + taken;
  }

  /** Everyone who waits hears: durable, or why not. */
  settle(failure?: { readonly cause: unknown }): void {
    if (failure === undefined) this.#told.resolve();
    else this.#told.reject(failure.cause);
  }

  /** The buffer, for another batch; this one is over. */
  release(): Buffer | undefined {
    return this.#buffer.length <= keptBytes ? this.#buffer : undefined;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#length + more));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
