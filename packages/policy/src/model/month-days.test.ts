// The bounds against every month of a leap cycle.
import { expect, test } from "vitest";
import { fewestDays, mostDays } from "./month-days.ts";

const dayMs = 86_400_000;

/** The same day some months later; the last one where that month is shorter. */
function later(year: number, month: number, day: number, months: number): number {
  const lastDay = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return Date.UTC(year, month + months, Math.min(day, lastDay));
}

test("no run of months is longer or shorter, and each of up to a year is as long and as short somewhere", () => {
  for (let months = 0; months < 26; months += 1) {
    const days: number[] = [];
    for (let year = 2096; year < 2108; year += 1)
      for (let month = 0; month < 12; month += 1)
        for (const day of [1, 15, 28, 29, 30, 31]) {
          const start = Date.UTC(year, month, day);
          if (new Date(start).getUTCMonth() === month) days.push((later(year, month, day, months) - start) / dayMs);
        }
    const [shortest, longest] = [Math.min(...days), Math.max(...days)];
    expect([months, fewestDays(months) <= shortest, mostDays(months) >= longest]).toEqual([months, true, true]);
    if (months <= 12) expect([fewestDays(months), mostDays(months)]).toEqual([shortest, longest]);
  }
});
