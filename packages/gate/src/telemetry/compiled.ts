// What `avow telemetry build` writes and both client and collector run by: plain JSON, no code (docs/design/telemetry.md).
import { isRecord } from "./is-record.ts";
import type { Schema } from "./schema.ts";

/** Who answers for something, until when, and where it was looked at. */
export interface Stewardship {
  readonly owner: string;
  /** Vocabulary term. */
  readonly purpose: string;
  /** First day on which it is not collected any more, `YYYY-MM-DD`. */
  readonly expires: string;
  /** Address of the review. */
  readonly review: string;
}

export interface CompiledField extends Stewardship {
  /** All of them must be agreed to. */
  readonly categories: readonly string[];
  /** Vocabulary term. */
  readonly data: string;
  /** Of the value itself. */
  readonly schema: Schema;
  readonly means?: string;
  /** Of an object, or of the objects in a list: by name. Absent: a plain value, or a list of plain values. */
  readonly fields?: Readonly<Record<string, CompiledField>>;
}

/** That an event happened at all is data too: every notice with telemetry declares it. */
export const occurrence = "telemetry event";

export const intervals = ["day", "week", "month"] as const;
export type Interval = (typeof intervals)[number];

export const precisions = ["day", "hour", "minute"] as const;
export type Precision = (typeof precisions)[number];

export interface CompiledEvent extends Stewardship {
  readonly version: string;
  readonly title: string;
  readonly categories: readonly string[];
  /** Share of the events that are kept, above 0 and at most 1. */
  readonly sample: number;
  /** The same event counts once in this time. */
  readonly once?: Interval;
  /** How exactly its time is told. */
  readonly time: Precision;
  /** Fields the public page counts by, each alone. */
  readonly countBy: readonly string[];
  /** Of the whole event, before anything is taken away. */
  readonly schema: Schema;
  readonly fields: Readonly<Record<string, CompiledField>>;
}

/** Data of each event by schema id, as `avow telemetry build --types` writes it. */
export type AnyEvents = Readonly<Record<string, object>>;

export interface CompiledTelemetry<Events = AnyEvents> {
  readonly avow: 1;
  readonly telemetry: string;
  readonly title: string;
  readonly notice: string;
  /** Of the notice it was built with. */
  readonly policy: string;
  readonly feature: string;
  readonly practice: string;
  /** Whose data it is, in a vocabulary term. */
  readonly from: string;
  /** Where batches are posted. */
  readonly collector: string;
  readonly upload: { readonly everyMs: number; readonly withinMs: number };
  /** Days a batch may arrive and be deleted after its day, and fewest batches of a public cell; both from the notice's `keep`. */
  readonly openDays: number;
  readonly least: number;
  /** Feature that agrees to each category. */
  readonly categories: Readonly<Record<string, string>>;
  /** What an answer holds for, by feature. */
  readonly declarations: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<string, CompiledEvent>>;
  /** SHA-256 (hex) of the canonical JSON of the rest. */
  readonly version: string;
  /** Never there; carries the types. */
  readonly types?: Events;
}

export class TelemetryUnreadable extends Error {
  override readonly name = "TelemetryUnreadable";
  constructor(what: string) {
    super(`this is no compiled telemetry: ${what}\n  write it with: avow telemetry build`);
  }
}

/** The compiled file, from its text or already parsed. @throws TelemetryUnreadable */
export function loadTelemetry<Events = AnyEvents>(given: unknown): CompiledTelemetry<Events> {
  const value: unknown = typeof given === "string" ? parsed(given) : given;
  if (!isRecord(value) || value["avow"] !== 1) throw new TelemetryUnreadable("it does not begin with `avow: 1`");
  for (const key of ["telemetry", "title", "notice", "policy", "feature", "practice", "from", "collector", "version"]) {
    if (typeof value[key] !== "string") throw new TelemetryUnreadable(`\`${key}\` is missing`);
  }
  for (const key of ["categories", "declarations", "events", "upload"]) {
    if (!isRecord(value[key])) throw new TelemetryUnreadable(`\`${key}\` is missing`);
  }
  for (const key of ["openDays", "least"]) {
    if (!Number.isInteger(value[key])) throw new TelemetryUnreadable(`\`${key}\` is missing`);
  }
  const upload = value["upload"] as Record<string, unknown>;
  if (!isLength(upload["everyMs"]) || !isLength(upload["withinMs"])) throw new TelemetryUnreadable("`upload` is wrong");
  for (const [id, event] of Object.entries(value["events"] as object)) requireEvent(id, event);
  return value as unknown as CompiledTelemetry<Events>;
}

function requireEvent(id: string, event: unknown): void {
  if (!isRecord(event) || !isRecord(event["fields"]))
    throw new TelemetryUnreadable(`the event \`${id}\` has no fields`);
  const { sample, expires, countBy } = event;
  if (typeof sample !== "number" || !(sample > 0 && sample <= 1)) {
    throw new TelemetryUnreadable(`\`sample\` of the event \`${id}\` is no share`);
  }
  if (typeof expires !== "string" || !Array.isArray(countBy)) {
    throw new TelemetryUnreadable(`the event \`${id}\` has no end or no \`countBy\``);
  }
  for (const [name, field] of Object.entries(event["fields"])) requireField(`${id}: ${name}`, field, 0);
}

function requireField(path: string, field: unknown, depth: number): void {
  if (!isRecord(field) || depth > 8 || typeof field["expires"] !== "string" || !Array.isArray(field["categories"])) {
    throw new TelemetryUnreadable(`the field \`${path}\` has no end or no categories`);
  }
  if (field["fields"] === undefined) return;
  if (!isRecord(field["fields"])) throw new TelemetryUnreadable(`\`fields\` of \`${path}\` is wrong`);
  for (const [name, inner] of Object.entries(field["fields"])) requireField(`${path}.${name}`, inner, depth + 1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TelemetryUnreadable("it is not JSON");
  }
}

function isLength(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
