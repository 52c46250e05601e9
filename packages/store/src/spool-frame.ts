// One record of a spool segment: length (u32), CRC-32 of the payload (u32), payload; both numbers little-endian.
import { crc32 } from "node:zlib";

export const frameHead = 8;
/** Longest payload; what claims to be longer is damage. */
export const longestPayload = 256 * 1024;

export function frame(payload: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(frameHead + payload.length);
  framed.writeUInt32LE(payload.length, 0);
  framed.writeUInt32LE(crc32(payload), 4);
  payload.copy(framed, frameHead);
  return framed;
}

export interface Frames {
  readonly payloads: readonly Buffer[];
  /** Bytes of whole, valid frames from the start. */
  readonly end: number;
  /** What stopped the reading: nothing left, a frame that goes on behind the buffer, or bytes that are no frame. */
  readonly stop: "end" | "short" | "damage";
}

/** Whole frames from the start of `bytes`. An empty payload is no frame, so zeros are damage and not records. */
export function readFrames(bytes: Buffer): Frames {
  const payloads: Buffer[] = [];
  let end = 0;
  while (end < bytes.length) {
    if (end + frameHead > bytes.length) return { payloads, end, stop: "short" };
    const length = bytes.readUInt32LE(end);
    if (length === 0 || length > longestPayload) return { payloads, end, stop: "damage" };
    const next = end + frameHead + length;
    if (next > bytes.length) return { payloads, end, stop: "short" };
    const payload = bytes.subarray(end + frameHead, next);
    if (crc32(payload) !== bytes.readUInt32LE(end + 4)) return { payloads, end, stop: "damage" };
    payloads.push(payload);
    end = next;
  }
  return { payloads, end, stop: "end" };
}
