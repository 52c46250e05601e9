// The owner's password: scrypt, its parameters and salt in the string, so that they can be raised later.
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** 32 MB and about 0.2 s: dear enough for guessing, small enough for the 200 MB the whole server may take. */
const cost = { ln: 15, r: 8, p: 3 };
export const shortestPassword = 12;
export const longestPassword = 1024;

interface Cost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** `scrypt$ln=15,r=8,p=3$SALT$HASH`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return `scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${salt.toString("base64url")}$${hash.toString("base64url")}`;
}

/** False for a wrong password and for a string that is no hash; takes as long as a right one either way. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const match = /^scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(stored);
  const [, ln, r, p, salt = "", hash = ""] = match ?? [];
  const kept = Buffer.from(hash, "base64url");
  const asked = match === null ? cost : { ln: Number(ln), r: Number(r), p: Number(p) };
  const found = await derive(password, Buffer.from(salt, "base64url"), asked);
  return kept.length === found.length && timingSafeEqual(kept, found);
}

// INVARIANT: one derivation at a time, so that memory stays bounded however many sign in at once.
let last: Promise<unknown> = Promise.resolve();

function derive(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const next = last.then(
    () =>
      new Promise<Buffer>((done, failed) => {
        const options = { N: 2 ** ln, r, p, maxmem: 256 * 2 ** ln * r };
        scrypt(password.normalize("NFKC"), salt, 32, options, (error, key) => (error ? failed(error) : done(key)));
      }),
  );
  last = next.catch(() => undefined);
  return next;
}
