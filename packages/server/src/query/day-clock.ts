// The local day of a moment, remembered for as long as it lasts: the hot path asks for it with every event.
import { addDays, localDay, startOfDay } from "./zone.ts";

interface Today {
  readonly day: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Days by zone; `atMs` in epoch milliseconds, the day as `YYYY-MM-DD`. */
export function createDayClock(): (atMs: number, timeZone: string) => string {
  const days = new Map<string, Today>();
  return (atMs, timeZone) => {
    const known = days.get(timeZone);
    if (known !== undefined && atMs >= known.fromMs && atMs < known.untilMs) return known.day;
    const day = localDay(atMs / 1000, timeZone);
    const fromMs = startOfDay(day, timeZone) * 1000;
    days.set(timeZone, { day, fromMs, untilMs: startOfDay(addDays(day, 1), timeZone) * 1000 });
    return day;
  };
}
