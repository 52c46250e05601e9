// Hours, days, weeks and months as whole numbers that sort like their labels, and the labels Plausible gives them.
import type { QuestionDimension } from "../contract.ts";

export type TimeDimension = Extract<QuestionDimension, `time:${string}`>;

export function isTimeDimension(dimension: string): dimension is TimeDimension {
  return dimension.startsWith("time:");
}

/** The bucket of a local time: hours or days since 1970, the Monday's day, or months since year 0. */
export function timeBucket(dimension: TimeDimension, localSeconds: number): number {
  const day = Math.floor(localSeconds / 86_400);
  switch (dimension) {
    case "time:hour":
      return Math.floor(localSeconds / 3600);
    case "time:day":
      return day;
    case "time:week":
      return day - ((((day + 3) % 7) + 7) % 7);
    case "time:month": {
      const date = new Date(day * 86_400_000);
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    }
    default:
      return dimension satisfies never;
  }
}

/** `2026-11-20 14:00:00`, `2026-11-20`, the week's Monday, the month's first day. */
export function timeLabel(dimension: TimeDimension, bucket: number): string {
  switch (dimension) {
    case "time:hour":
      return `${dayLabel(Math.floor(bucket / 24))} ${String(((bucket % 24) + 24) % 24).padStart(2, "0")}:00:00`;
    case "time:day":
    case "time:week":
      return dayLabel(bucket);
    case "time:month":
      return `${String(Math.floor(bucket / 12)).padStart(4, "0")}-${String((bucket % 12) + 1).padStart(2, "0")}-01`;
    default:
      return dimension satisfies never;
  }
}

function dayLabel(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
