// What the public may see of counts: no group under the notice's minimum, not by itself and not by subtraction (clauses.md PI3).

export interface Cell {
  readonly label: string;
  readonly visitors: number;
}

export interface Folded {
  readonly shown: readonly Cell[];
  /** Visitors of the groups that are not shown, added up; 0 when every group is shown. */
  readonly other: number;
}

/**
 * One day of one dimension. `total` is that day's visitors. Groups may overlap (a visitor sees several pages).
 * INVARIANT: each shown group, what the total leaves beside it, and what it leaves beside all of them, is 0 or at least `least`;
 * a fold is never of one group alone, unless nothing else is shown.
 */
export function foldDay(cells: readonly Cell[], total: number, least: number): Folded {
  if (total < least) return { shown: [], other: 0 };
  const isSafe = (visitors: number): boolean => visitors === 0 || visitors >= least;
  const largestFirst = cells.toSorted((a, b) => b.visitors - a.visitors || (a.label < b.label ? -1 : 1));
  const shown = largestFirst.filter(({ visitors }) => visitors >= least && isSafe(Math.max(0, total - visitors)));
  const folded = largestFirst.filter((cell) => !shown.includes(cell));
  const needsMore = (): boolean => {
    if (!isSafe(Math.max(0, total - sum(shown)))) return true;
    return folded.length > 0 && (folded.length === 1 || sum(folded) < least);
  };
  while (shown.length > 0 && needsMore()) {
    const smallest = shown.pop();
    if (smallest !== undefined) folded.push(smallest);
  }
  return { shown, other: sum(folded) };
}

export interface DayCell extends Cell {
  readonly day: string;
}

/**
 * Days are folded one by one and then added up, so that asking two periods and subtracting gives whole days of safe groups.
 * `totals`: visitors by day.
 */
export function foldDays(cells: readonly DayCell[], totals: ReadonlyMap<string, number>, least: number): Folded {
  const sums = new Map<string, number>();
  let other = 0;
  for (const [day, ofDay] of Map.groupBy(cells, (cell) => cell.day)) {
    const folded = foldDay(ofDay, totals.get(day) ?? 0, least);
    other += folded.other;
    for (const { label, visitors } of folded.shown) sums.set(label, (sums.get(label) ?? 0) + visitors);
  }
  const shown = [...sums].map(([label, visitors]) => ({ label, visitors }));
  return { shown: shown.toSorted((a, b) => b.visitors - a.visitors || (a.label < b.label ? -1 : 1)), other };
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((total, { visitors }) => total + visitors, 0);
}
