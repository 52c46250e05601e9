// How lengths of time compare: months against days only where it holds in every month and every year.
import { fewestDays } from "../../model/month-days.ts";

/** INVARIANT: `days` is the most the gate allows; months and years keep their own count beside it. */
export interface Length {
  readonly days: number;
  /** Whole months, where the author wrote months or years. */
  readonly months?: number;
}

const monthsIn: Readonly<Record<string, number>> = { month: 1, year: 12 };

/** The length written in `text`, e.g. `25 months` or `1 year after the account closes`; `days` bounds it from above. */
export function lengthOf(text: string, days: number): Length {
  const match = /^(\d{1,5}) (month|year)s?\b/.exec(text);
  const unit = monthsIn[match?.[2] ?? ""];
  return unit === undefined ? { days } : { days, months: Number(match?.[1]) * unit };
}

export function isLengthAtOrBelow(length: Length, limit: Length): boolean {
  if (limit.months === undefined) return length.days <= limit.days;
  return length.months === undefined ? length.days <= fewestDays(limit.months) : length.months <= limit.months;
}
