// The date range of a question: presets and pairs, in the site's zone, as half-open epoch seconds.
import { readInstant } from "../clock.ts";
import { Refusal } from "../http/refusal.ts";
import { shown } from "../http/shown.ts";
import { addDays, localDay, monthStart, startOfDay } from "./zone.ts";

export const dateRangePresets = [
  "day",
  "24h",
  "7d",
  "28d",
  "30d",
  "91d",
  "month",
  "6mo",
  "12mo",
  "year",
  "all",
] as const;

export interface DateRange {
  /** Epoch seconds. */
  readonly from: number;
  /** Epoch seconds, exclusive. */
  readonly until: number;
}

/** What a preset is relative to. */
export interface Moment {
  readonly now: number;
  readonly timeZone: string;
  /** First day that can hold anything, `YYYY-MM-DD`. */
  readonly firstDay: string;
}

const longestYears = 50;

/** @throws Refusal naming `date_range`. */
export function readDateRange(given: unknown, moment: Moment): DateRange {
  const range = Array.isArray(given) ? readPair(given, moment) : readPreset(given, moment);
  if (range.until <= range.from) throw bad("ends before it starts");
  if (range.until - range.from > longestYears * 366 * 86_400) throw bad(`is longer than ${longestYears} years`);
  return range;
}

function readPreset(given: unknown, { now, timeZone, firstDay }: Moment): DateRange {
  const preset = dateRangePresets.find((name) => name === given);
  const today = localDay(now, timeZone);
  const days = (first: string, last: string): DateRange => ({
    from: startOfDay(first, timeZone),
    until: startOfDay(addDays(last, 1), timeZone),
  });
  switch (preset) {
    case "day":
      return days(today, today);
    case "24h":
      return { from: Math.floor(now) - 86_400, until: Math.floor(now) + 1 };
    case "7d":
    case "28d":
    case "30d":
    case "91d":
      return days(addDays(today, -Number.parseInt(preset, 10)), addDays(today, -1));
    case "month":
      return days(monthStart(today), today);
    case "6mo":
    case "12mo":
      return days(monthStart(today, -Number.parseInt(preset, 10)), addDays(monthStart(today), -1));
    case "year":
      return days(`${today.slice(0, 4)}-01-01`, today);
    case "all":
      return days(firstDay < today ? firstDay : today, today);
    case undefined:
      throw bad(`is ${shown(given)}; give one of ${dateRangePresets.join(", ")} or a pair of dates`);
    default:
      return preset satisfies never;
  }
}

function readPair(pair: readonly unknown[], { timeZone }: Moment): DateRange {
  const [first, last] = pair;
  if (pair.length !== 2 || typeof first !== "string" || typeof last !== "string") {
    throw bad("must be two ISO dates or two ISO date-times");
  }
  if (isDay(first) && isDay(last)) {
    return { from: startOfDay(first, timeZone), until: startOfDay(addDays(last, 1), timeZone) };
  }
  const from = readInstant(first);
  const until = readInstant(last);
  if (from === undefined || until === undefined) {
    throw bad(`is [${shown(first)}, ${shown(last)}]; give two dates like 2026-01-31 or two date-times with an offset`);
  }
  return { from: Math.floor(from / 1000), until: Math.floor(until / 1000) + 1 };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function bad(problem: string): Refusal {
  return new Refusal(400, "bad-query", `date_range ${problem}`);
}
