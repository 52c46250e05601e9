// What the rows of a day are held under and how many there are, kept with the day's file so that a question need not look.
import type { Holding } from "../contract.ts";

export interface HeldCount extends Holding {
  readonly site: string;
  readonly rows: number;
}

/** By site, version and practice. */
export type HeldCounts = Map<string, HeldCount>;

/** Adds to what is counted already. Entries never go while their file is attached: a holding that was seen stays known. */
export function countHeld(counts: HeldCounts, { site, practice, version, rows }: HeldCount): void {
  const key = `${site}\n${version}\n${practice}`;
  const before = counts.get(key);
  counts.set(key, { site, practice, version, rows: rows + (before?.rows ?? 0) });
}

export function ofSite(counts: HeldCounts, site: string): readonly HeldCount[] {
  const found: HeldCount[] = [];
  for (const one of counts.values()) if (one.site === site) found.push(one);
  return found;
}
