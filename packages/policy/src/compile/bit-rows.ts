// Bit sets packed into words: set a bit, intersect whole matrices, find the first bit.
import type { Rows } from "./table.ts";

/** Rows of a matrix filled while it is built; `has(row, bit)` says which bits stand. */
export function fillRows(
  rowCount: number,
  bitCount: number,
  width: number,
  has: (row: number, bit: number) => boolean,
): Rows {
  const rows = new Uint32Array(Math.max(1, rowCount) * width);
  for (let row = 0; row < rowCount; row += 1) {
    for (let bit = 0; bit < bitCount; bit += 1) {
      if (!has(row, bit)) continue;
      const word = row * width + (bit >>> 5);
      rows[word] = (rows[word] ?? 0) | (1 << (bit & 31));
    }
  }
  return rows;
}

export function united(one: Rows, other: Rows): Rows {
  return one.map((word, at) => word | (other[at] ?? 0));
}

/** Number of the lowest bit of a word that is not zero. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

export function hasBit(rows: Rows, start: number, bit: number): boolean {
  return ((rows[start + (bit >>> 5)] ?? 0) & (1 << (bit & 31))) !== 0;
}
