// The first owner: whoever holds the one-time link printed at the first start sets a name and a password.
import type { Records } from "@avow/store";
import { Refusal } from "../http/refusal.ts";
import { hashPassword, longestPassword, shortestPassword } from "./password.ts";
import { hashSecret, newSecret } from "./secret.ts";

const grants = "own this installation";
const tokenHours = 24;

/** A path that lets its holder become the owner, once, within a day; undefined when there is an owner. */
export async function newOwnerPath(records: Records, nowMs: number): Promise<string | undefined> {
  if ((await records.owner()) !== undefined) return undefined;
  const token = newSecret();
  await records.addToken({ hash: hashSecret(token), grants, expiresAtMs: nowMs + tokenHours * 3_600_000 });
  return `/owner/claim?token=${token}`;
}

export interface Claim {
  readonly token: string;
  readonly name: string;
  readonly password: string;
}

/** @throws Refusal with what to change; a mistake in name or password does not use up the token. */
export async function claimOwner(records: Records, claim: Claim, nowMs: number): Promise<void> {
  const name = claim.name.trim();
  if (name === "" || name.length > 100) throw new Refusal(400, "bad-form", "name: give 1 to 100 characters");
  if (claim.password.length < shortestPassword || claim.password.length > longestPassword) {
    throw new Refusal(400, "bad-form", `password: give ${shortestPassword} to ${longestPassword} characters`);
  }
  if ((await records.owner()) !== undefined) {
    throw new Refusal(409, "already-claimed", "this installation has an owner; sign in instead");
  }
  // Hashed first: between taking the token and setting the owner nothing slow may fail.
  const passwordHash = await hashPassword(claim.password);
  if (!(await records.takeToken(hashSecret(claim.token), grants, nowMs))) {
    throw new Refusal(403, "bad-token", "this link was used, or is older than a day; restart avow for a new one");
  }
  await records.setOwner({ name, passwordHash });
}
