// A request body, never more than its limit in memory, whatever its sender announces; and never too many at once.
import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

/** Undefined when the client left before its body was complete. */
export type Body = Buffer | undefined;

/** Bytes of unfinished bodies that may wait in memory, of all clients together. */
const mostWaitingBytes = 64_000_000;

export class BodyReader {
  readonly #limit: number;
  readonly #mostWaiting: number;
  #waiting = 0;

  constructor(limit: number, mostWaiting = mostWaitingBytes) {
    this.#limit = limit;
    this.#mostWaiting = mostWaiting;
  }

  /** @throws Refusal 413 or 429. */
  async read(request: IncomingMessage): Promise<Body> {
    const announced = Number(request.headers["content-length"] ?? 0);
    if (announced > this.#limit) throw this.#tooLarge();
    let size = 0;
    try {
      return await new Promise<Body>((done, failed) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => {
          size += chunk.length;
          this.#waiting += chunk.length;
          if (size > this.#limit) failed(this.#tooLarge());
          else if (this.#waiting > this.#mostWaiting) failed(tooMany());
          else chunks.push(chunk);
        });
        request.on("end", () => done(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
        request.on("error", () => done(undefined));
        request.on("close", () => done(undefined));
      });
    } catch (error) {
      request.removeAllListeners("data");
      throw error;
    } finally {
      this.#waiting -= size;
    }
  }

  #tooLarge(): Refusal {
    return new Refusal(413, "body-too-large", `the body is larger than ${this.#limit} bytes`);
  }
}

function tooMany(): Refusal {
  const told = "too many large requests at once; send again in a moment";
  return new Refusal(429, "too-many-requests", told, {}, { "retry-after": "1" });
}

const mostDrainedBytes = 16_000_000;

/** Reads on without keeping, so that a client that is still sending gets to read its refusal; cuts it off after 16 MB. */
export function drain(request: IncomingMessage): void {
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostDrainedBytes) request.destroy();
  });
  request.resume();
}
