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

  /** Rejects with a Refusal: 413 or 429. */
  read(request: IncomingMessage): Promise<Body> {
    return new Promise<Body>((resolve, reject) => {
      const announced = request.headers["content-length"];
      if (announced !== undefined && Number(announced) > this.#limit) {
        reject(this.#tooLarge());
        return;
      }
      let chunks: Buffer[] = [];
      let size = 0;
      let isOver = false;
      const finish = (): boolean => {
        if (isOver) return false;
        isOver = true;
        this.#waiting -= size;
        return true;
      };
      const refuse = (refusal: Refusal): void => {
        if (!finish()) return;
        chunks = [];
        request.removeAllListeners("data");
        reject(refusal);
      };
      const leave = (): void => {
        if (finish()) resolve(undefined);
      };
      request.on("data", (chunk: Buffer) => {
        if (isOver) return;
        size += chunk.length;
        this.#waiting += chunk.length;
        if (size > this.#limit) refuse(this.#tooLarge());
        else if (this.#waiting > this.#mostWaiting) refuse(tooMany());
        else chunks.push(chunk);
      });
      request.on("end", () => {
        if (finish()) resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      });
      request.on("error", leave);
      request.on("close", leave);
    });
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
