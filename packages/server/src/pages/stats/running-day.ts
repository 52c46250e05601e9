// How much of the running day the public sees: it moves on by groups, so that two looks never differ by one visitor (clauses.md PI3).
import type { House } from "../../house.ts";

interface Step {
  readonly dayBegan: number;
  readonly until: number;
}

/** By site; lost at a restart, which nobody outside can bring about. */
const stepsOf = new WeakMap<House, Map<string, Step>>();

/**
 * Epoch seconds up to which the running day is shown: the moment of the last look at which at least `least` visitors were new
 * since the step before. `visitorsUntil` counts those of the day before a moment.
 */
export async function shownUntil(
  house: House,
  site: string,
  least: number,
  day: { readonly began: number; readonly now: number },
  visitorsUntil: (until: number) => Promise<number>,
): Promise<number> {
  const steps = stepsOf.get(house) ?? new Map<string, Step>();
  stepsOf.set(house, steps);
  const known = steps.get(site);
  const last = known?.dayBegan === day.began ? known.until : day.began;
  // The second that runs is part of it: who just came wants to see it.
  const until = Math.floor(day.now) + 1;
  if (until <= last) return last;
  const [before, now] = await Promise.all([last === day.began ? 0 : visitorsUntil(last), visitorsUntil(until)]);
  if (now - before < least) return last;
  steps.set(site, { dayBegan: day.began, until });
  return until;
}
