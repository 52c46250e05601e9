// Signing in: the same answer and the same time for an unknown name and a wrong password, and few tries.
import type { Records } from "@avow/store";
import { Refusal } from "../http/refusal.ts";
import { TryLimit } from "../http/try-limit.ts";
import { hashPassword, isPassword, longestPassword } from "./password.ts";
import { isSameSecret } from "./secret.ts";

export interface SignIn {
  readonly name: string;
  readonly password: string;
}

/** Tries per client network and per installation. Kept in memory, forgotten with the window. */
export class SignInDesk {
  readonly #perClient = new TryLimit(10, 15 * 60_000);
  readonly #all = new TryLimit(200, 60 * 60_000);
  /** Compared against when there is no such owner, so that the time tells nothing. */
  #nobody: Promise<string> | undefined;
  readonly #isPassword: typeof isPassword;

  constructor(verify = isPassword) {
    this.#isPassword = verify;
  }

  /** @throws Refusal 401 or 429. */
  async check(records: Records, given: SignIn, clientNetwork: string, nowMs: number): Promise<void> {
    // A network that may not try any more takes nothing from the tries of all: else it could lock the owner out.
    const waitSeconds = this.#perClient.take(clientNetwork, nowMs) || this.#all.take("all", nowMs);
    if (waitSeconds > 0) {
      const minutes = Math.ceil(waitSeconds / 60);
      const error = `too many tries; wait ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
      throw new Refusal(429, "too-many-requests", error, {}, { "retry-after": String(waitSeconds) });
    }
    const owner = await records.owner();
    const isOwner = isSameSecret(given.name.trim(), owner?.name ?? "") && owner !== undefined;
    // Made for everybody at the first try, so that it costs the same whoever is tried first.
    this.#nobody ??= hashPassword("nobody has this password");
    const nobody = await this.#nobody;
    const stored = isOwner ? owner.passwordHash : nobody;
    const isRight = await this.#isPassword(given.password.slice(0, longestPassword), stored);
    if (!isOwner || !isRight) throw new Refusal(401, "bad-sign-in", "name or password is wrong");
    this.#perClient.forget(clientNetwork);
  }
}
