// What stands around an event's fields: Jupyter's four names, with a time that RFC 3339 knows; Jupyter's own time is read, and written by a switch.
import type { Precision } from "./compiled.ts";
import { isRecord } from "./is-record.ts";

export const envelopes = ["avow", "jupyter"] as const;
export type Envelope = (typeof envelopes)[number];

const dayMs = 86_400_000;
const precisionMs: Readonly<Record<Precision, number>> = { day: dayMs, hour: 3_600_000, minute: 60_000 };

/** Beyond these a date has no four-figure year. */
const [firstMs, lastMs] = [0, 253_402_300_799_999];

/** A clock that is broken says the first day there is, not an error. */
export function soundTime(ms: number): number {
  return Number.isFinite(ms) ? Math.min(lastMs, Math.max(firstMs, ms)) : firstMs;
}

/** First millisecond of the time as exactly as it is told, and of the next. */
export function spanOf(ms: number, precision: Precision): { readonly from: number; readonly until: number } {
  const length = precisionMs[precision];
  const from = Math.floor(soundTime(ms) / length) * length;
  return { from, until: from + length };
}

/** `YYYY-MM-DD`, UTC. */
export function dayOf(ms: number): string {
  return new Date(soundTime(ms)).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * dayMs);
}

/** `2026-11-20T15:00:00Z`; in Jupyter's way `2026-11-20T15:00:00.000000+00:00Z`, which is no RFC 3339 and what its server asks for. */
export function timeText(ms: number, envelope: Envelope): string {
  const iso = new Date(soundTime(ms)).toISOString();
  return envelope === "jupyter" ? `${iso.slice(0, 19)}.${iso.slice(20, 23)}000+00:00Z` : `${iso.slice(0, 19)}Z`;
}

/** An event as it came. */
export interface ReadEvent {
  readonly schema: string;
  /** Absent where the sender did not say. */
  readonly version?: string;
  /** Epoch milliseconds; absent where there is none that can be read. */
  readonly atMs?: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * A line of jupyter_events (`__schema__` …), a body of jupyter_server's `POST /api/events` (`schema_id`, `data`), or a line of
 * BinderHub's own logger (`schema`, `version`, `timestamp`).
 */
export function readEnvelope(value: unknown): ReadEvent | undefined {
  if (!isRecord(value)) return undefined;
  if (typeof value["__schema__"] === "string") {
    const { __schema__: schema, __schema_version__, __timestamp__, __metadata_version__: _form, ...data } = value;
    return read(schema, __schema_version__, __timestamp__, data);
  }
  if (typeof value["schema_id"] === "string") {
    return isRecord(value["data"])
      ? read(value["schema_id"], value["version"], value["timestamp"], value["data"])
      : undefined;
  }
  if (typeof value["schema"] !== "string") return undefined;
  const { schema, version, timestamp, ...data } = value;
  return read(schema, version, timestamp, data);
}

function read(
  schema: unknown,
  version: unknown,
  timestamp: unknown,
  data: Readonly<Record<string, unknown>>,
): ReadEvent | undefined {
  if (typeof schema !== "string") return undefined;
  const atMs = typeof timestamp === "string" ? readTime(timestamp) : undefined;
  const isVersion = typeof version === "string" || typeof version === "number";
  return { schema, ...(isVersion ? { version: String(version) } : {}), ...(atMs === undefined ? {} : { atMs }), data };
}

/** RFC 3339, and Jupyter's time with an offset *and* a `Z`; microseconds are cut. */
export function readTime(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|z|[+-]\d\d:\d\d)?(Z)?$/.exec(text);
  if (parts === null) return undefined;
  const [, day, time, fraction = "", offset = "Z"] = parts;
  const ms = Date.parse(`${day}T${time}${fraction.slice(0, 4)}${offset.toUpperCase()}`);
  return Number.isNaN(ms) ? undefined : ms;
}
