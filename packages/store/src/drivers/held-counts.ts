// What the rows of a day are held under and how many there are, kept with the day's file so that a question need not look.
import type { Holding } from "../contract.ts";

export interface HeldCount extends Holding {
  readonly site: string;
  readonly rows: number;
}

type Counted = Omit<HeldCount, "rows"> & { rows: number };

/** By site, version and practice. */
export type HeldCounts = Map<string, Counted>;

/** Adds to what is counted already. Entries never go while their file is attached: a holding that was seen stays known. */
export function countHeld(counts: HeldCounts, { site, practice, version, rows }: HeldCount): Counted {
  const key = `${site}\n${version}\n${practice}`;
  const known = counts.get(key);
  if (known !== undefined) {
    known.rows += rows;
    return known;
  }
  const counted = { site, practice, version, rows };
  counts.set(key, counted);
  return counted;
}

/** Counts one row after another: those held under the same as the one before look nothing up. */
export function rowCounter(counts: HeldCounts): (site: string, practice: string, version: string) => void {
  let last: Counted | undefined;
  return (site, practice, version) => {
    if (last?.version === version && last.site === site && last.practice === practice) last.rows += 1;
    else last = countHeld(counts, { site, practice, version, rows: 1 });
  };
}

export function ofSite(counts: HeldCounts, site: string): readonly HeldCount[] {
  const found: HeldCount[] = [];
  for (const one of counts.values()) if (one.site === site) found.push(one);
  return found;
}
