// A witness of the disk: reads every file under a folder and finds strings and addresses in it, in text and in binary form.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every file below `dir`, with its bytes; a file that vanishes while being read is passed over. */
export function filesBelow(dir: string): { readonly path: string; readonly bytes: Buffer }[] {
  const names = readdirSync(dir, { recursive: true, encoding: "utf8" }).map((name) => join(dir, name));
  return names.flatMap((path) => {
    try {
      return statSync(path).isFile() ? [{ path, bytes: readFileSync(path) }] : [];
    } catch {
      return [];
    }
  });
}

/** Files that hold `text` as UTF-8, UTF-16, hex (either case) or base64 (any alignment). */
export function findText(dir: string, text: string): string[] {
  const plain = Buffer.from(text, "utf8");
  const forms = [
    plain,
    Buffer.from(text, "utf16le"),
    Buffer.from(plain.toString("hex")),
    Buffer.from(plain.toString("hex").toUpperCase()),
  ];
  for (const lead of [0, 1, 2]) {
    // The middle of the base64 form does not depend on what stands before or after the text.
    const encoded = Buffer.concat([Buffer.alloc(lead), plain])
      .toString("base64")
      .replace(/=+$/, "");
    const inner = encoded.slice(lead === 0 ? 0 : lead + 1, -2);
    if (inner.length >= 8) forms.push(Buffer.from(inner));
  }
  return filesBelow(dir)
    .filter(({ bytes }) => forms.some((form) => bytes.includes(form)))
    .map(({ path }) => path);
}

const octets = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) >>> 0;

/** How many of the IPv4 addresses stand somewhere below `dir` as text. */
export function countTextAddresses(dir: string, addresses: readonly string[]): number {
  const wanted = new Set(addresses);
  const found = new Set<string>();
  for (const { bytes } of filesBelow(dir)) {
    for (const [match] of bytes.toString("latin1").matchAll(/\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/g))
      if (wanted.has(match)) found.add(match);
  }
  return found.size;
}

/** How many of the IPv4 addresses stand somewhere below `dir` as four bytes, in either byte order. */
export function countBinaryAddresses(dir: string, addresses: readonly string[]): number {
  const wanted = new Set(addresses.map(octets));
  const found = new Set<number>();
  for (const { bytes } of filesBelow(dir)) {
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      const big = bytes.readUInt32BE(at);
      if (wanted.has(big)) found.add(big);
      const little = bytes.readUInt32LE(at);
      if (wanted.has(little)) found.add(little);
    }
  }
  return found.size;
}
