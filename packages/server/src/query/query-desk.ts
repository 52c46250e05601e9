// Who asks and how often: bearer keys, their rate, and how many questions run at once.
import type { ApiKey, Records } from "@avow/store";
import type { Limits } from "../http/limits.ts";
import { Refusal } from "../http/refusal.ts";
import { TryLimit } from "../http/try-limit.ts";
import { hashSecret } from "../owner/secret.ts";

const hourMs = 3_600_000;

export class QueryDesk {
  readonly #rate: TryLimit;
  readonly #mostAtOnce: number;
  #running = 0;

  constructor(limits: Limits) {
    this.#rate = new TryLimit(limits.queriesPerHour, hourMs);
    this.#mostAtOnce = limits.queriesAtOnce;
  }

  /** The key of an `Authorization: Bearer` header. @throws Refusal 401 or 429. */
  async keyOf(records: Records, authorization: string | undefined, nowMs: number): Promise<ApiKey> {
    const token = /^Bearer +(\S{1,200})$/i.exec(authorization ?? "")?.[1];
    const challenge = { "www-authenticate": "Bearer" };
    if (token === undefined) {
      throw new Refusal(401, "no-key", "missing API key; send `Authorization: Bearer KEY`", {}, challenge);
    }
    // Looked up by the hash of what was sent: no comparison of secrets depends on where they differ.
    const key = await records.keyByHash(hashSecret(token));
    if (key === undefined) {
      throw new Refusal(401, "unknown-key", "unknown API key; make one with `avow key create`", {}, challenge);
    }
    const waitSeconds = this.#rate.take(key.id, nowMs);
    if (waitSeconds > 0) {
      const error = `too many requests; this key may ask 600 times an hour, wait ${waitSeconds} s`;
      throw new Refusal(429, "too-many-requests", error, {}, { "retry-after": String(waitSeconds) });
    }
    return key;
  }

  /** Runs `work` unless too many run already. @throws Refusal 429. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#mostAtOnce) {
      throw new Refusal(
        429,
        "too-many-requests",
        "too many questions at once; ask again in a moment",
        {},
        { "retry-after": "1" },
      );
    }
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }
}
