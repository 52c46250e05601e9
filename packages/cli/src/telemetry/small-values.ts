// The small values of a declaration: a length of time, a share, a day.

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

/** `6 hours`, `1 day`; up to a year. */
export function lengthMs(text: string | undefined): number | undefined {
  const [, count, unit] = /^(\d{1,4}) (minute|hour|day|week)s?$/.exec(text ?? "") ?? [];
  const ms = Number(count) * (units[unit ?? ""] ?? Number.NaN);
  return ms > 0 && ms <= 366 * 86_400_000 ? ms : undefined;
}

/** `1 in 10`, or a number above 0 and at most 1. */
export function shareOf(value: unknown): number | undefined {
  const [, of, all] = typeof value === "string" ? (/^(\d{1,6}) in (\d{1,6})$/.exec(value) ?? []) : [];
  const share = typeof value === "number" ? value : Number(of) / Number(all);
  return share > 0 && share <= 1 ? share : undefined;
}

/** An ISO day that exists. */
export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
