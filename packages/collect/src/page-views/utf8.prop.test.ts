// UTF-8 decoding agrees with the platform's strict decoder on every byte sequence.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeUtf8 } from "./utf8.ts";

function platform(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

test("any bytes: the same text, or refused alike", () => {
  const awkward = fc.constantFrom(
    0x00,
    0x41,
    0x7f,
    0x80,
    0x9f,
    0xa0,
    0xbf,
    0xc0,
    0xc2,
    0xdf,
    0xe0,
    0xed,
    0xef,
    0xbb,
    0xf0,
    0xf4,
    0xf5,
    0xff,
    0x90,
    0x8f,
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.array(awkward, { maxLength: 12 }).map((list) => Uint8Array.from(list)),
  );
  fc.assert(
    fc.property(bytes, (each) => {
      expect(decodeUtf8(each)).toBe(platform(each));
    }),
    { numRuns: 5_000 },
  );
});

test("any text comes back, long ones too", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.nat(3), (text, times) => {
      const long = text
        .toWellFormed()
        .replaceAll("\uFEFF", "")
        .repeat(times * 100 + 1);
      expect(decodeUtf8(new TextEncoder().encode(long))).toBe(long);
    }),
    { numRuns: 200 },
  );
});
