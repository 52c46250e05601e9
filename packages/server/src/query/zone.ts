// Days and hours as a site's clock shows them: epoch seconds to local labels and back, daylight saving included.

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const mostFormatters = 500;

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  if (formatters.size < mostFormatters) formatters.set(timeZone, made);
  return made;
}

/** What a clock on the wall shows in the zone. */
export function localTime(at: number, timeZone: string): LocalTime {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatter(timeZone).formatToParts(at * 1000)) {
    if (type in parts) parts[type as keyof LocalTime] = Number(value);
  }
  return parts;
}

/** Seconds the zone is ahead of UTC. */
export function offsetSeconds(at: number, timeZone: string): number {
  const local = localTime(at, timeZone);
  const asUtc = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second) / 1000;
  return asUtc - Math.floor(at);
}

/** `YYYY-MM-DD` in the zone. */
export function localDay(at: number, timeZone: string): string {
  const { year, month, day } = localTime(at, timeZone);
  return `${String(year).padStart(4, "0")}-${pad(month)}-${pad(day)}`;
}

/** Epoch seconds of the first moment of a day in the zone; where midnight is skipped, the first moment after. */
export function startOfDay(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`) / 1000;
  const candidates = [utc - offsetSeconds(utc - 86_400, timeZone), utc - offsetSeconds(utc + 86_400, timeZone)];
  const guess = Math.min(...candidates);
  if (localDay(guess, timeZone) === day) return guess;
  return Math.max(...candidates);
}

/** The day `days` later; days are calendar days, not 24 hours. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day of the month `months` later, or that month's last. */
export function addMonths(day: string, months: number): string {
  const first = monthStart(day, months);
  const last = addDays(monthStart(first, 1), -1);
  const same = `${first.slice(0, 8)}${day.slice(8)}`;
  return same < last ? same : last;
}

/** The first day of the month `months` after the month of `day`. */
export function monthStart(day: string, months = 0): string {
  const [year = 1970, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** The Monday of the week of `day`. */
export function weekStart(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** `YYYY-MM-DDTHH:MM:SS+HH:MM` in the zone. */
export function isoInZone(at: number, timeZone: string): string {
  const offset = offsetSeconds(at, timeZone);
  const local = new Date((Math.floor(at) + offset) * 1000).toISOString().slice(0, 19);
  const minutes = Math.round(Math.abs(offset) / 60);
  return `${local}${offset < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
