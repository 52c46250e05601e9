// A closed day as bytes: a head, then each shape by itself, so that a question reads only what it needs. Values of pairs are numbers
// of cells of their dimensions' own shapes.
import { crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { DayGroup } from "../question/answer-from-sums.ts";
import type { Cell, CellKey, ClosedHead, KeptShape } from "./closed-record.ts";

/** Where a shape is within the file, after the head. */
export interface ShapeEntry {
  readonly keys: readonly CellKey[];
  readonly cells: number;
  readonly folded: number;
  readonly from: number;
  readonly bytes: number;
  readonly checksum: number;
}

export interface CellsIndex {
  readonly head: ClosedHead;
  readonly shapes: readonly ShapeEntry[];
}

const magic = Buffer.from("avow cells 1\n");
/** Magic, length and checksum of the head. */
export const prefixBytes = magic.length + 8;

/** In the order they are written. */
const sumNames = [
  "visitors",
  "visits",
  "pageviews",
  "events",
  "entries",
  "bounces",
  "seconds",
  "entryPageviews",
] as const satisfies readonly (keyof DayGroup["sums"])[];

/** What a value of a pair is a number of: texts of the dimension's own shape, in its order. */
type Values = readonly (string | number)[];

/** Takes shapes one by one, so that their cells need not be held; a pair after the shapes of each of its keys. */
export class CellsWriter {
  readonly #alone = new Map<CellKey, Values>();
  readonly #entries: ShapeEntry[] = [];
  readonly #bodies: Buffer[] = [];
  #from = 0;

  add(shape: KeptShape): void {
    const { keys, cells, folded } = shape;
    const [key] = keys;
    if (keys.length === 1 && key !== undefined) this.#alone.set(key, valuesOf(shape));
    const body = zstdCompressSync(shapeBytes(shape, this.#alone));
    const placed = { from: this.#from, bytes: body.length, checksum: crc32(body) };
    this.#entries.push({ keys, cells: cells.length, folded, ...placed });
    this.#bodies.push(body);
    this.#from += body.length;
  }

  bytes(head: ClosedHead): Buffer {
    const index: CellsIndex = { head, shapes: this.#entries };
    const text = zstdCompressSync(Buffer.from(JSON.stringify(index)));
    const prefix = Buffer.alloc(prefixBytes);
    magic.copy(prefix);
    prefix.writeUInt32LE(text.length, magic.length);
    prefix.writeUInt32LE(crc32(text), magic.length + 4);
    return Buffer.concat([prefix, text, ...this.#bodies]);
  }
}

/** How long the head is. @returns undefined where this is no such file */
export function headBytes(prefix: Buffer): number | undefined {
  if (prefix.length < prefixBytes || !prefix.subarray(0, magic.length).equals(magic)) return undefined;
  return prefix.readUInt32LE(magic.length);
}

/** @returns undefined where it is not what was written */
export function readIndex(prefix: Buffer, text: Buffer): CellsIndex | undefined {
  if (crc32(text) !== prefix.readUInt32LE(magic.length + 4)) return undefined;
  // The checksum says that writeCells made it, so its shape is known.
  const index: CellsIndex = JSON.parse(zstdDecompressSync(text).toString());
  return index;
}

/** `alone`: values of the shapes of each key of a pair. @returns undefined where it is not what was written */
export function readShape(
  { keys, cells, folded, checksum }: ShapeEntry,
  body: Buffer,
  alone: readonly Values[],
): KeptShape | undefined {
  if (crc32(body) !== checksum) return undefined;
  const bytes = zstdDecompressSync(body);
  const textBytes = bytes.readUInt32LE(0);
  const texts: Values = JSON.parse(bytes.toString("utf8", 4, 4 + textBytes));
  const next = numbersFrom(bytes, 4 + textBytes);
  const times = <Value>(read: (index: number) => Value): readonly Value[] =>
    Array.from({ length: cells }, (_, n) => read(n));
  const columns =
    keys.length < 2 ? [texts.slice(0, cells)] : keys.map((_, key) => times(() => alone[key]?.[next()] ?? ""));
  const sums = sumNames.map(() => times(() => next()));
  const withheld = times(() => next() === 1);
  const kept = times((n): Cell => {
    const values = keys.map((_, key) => columns[key]?.[n] ?? "");
    return cellOf(values, (sum) => sums[sum]?.[n] ?? 0, withheld[n] === true);
  });
  if (next() === 0) return { keys, cells: kept, folded };
  const [isWithheld, ofOther] = [next() === 1, sumNames.map(() => next())];
  return { keys, cells: kept, folded, other: cellOf([], (sum) => ofOther[sum] ?? 0, isWithheld) };
}

export function valuesOf({ cells }: KeptShape): Values {
  return cells.map(({ values }) => values[0] ?? "");
}

function shapeBytes({ keys, cells, other }: KeptShape, alone: ReadonlyMap<CellKey, Values>): Buffer {
  const text = Buffer.from(keys.length === 1 ? JSON.stringify(cells.map(({ values }) => values[0])) : "[]");
  const numbers: number[] = [];
  if (keys.length === 2) {
    for (const [index, key] of keys.entries()) {
      const places = new Map((alone.get(key) ?? []).map((value, place) => [value, place]));
      for (const { values } of cells) numbers.push(places.get(values[index] ?? "") ?? 0);
    }
  }
  for (const name of sumNames) for (const { sums } of cells) numbers.push(sums[name]);
  for (const { isWithheld } of cells) numbers.push(isWithheld === true ? 1 : 0);
  numbers.push(other === undefined ? 0 : 1);
  if (other !== undefined) {
    numbers.push(other.isWithheld === true ? 1 : 0, ...sumNames.map((name) => other.sums[name]));
  }
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, numberBytes(numbers)]);
}

function cellOf(values: Values, sum: (index: number) => number, isWithheld: boolean): Cell {
  const sums = {
    visitors: sum(0),
    visits: sum(1),
    pageviews: sum(2),
    events: sum(3),
    entries: sum(4),
    bounces: sum(5),
    seconds: sum(6),
    entryPageviews: sum(7),
  };
  return { values, sums, ...(isWithheld ? { isWithheld } : {}) };
}

/** Seven bits a byte, the lowest first; the last byte of a number is below 128. */
function numberBytes(numbers: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (const number of numbers) {
    let left = number;
    while (left >= 128) {
      bytes.push((left % 128) + 128);
      left = Math.floor(left / 128);
    }
    bytes.push(left);
  }
  return Buffer.from(bytes);
}

function numbersFrom(bytes: Buffer, from: number): () => number {
  let at = from;
  return () => {
    let [number, unit] = [0, 1];
    for (;;) {
      const byte = bytes[at] ?? 0;
      at += 1;
      number += (byte % 128) * unit;
      if (byte < 128) return number;
      unit *= 128;
    }
  };
}
