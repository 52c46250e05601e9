// Where a local day begins and ends.
import { localSeconds, zoneOffsets } from "../question/zone-offsets.ts";

export interface DayBounds {
  /** Epoch seconds; `until` exclusive. */
  readonly from: number;
  readonly until: number;
  /** The day's first hour, counted from 1970 in local time. */
  readonly firstHour: number;
  /** The clock is not changed within the day. */
  readonly isEven: boolean;
}

const kept = new Map<string, DayBounds>();

/** `day` as YYYY-MM-DD. @throws StoreValueError when the zone is unknown */
export function dayBounds(day: string, timeZone: string): DayBounds {
  const name = `${day} ${timeZone}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const local = Date.parse(`${day}T00:00:00Z`) / 1000;
  const offsets = zoneOffsets(timeZone, local - 2 * 86_400, local + 3 * 86_400);
  /** The first second whose local time is not before `wanted`. */
  const firstAt = (wanted: number): number => {
    let [before, at] = [wanted - 86_400, wanted + 86_400];
    while (at - before > 1) {
      const middle = Math.floor((before + at) / 2);
      if (localSeconds(offsets, middle) >= wanted) at = middle;
      else before = middle;
    }
    return at;
  };
  const [from, until] = [firstAt(local), firstAt(local + 86_400)];
  const bounds = { from, until, firstHour: local / 3600, isEven: until - from === 86_400 };
  if (kept.size >= 10_000) kept.clear();
  kept.set(name, bounds);
  return bounds;
}
