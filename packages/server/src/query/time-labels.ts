// Every label of a time dimension in a range, so that a chart shows the empty ones too.
import { Refusal } from "../http/refusal.ts";
import type { DateRange } from "./date-range.ts";
import type { TimeWord } from "./words.ts";
import { addDays, localDay, localTime, monthStart, weekStart } from "./zone.ts";

/** Hours of a year; more labels than that are no chart. */
const mostLabels = 8_800;

/** In order, without repeats (the hour that daylight saving doubles is one label). */
export function timeLabels(word: TimeWord, range: DateRange, timeZone: string): readonly string[] {
  const labels = new Set<string>();
  if (word === "time:hour") {
    if (range.until - range.from > mostLabels * 3600) {
      throw new Refusal(400, "bad-query", "include.time_labels: too many hours; ask a shorter date_range or time:day");
    }
    // Half an hour is the smallest step a zone's clock takes.
    for (let at = range.from; at < range.until; at += 1800) labels.add(hourLabel(at, timeZone));
    labels.add(hourLabel(range.until - 1, timeZone));
    return [...labels];
  }
  const last = localDay(range.until - 1, timeZone);
  for (let day = localDay(range.from, timeZone); day <= last; day = addDays(day, 1)) {
    labels.add(dayLabel(word, day));
  }
  return [...labels];
}

function hourLabel(at: number, timeZone: string): string {
  return `${localDay(at, timeZone)} ${String(localTime(at, timeZone).hour).padStart(2, "0")}:00:00`;
}

function dayLabel(word: Exclude<TimeWord, "time:hour">, day: string): string {
  switch (word) {
    case "time:day":
      return day;
    case "time:week":
      return weekStart(day);
    case "time:month":
      return monthStart(day);
    default:
      return word satisfies never;
  }
}
