// The order of an answer's rows: as asked, then by every dimension, so that equal figures never change places.
import type { Question } from "../contract.ts";
import { StoreValueError } from "../errors.ts";

export interface OrderKey {
  readonly kind: "metric" | "dimension";
  readonly index: number;
  readonly descending: boolean;
}

/** Complete order keys. @throws StoreValueError when the question is ordered by something it does not ask. */
export function orderKeys(question: Question): readonly OrderKey[] {
  const asked = question.orderBy.map(({ by, direction }): OrderKey => {
    const metric = (question.metrics as readonly string[]).indexOf(by);
    const dimension = (question.dimensions as readonly string[]).indexOf(by);
    if (metric < 0 && dimension < 0)
      throw new StoreValueError(`cannot order by \`${by}\`; the question does not ask for it`);
    const descending = direction === "desc";
    return metric >= 0
      ? { kind: "metric", index: metric, descending }
      : { kind: "dimension", index: dimension, descending };
  });
  const rest = question.dimensions.map((_, index): OrderKey => ({ kind: "dimension", index, descending: false }));
  return [...asked, ...rest];
}

interface Ordered {
  readonly values: readonly (string | number)[];
  readonly metrics: readonly (number | null)[];
}

/** A null figure comes last in either direction. Text is compared by code points, as UTF-8 bytes are. */
export function inOrder(question: Question): (a: Ordered, b: Ordered) => number {
  const keys = orderKeys(question);
  return (a, b) => {
    for (const { kind, index, descending } of keys) {
      const order = kind === "metric" ? compareFigures(a.metrics[index], b.metrics[index], descending) : 0;
      const text = kind === "dimension" ? compareValues(a.values[index], b.values[index]) : 0;
      if (order !== 0) return order;
      if (text !== 0) return descending ? -text : text;
    }
    return 0;
  };
}

function compareFigures(a: number | null | undefined, b: number | null | undefined, descending: boolean): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return descending ? b - a : a - b;
}

function compareValues(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareCodePoints(String(a), String(b));
}

/** JavaScript compares halves of surrogate pairs, which rank below U+E000; the characters they make rank above U+FFFF. */
function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index += 1) {
    const [one, other] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
