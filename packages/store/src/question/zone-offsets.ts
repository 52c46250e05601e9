// Offsets of a time zone over a span, from the runtime's own table, so that both engines cut hours and days alike.
import { StoreValueError } from "../errors.ts";

/** From `since` (epoch seconds) on, local time is UTC plus `offset` seconds. The first entry holds before it too. */
export interface ZoneOffset {
  readonly since: number;
  readonly offset: number;
}

const stepSeconds = 7 * 86_400;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Offsets that hold within [from, until), in order. @throws StoreValueError when the zone is unknown. */
export function zoneOffsets(timeZone: string, from: number, until: number): readonly ZoneOffset[] {
  const offsets: ZoneOffset[] = [{ since: from, offset: offsetAt(timeZone, from) }];
  for (let at = from; at < until; at += stepSeconds) {
    const next = Math.min(at + stepSeconds, until);
    addChanges(timeZone, at, next, offsets);
  }
  return offsets;
}

/** A week holds at most one change in any zone but a few historic ones; halving finds it to the second. */
function addChanges(timeZone: string, low: number, high: number, offsets: ZoneOffset[]): void {
  const before = offsetAt(timeZone, low);
  const after = offsetAt(timeZone, high);
  if (before === after) return;
  let [start, end] = [low, high];
  while (end - start > 1) {
    const middle = Math.floor((start + end) / 2);
    if (offsetAt(timeZone, middle) === before) start = middle;
    else end = middle;
  }
  offsets.push({ since: end, offset: offsetAt(timeZone, end) });
  addChanges(timeZone, end, high, offsets);
}

export function localSeconds(offsets: readonly ZoneOffset[], at: number): number {
  let offset = offsets[0]?.offset ?? 0;
  for (const change of offsets) if (at >= change.since) offset = change.offset;
  return at + offset;
}

function offsetAt(timeZone: string, at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at * 1000)) part[type] = Number(value);
  const of = (type: string): number => part[type] ?? 0;
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return Math.round(local / 1000) - at;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat("en-u-ca-iso8601-nu-latn", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    if (formats.size < 1000) formats.set(timeZone, format);
    return format;
  } catch (cause) {
    throw new StoreValueError(`unknown time zone \`${timeZone}\`; give an IANA name such as \`Europe/Amsterdam\``, {
      cause,
    });
  }
}
