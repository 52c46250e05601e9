// From the groups of a shape to its cells: first by who is in a group, then by who began a visit there.
import type { Cell, CellKey, KeptShape } from "./closed-record.ts";
import { type Candidate, foldedToo, type Line, type Lines } from "./fold.ts";

/** A group shared by enough visitors, with how many of them began a visit there. */
export interface LargeGroup {
  readonly values: readonly (string | number)[];
  readonly sums: Cell["sums"];
  readonly entrants: number;
}

/** A shape before folding. Small groups are known only along lines: of how many there are, and who is in any of them. */
export interface CountedShape {
  readonly keys: readonly CellKey[];
  readonly large: readonly LargeGroup[];
  readonly small: Lines;
  /** Of the small groups those a visit began in. */
  readonly smallEntered: Lines;
  /** Visitors of each line, folded or not; absent where it is not known to be enough. */
  readonly everyone: ReadonlyMap<string, number>;
  /** Of a pair: what was kept of each of its keys alone. What is folded there must not be added up from here. */
  readonly alone: readonly (KeptShape | undefined)[];
}

export interface FoldedShape {
  readonly kept: readonly Cell[];
  /** Ids of large groups that are folded all the same. */
  readonly too: ReadonlySet<string>;
  readonly folded: number;
  /** Sums of whole visits of what was folded must not be kept. */
  readonly withholdsOther: boolean;
}

export const wholeLine = "*";

export function groupId(values: readonly (string | number)[]): string {
  return JSON.stringify(values);
}

/** A group stands in the whole of its table and, of a pair, in a row and a column. */
export function linesOf(values: readonly (string | number)[]): readonly string[] {
  if (values.length < 2) return [wholeLine];
  return [wholeLine, ...values.map((value, index) => lineName(index, value))];
}

export function lineName(index: number, value: string | number): string {
  return `${index} ${value}`;
}

const noEntries = { entries: 0, bounces: 0, seconds: 0, entryPageviews: 0 };

/** `least` visitors or more had a part in the day. */
export function foldShape(counted: CountedShape, least: number): FoldedShape {
  const { keys, large, small, everyone } = counted;
  if (keys.length === 0) {
    const kept = large.map(({ values, sums }) => ({ values, sums }));
    return { kept, too: new Set(), folded: 0, withholdsOther: false };
  }
  const known = counted.alone.map((shape) => valuesOf(shape?.cells ?? []));
  const candidates = large.map(({ values, sums }): Candidate => {
    const lines = linesOf(values);
    const leaves = lines.map((line) => (everyone.get(line) ?? sums.visitors) - sums.visitors);
    const isTold = leaves.some((rest) => rest > 0 && rest < least);
    return { id: groupId(values), lines, people: sums.visitors, mustFold: isTold || !isKnown(known, values) };
  });
  const too = foldedToo(candidates, small, least);
  const kept = large.filter(({ values }) => !too.has(groupId(values)));
  const withheld = withheldOf(counted, too, least);
  return {
    kept: kept.map(({ values, sums }): Cell => {
      if (!withheld.has(groupId(values))) return { values, sums };
      return { values, sums: { ...sums, ...noEntries }, isWithheld: true };
    }),
    too,
    folded: (small.get(wholeLine)?.cells ?? 0) + too.size,
    withholdsOther: withheld.size > 0,
  };
}

function valuesOf(cells: readonly Cell[]): ReadonlySet<string | number | undefined> {
  return new Set(cells.map(({ values }) => values[0]));
}

function isKnown(known: readonly ReadonlySet<unknown>[], values: readonly unknown[]): boolean {
  return values.length < 2 || values.every((value, index) => known[index]?.has(value) === true);
}

/** Kept groups whose whole visits must not be counted: too few visitors began one there, or it would tell of such a group. */
function withheldOf(
  { large, smallEntered, alone }: CountedShape,
  folded: ReadonlySet<string>,
  least: number,
): ReadonlySet<string> {
  const known = alone.map((shape) => valuesOf((shape?.cells ?? []).filter(({ isWithheld }) => isWithheld !== true)));
  const lines = new Map<string, Line>(smallEntered);
  const candidates: Candidate[] = [];
  const withheld = new Set<string>();
  for (const { values, entrants } of large) {
    if (entrants === 0) continue;
    const id = groupId(values);
    if (!folded.has(id) && entrants >= least) {
      candidates.push({ id, lines: linesOf(values), people: entrants, mustFold: !isKnown(known, values) });
      continue;
    }
    if (!folded.has(id)) withheld.add(id);
    for (const name of linesOf(values)) {
      const line = lines.get(name) ?? { cells: 0, people: 0 };
      lines.set(name, { cells: line.cells + 1, people: Math.max(line.people, entrants) });
    }
  }
  return new Set([...withheld, ...foldedToo(candidates, lines, least)]);
}

/** The shape as it is kept; `rest` is what its folded groups are together. */
export function keptShape(keys: readonly CellKey[], folded: FoldedShape, rest: Cell["sums"] | undefined): KeptShape {
  const isAny = folded.folded > 0 && rest !== undefined;
  const other: Cell | undefined = !isAny
    ? undefined
    : folded.withholdsOther
      ? { values: [], sums: { ...rest, ...noEntries }, isWithheld: true }
      : { values: [], sums: rest };
  return { keys, cells: folded.kept, folded: folded.folded, ...(other === undefined ? {} : { other }) };
}
