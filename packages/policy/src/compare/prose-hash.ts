// The hash a review binds prose by: SHA-256, hex, of the words with runs of white space made one blank.
import { sha256Hex } from "../compile/sha256-hex.ts";

/** Wrapping a line otherwise says nothing new; every other change of the words does. No words at all have the hash of the empty text. */
export function proseHash(words: string): string {
  return sha256Hex(plainProse(words));
}

export function plainProse(words: string): string {
  return words.replaceAll(/\s+/g, " ").trim();
}
