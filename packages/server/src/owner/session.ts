// The owner's sessions: 256 random bits in a cookie only the owner's browser has, hashed at rest.
import type { Records } from "@avow/store";
import { hashSecret, newSecret } from "./secret.ts";

const sessionDays = 14;
const sessionMs = sessionDays * 86_400_000;

/** `__Host-` binds the cookie to this host and to https; browsers refuse it without. */
export function sessionCookieName(isHttps: boolean): string {
  return isHttps ? "__Host-avow_owner" : "avow_owner";
}

/** Starts a session; returns the `Set-Cookie` value. */
export async function createSession(records: Records, nowMs: number, isHttps: boolean): Promise<string> {
  const secret = newSecret();
  await records.addSession({ hash: hashSecret(secret), expiresAtMs: nowMs + sessionMs });
  return cookie(isHttps, secret, sessionDays * 86_400);
}

/** Ends the session the cookies name, if any; returns the `Set-Cookie` value that clears it. */
export async function endSession(records: Records, cookies: string | undefined, isHttps: boolean): Promise<string> {
  const secret = sessionSecret(cookies, isHttps);
  if (secret !== undefined) await records.removeSession(hashSecret(secret));
  return cookie(isHttps, "", 0);
}

/** True when the cookies carry a live session. */
export async function hasLiveSession(
  records: Records,
  cookies: string | undefined,
  nowMs: number,
  isHttps: boolean,
): Promise<boolean> {
  const secret = sessionSecret(cookies, isHttps);
  return secret !== undefined && records.hasSession(hashSecret(secret), nowMs);
}

function sessionSecret(cookies: string | undefined, isHttps: boolean): string | undefined {
  const name = sessionCookieName(isHttps);
  for (const pair of (cookies ?? "").split(";")) {
    const [key, value] = pair.trim().split("=", 2);
    if (key === name && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
  }
  return undefined;
}

function cookie(isHttps: boolean, value: string, maxAgeSeconds: number): string {
  const secure = isHttps ? "; Secure" : "";
  return `${sessionCookieName(isHttps)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure}`;
}
