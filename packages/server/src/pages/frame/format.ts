// Numbers, dates and links as pages write them: English, the installation's clock in UTC unless a zone is named.

const whole = new Intl.NumberFormat("en-GB");
const dayFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
const timeFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** `12,048`. */
export function numberText(value: number): string {
  return whole.format(value);
}

/** `3 visits`, `1 visit`. */
export function countText(value: number, one: string, many = `${one}s`): string {
  return `${numberText(value)} ${value === 1 ? one : many}`;
}

/** `20 November 2026`. */
export function dateText(atMs: number): string {
  return dayFormat.format(atMs);
}

/** `20 November 2026, 20:14 UTC`. */
export function momentText(atMs: number): string {
  return `${dateText(atMs)}, ${timeFormat.format(atMs)} UTC`;
}

/** `20:14`. */
export function clockText(atMs: number): string {
  return timeFormat.format(atMs);
}

/** For `<time datetime>`. */
export function isoText(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** `1m 48s`; `52s` below a minute. */
export function durationText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds}s` : `${numberText(minutes)}m ${String(seconds % 60).padStart(2, "0")}s`;
}

/** An exact count would publish a private site's traffic: below ten is not told, below a hundred to the ten, the rest to two figures. */
export function bandText(count: number): string {
  if (count === 0) return "none";
  if (count < 10) return "under 10";
  const scale = 10 ** Math.max(1, Math.floor(Math.log10(count)) - 1);
  return `about ${numberText(Math.round(count / scale) * scale)}`;
}

/** First eight figures of a version. */
export function shortHash(version: string): string {
  return version.slice(0, 8);
}

/** Where a contact or an address leads; undefined for what is neither an e-mail address nor http(s): that stays words. */
export function linkOf(text: string): string | undefined {
  if (/^https?:\/\/[^\s"'<>]+$/i.test(text) && URL.canParse(text)) return text;
  return /^[^\s@:/?#&"'<>]+@[^\s@:/?#&"'<>]+$/.test(text) ? `mailto:${text}` : undefined;
}

/** `a, b and c`. */
export function listText(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
