// The keyed digest is HMAC-SHA256 and nothing else, whatever the text; and its key can be forgotten.
import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { KeyedDigest } from "./keyed-digest.ts";

function reference(key: Uint8Array, text: string): { high: number; low: number } {
  const made = createHmac("sha256", key).update(text).digest();
  return { high: made.readUInt32LE(0), low: made.readUInt32LE(4) };
}

test("is HMAC-SHA256, for any key and text, one after the other", () => {
  const keys = fc.uint8Array({ maxLength: 64 });
  const texts = fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary", size: "large" })));
  fc.assert(
    fc.property(keys, texts, (key, several) => {
      const digest = new KeyedDigest(key);
      for (const text of several) expect(digest.of(text)).toEqual(reference(key, text));
    }),
  );
});

test("takes texts longer than its room", () => {
  const key = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
  for (const length of [1365, 1366, 4096, 100_000]) {
    const text = "ü".repeat(length);
    expect(new KeyedDigest(key).of(text)).toEqual(reference(key, text));
  }
});

test("forgets its key when it is wiped", () => {
  const digest = new KeyedDigest(new Uint8Array(32).fill(9));
  const before = digest.of("198.51.100.0");
  digest.wipe();
  expect(digest.of("198.51.100.0")).not.toEqual(before);
});

test("refuses a key that would have to be hashed first", () => {
  expect(() => new KeyedDigest(new Uint8Array(65))).toThrow(RangeError);
});
