// Random secrets and their hashes at rest: keys, sessions and one-time tokens are stored as SHA-256 only.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits, base64url; `prefix` tells people what they found in their notes. */
export function newSecret(prefix = ""): string {
  return `${prefix}${randomBytes(32).toString("base64url")}`;
}

/** Hex SHA-256; enough for 256 random bits, where a slow hash would add nothing. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Compares in a time that does not depend on where the two differ. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(a), "hex"), Buffer.from(hashSecret(b), "hex"));
}
