// What stays of a closed day: counts by shapes, what they may be used for, and what they are known to be exact for.
import type { CellDimension, ClosedDay, ClosingOrder, Shape } from "../contract.ts";
import type { DayGroup } from "../question/answer-from-sums.ts";

/** What cells are counted by; the hour is one of the site's own day, 0–24. */
export type CellKey = CellDimension | "time:hour";

export interface Cell {
  /** One for each key of its shape; none in what was folded. */
  readonly values: readonly (string | number)[];
  readonly sums: DayGroup["sums"];
  /** Sums of whole visits (`entries` and what follows) are zero because too few visitors began a visit here. */
  readonly isWithheld?: true;
}

export interface KeptShape {
  readonly keys: readonly CellKey[];
  readonly cells: readonly Cell[];
  /** Groups too few visitors shared, counted together; absent when there are none. */
  readonly other?: Cell;
  /** How many groups `other` is. */
  readonly folded: number;
}

/** All that is known of a closed day but its cells. */
export interface ClosedHead extends Omit<ClosedDay, "cells" | "foldedCells"> {
  /** Dimensions that a row had; every other one was absent from all of them. */
  readonly present: readonly CellDimension[];
  /** Dimensions of which no visit had two values that day, and of which no visitor had. */
  readonly onePerVisit: readonly CellDimension[];
  readonly onePerVisitor: readonly CellDimension[];
  /** Fewer visitors than `least` that day: nothing but its totals is kept. */
  readonly isSmall?: true;
}

export interface ClosedRecord extends ClosedHead {
  readonly shapes: readonly KeptShape[];
}

/** A shape by its keys, whatever their order. */
export function shapeName(keys: readonly CellKey[]): string {
  return keys.toSorted().join(" ");
}

function keysOf({ of, hourly }: Shape): readonly CellKey[] {
  return hourly === true ? ["time:hour", ...of] : of;
}

/** The order's shapes and what they rest on: totals, each dimension alone, the hours. Each once, fewer keys first. */
export function shapesToKeep({ shapes }: Pick<ClosingOrder, "shapes">): readonly (readonly CellKey[])[] {
  const found = new Map<string, readonly CellKey[]>([["", []]]);
  for (const shape of shapes) {
    const keys = [...new Set(keysOf(shape))].slice(0, 2);
    for (const key of keys) found.set(key, [key]);
    found.set(shapeName(keys), keys);
  }
  return [...found.values()].toSorted((a, b) => a.length - b.length);
}

export function closedDayOf(head: ClosedHead, cells: number, foldedCells: number): ClosedDay {
  const { site, day, timeZone, holdings, least, rows, closedAtMs } = head;
  return {
    site,
    day,
    timeZone,
    holdings,
    least,
    rows,
    cells,
    foldedCells,
    ...(closedAtMs === undefined ? {} : { closedAtMs }),
  };
}

/** Of a day without rows: there is nothing to keep, and nothing that says it was closed. */
export function emptyHead({ site, day, timeZone, least }: Omit<ClosingOrder, "shapes">): ClosedHead {
  return { site, day, timeZone, least, rows: 0, holdings: [], present: [], onePerVisit: [], onePerVisitor: [] };
}
