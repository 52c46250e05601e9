// The period of a bulletin as the address names it: today included, compared with as many days before.
import { Refusal } from "../../http/refusal.ts";
import { dateText } from "../frame/format.ts";
import { addDays, localDay, monthStart, startOfDay } from "../../query/zone.ts";

export const periodKeys = ["today", "7d", "30d", "month", "12mo", "custom"] as const;
export type PeriodKey = (typeof periodKeys)[number];

export const periodNames: Readonly<Record<PeriodKey, string>> = {
  today: "today",
  "7d": "7 days",
  "30d": "30 days",
  month: "this month",
  "12mo": "12 months",
  custom: "from … to …",
};

/** Half-open, epoch seconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface Period extends Span {
  readonly key: PeriodKey;
  /** First and last day, both included, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Opens the sentence: `In the last 7 days`. */
  readonly opening: string;
  readonly previous: Span;
  /** Ends the comparison: `the 7 days before`. */
  readonly before: string;
  readonly bucket: "time:hour" | "time:day" | "time:month";
}

const longestDays = 731;

/** `nowMs` is the request's clock; an unknown period is the usual one. @throws Refusal 400 for days that cannot be read. */
export function readPeriod(query: URLSearchParams, nowMs: number, timeZone: string): Period {
  const today = localDay(nowMs / 1000, timeZone);
  const key = periodKeys.find((known) => known === query.get("period")) ?? "7d";
  switch (key) {
    case "today":
      return spanOf(key, today, today, addDays(today, -1), timeZone, "Today", "yesterday");
    case "7d":
    case "30d": {
      const days = Number.parseInt(key, 10);
      const first = addDays(today, 1 - days);
      return spanOf(
        key,
        first,
        today,
        addDays(first, -days),
        timeZone,
        `In the last ${days} days`,
        `the ${days} days before`,
      );
    }
    case "month": {
      const before = "as many days of the month before";
      return spanOf(key, monthStart(today), today, monthStart(today, -1), timeZone, "This month so far", before);
    }
    case "12mo": {
      const first = monthStart(today, -11);
      return spanOf(
        key,
        first,
        today,
        monthStart(first, -12),
        timeZone,
        "In the last 12 months",
        "the 12 months before",
      );
    }
    case "custom":
      return customPeriod(query, timeZone);
    default:
      return key satisfies never;
  }
}

function customPeriod(query: URLSearchParams, timeZone: string): Period {
  const [from, to] = [query.get("from") ?? "", query.get("to") ?? ""];
  if (!isDay(from) || !isDay(to)) throw bad("give two days like 2026-01-31");
  if (to < from) throw bad("the last day comes before the first");
  const days = daysBetween(from, to);
  if (days > longestDays) throw bad(`${days} days are too many for one page; ask at most ${longestDays}`);
  if (from === monthStart(from) && to === addDays(monthStart(from, 1), -1)) {
    const before = monthStart(from, -1);
    const whole = spanOf("custom", from, to, before, timeZone, `In ${monthText(from)}`, monthText(before));
    return { ...whole, previous: { from: startOfDay(before, timeZone), until: whole.from } };
  }
  const opening =
    from === to
      ? `On ${dayText(from)}`
      : `From ${from.slice(0, 4) === to.slice(0, 4) ? dayText(from).replace(/ \d{4}$/, "") : dayText(from)} to ${dayText(to)}`;
  const before = days === 1 ? "the day before" : `the ${days} days before`;
  return spanOf("custom", from, to, addDays(from, -days), timeZone, opening, before);
}

function spanOf(
  key: PeriodKey,
  firstDay: string,
  lastDay: string,
  previousFirst: string,
  timeZone: string,
  opening: string,
  before: string,
): Period {
  const days = daysBetween(firstDay, lastDay);
  const lastBefore = earlier(addDays(previousFirst, days), firstDay);
  return {
    key,
    firstDay,
    lastDay,
    from: startOfDay(firstDay, timeZone),
    until: startOfDay(addDays(lastDay, 1), timeZone),
    previous: { from: startOfDay(previousFirst, timeZone), until: startOfDay(lastBefore, timeZone) },
    opening,
    before,
    bucket: days === 1 ? "time:hour" : days > 184 ? "time:month" : "time:day",
  };
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

export function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000) + 1;
}

function dayText(day: string): string {
  return dateText(Date.parse(`${day}T00:00:00Z`));
}

/** `October 2026`. */
function monthText(day: string): string {
  return dayText(day).replace(/^\d+ /, "");
}

function isDay(text: string): boolean {
  if (!/^(?:19|20)\d\d-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function bad(problem: string): Refusal {
  return new Refusal(400, "bad-query", `period: ${problem}`);
}
