// Internet addresses as bytes: what CIDR lists and the country table compare. An address never leaves memory.
import { isIPv4, isIPv6 } from "node:net";

export interface Cidr {
  readonly family: 4 | 6;
  readonly bytes: Uint8Array;
  readonly bits: number;
}

const mappedPrefix = /^::ffff:(?=\d+\.)/i;

/** An address without port, brackets, zone or the `::ffff:` of a mapped IPv4; undefined when it is none. */
export function scrubAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  let address = text.trim().replace(/^"|"$/g, "");
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(address);
  if (bracketed?.[1] !== undefined) address = bracketed[1];
  else if (/^[\d.]+:\d+$/.test(address)) address = address.slice(0, address.indexOf(":"));
  address = address.replace(/%.*$/, "").replace(mappedPrefix, "");
  return isIPv4(address) || isIPv6(address) ? address : undefined;
}

/** 4 or 16 bytes in network order; undefined when `text` is no address. */
export function addressBytes(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return fourBytes(text);
  if (!isIPv6(text)) return undefined;
  const [head = "", tail] = withoutDotted(text.replace(/%.*$/, "")).split("::");
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const all = tail === undefined ? left : [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]));
}

/** Of a text that is an IPv4 address. */
function fourBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(4);
  let at = 0;
  let byte = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit >= 0) byte = byte * 10 + digit;
    else {
      bytes[at] = byte;
      at += 1;
      byte = 0;
    }
  }
  bytes[at] = byte;
  return bytes;
}

/** `10.0.0.0/8`, or one address (all its bits); undefined when it is neither. Host bits are cleared. */
export function readCidr(text: string): Cidr | undefined {
  const [address = "", length, ...rest] = text.trim().split("/");
  const bytes = addressBytes(address);
  if (bytes === undefined || rest.length > 0) return undefined;
  const most = bytes.length * 8;
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (bits < 0 || bits > most) return undefined;
  return { family: bytes.length === 4 ? 4 : 6, bytes: maskedBytes(bytes, bits), bits };
}

/** The first `bits` bits, the rest zero. */
export function maskedBytes(bytes: Uint8Array, bits: number): Uint8Array {
  return bytes.map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
}

function groups(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}

/** `::ffff:1.2.3.4` → `::ffff:102:304`. */
function withoutDotted(text: string): string {
  const at = text.lastIndexOf(":") + 1;
  const dotted = text.slice(at);
  if (!isIPv4(dotted)) return text;
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split(".").map(Number);
  return `${text.slice(0, at)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

/** The network an address is counted under when tries are limited: /24, or /48. */
export function networkOf(address: string): string {
  const bytes = addressBytes(address);
  if (bytes === undefined) return "unknown";
  return Buffer.from(maskedBytes(bytes, bytes.length === 4 ? 24 : 48)).toString("hex");
}
