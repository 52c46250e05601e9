// Every table and column of every store, what it holds, and what a notice must declare for it to exist (clauses.md PS14).
import { type Column, type DimensionColumn, dimensionColumns } from "./contract.ts";

/** Why a column may exist: a notice declares the data term or practice, or it says nothing about anybody. */
export type Reason =
  | { readonly kind: "data"; readonly anyOf: readonly string[] }
  | { readonly kind: "practice"; readonly practice: RecordsPractice }
  | { readonly kind: "structural"; readonly why: string };

export interface LaidColumn extends Column {
  readonly holds: string;
  readonly reason: Reason;
  /** False where a column is created only once a row needs it. */
  readonly always: boolean;
}

/** Practices of Avow's own notice, under which it keeps what running it needs. */
export const recordsPractices = [
  "owner-account",
  "owner-sessions",
  "one-time-links",
  "api-keys",
  "sites",
  "evidence",
  "versions",
  "settings",
] as const;
export type RecordsPractice = (typeof recordsPractices)[number];

/** The same terms a collector asks for; either of two permits the column. */
const dimensionTerms: Readonly<Record<DimensionColumn, readonly [terms: string | readonly string[], holds: string]>> = {
  page: ["page", "path of the page, as the notice's path rules leave it"],
  hostname: ["page host", "host of the page"],
  referrer: ["referrer", "address of the page that led here, without its query"],
  source: [["source", "referrer"], "name of where the visit came from"],
  channel: [["source", "referrer"], "kind of place the visit came from"],
  utm_medium: ["campaign", "campaign parameter utm_medium"],
  utm_source: ["campaign", "campaign parameter utm_source"],
  utm_campaign: ["campaign", "campaign parameter utm_campaign"],
  utm_content: ["campaign", "campaign parameter utm_content"],
  utm_term: ["campaign", "campaign parameter utm_term"],
  country: ["country", "country looked up from the truncated address"],
  region: ["region", "part of the country, from the operator's table"],
  city: ["city", "city, from the operator's table"],
  device: ["device type", "desktop, mobile or tablet"],
  browser: ["browser", "name of the browser"],
  browser_version: ["browser version", "major and minor version of the browser"],
  os: ["operating system", "name of the operating system"],
  os_version: ["operating system version", "major and minor version of the operating system"],
};

const data = (...anyOf: readonly string[]): Reason => ({ kind: "data", anyOf });
const structural = (why: string): Reason => ({ kind: "structural", why });
const practice = (id: RecordsPractice): Reason => ({ kind: "practice", practice: id });

function eventColumn(table: string, column: string, reason: Reason, holds: string): LaidColumn {
  return { store: "events", table, column, holds, reason, always: true };
}

const randomNumber = structural("a random number drawn today, not made from the person");

/** Of a day file; a spool segment holds the same values under the same reasons. */
export const eventColumns: readonly LaidColumn[] = [
  eventColumn("events", "site", structural("which of the installation's own sites"), "domain of the measured site"),
  eventColumn("events", "at", data("time of visit", "visit duration"), "second of the event, UTC"),
  eventColumn("events", "visitor", randomNumber, "random number of the visitor, today only"),
  eventColumn("events", "visit", randomNumber, "random number of the visit"),
  eventColumn(
    "events",
    "name",
    structural("which kind of event the site sends"),
    "pageview, engagement or a custom event's name",
  ),
  eventColumn(
    "events",
    "interactive",
    structural("a property of the kind of event"),
    "whether the event ends a bounce",
  ),
  eventColumn("events", "practice", structural("the practice the row is held under"), "practice id"),
  eventColumn("events", "version", structural("the policy version the row is held under"), "policy version"),
  ...dimensionColumns.map((column): LaidColumn => {
    const [terms, holds] = dimensionTerms[column];
    return { store: "events", table: "events", column, holds, reason: data(...[terms].flat()), always: false };
  }),
  ...[
    eventColumn("events", "props", data("custom property"), "custom properties the site lists"),
    eventColumn("events", "scroll_depth", data("scroll depth"), "deepest per cent of the page that was seen"),
    eventColumn("events", "engaged_ms", data("visit duration"), "milliseconds the page was in view"),
  ].map((column) => ({ ...column, always: false })),
  eventColumn("applied", "segment", structural("which spool segment"), "number of a spool segment of this day"),
  eventColumn(
    "applied",
    "bytes",
    structural("how far the segment is in this file"),
    "bytes of the segment whose rows are here",
  ),
];

const countedBy: readonly (readonly [column: string, reason: Reason, holds: string])[] = [
  ...dimensionColumns.map((column) => {
    const [terms, holds] = dimensionTerms[column];
    return [column, data(...[terms].flat()), holds] as const;
  }),
  ["event_name", structural("which kind of event the site sends"), "pageview or a custom event's name"],
  ["entry_hostname", data("page host"), "host of the page a visit began on"],
  ["exit_hostname", data("page host"), "host of the page a visit ended on"],
  ["entry_page", data("page"), "page a visit began on"],
  ["exit_page", data("page"), "page a visit ended on"],
  ["time:hour", data("time of visit", "visit duration"), "hour of the day"],
];

/** Of the files of closed days: counts of groups that at least the notice's number of visitors shared, and of nobody alone. */
const cellsAlways: Readonly<Record<string, string>> = {
  site: "domain of the measured site",
  day: "the closed day",
  timeZone: "time zone of the day",
  holdings: "practices and policy versions the day's rows were held under",
  least: "fewest visitors of a group",
  rows: "how many rows there were",
  closedAtMs: "when it was closed",
  present: "dimensions that a row had",
  onePerVisit: "dimensions no visit had two values of",
  onePerVisitor: "dimensions no visitor had two values of",
  sums: "visitors, visits, events, page views, bounces and seconds of a group",
};

export const cellColumns: readonly LaidColumn[] = [
  ...Object.entries(cellsAlways).map(([column, holds]) =>
    eventColumn("cells", column, structural("counts of a whole day, of nobody alone"), holds),
  ),
  ...countedBy.map(([column, reason, holds]): LaidColumn => ({
    store: "events",
    table: "cells",
    column,
    holds,
    reason,
    always: false,
  })),
];

/** Columns of the files of closed days, whose groups are of these dimensions; none where no day is closed. */
export function cellColumnsOf(dimensions: ReadonlySet<string>, isAny: boolean): readonly string[] {
  return isAny ? [...Object.keys(cellsAlways), ...dimensions] : [];
}

function recordColumns(
  table: string,
  why: RecordsPractice,
  columns: Readonly<Record<string, string>>,
): readonly LaidColumn[] {
  const reason = practice(why);
  return Object.entries(columns).map(([column, holds]) => ({
    store: "records",
    table,
    column,
    holds,
    reason,
    always: true,
  }));
}

export const recordsColumns: readonly LaidColumn[] = [
  ...recordColumns("sites", "sites", {
    domain: "domain of the site",
    notice: "id of the notice it runs under",
    time_zone: "zone whose midnight closes its day",
    is_public: "whether its statistics are public",
    script_id: "random; names its script",
    created_at_ms: "when it was added",
    rules: "which properties, hosts, pages and countries its owner counts",
    goals: "what its owner calls a conversion: events and pages by name",
    shares: "secret links to its statistics: id, name, hash of the secret, when it was made",
  }),
  ...recordColumns("api_keys", "api-keys", {
    id: "random id",
    hash: "hash of the key",
    site: "the site it reads",
    purposes: "what it may be used for, fixed at issue",
    created_at_ms: "when it was issued",
  }),
  ...recordColumns("owner", "owner-account", {
    id: "always 1: there is one owner",
    name: "name the owner signs in with",
    password_hash: "scrypt hash with salt and parameters",
  }),
  ...recordColumns("sessions", "owner-sessions", {
    hash: "hash of the session's secret",
    expires_at_ms: "when it ends",
  }),
  ...recordColumns("tokens", "one-time-links", {
    hash: "hash of the link's secret",
    grants: "what it lets its holder do, once",
    expires_at_ms: "when it ends",
  }),
  ...recordColumns("versions", "versions", {
    notice: "id of the notice",
    version: "hash of the policy",
    canonical: "canonical JSON of what was hashed",
    seen_at_ms: "when it was first served",
  }),
  ...recordColumns("archived_texts", "versions", {
    hash: "hash of the text",
    text: "a vocabulary, or the canonical JSON of a version that others are addenda to",
  }),
  ...recordColumns("in_force", "versions", {
    id: "order in which versions came into force",
    notice: "id of the notice",
    version: "hash of the policy",
    since_ms: "when it came into force here",
  }),
  ...recordColumns("evidence", "evidence", {
    notice: "id of the notice",
    clause: "clause that decided",
    outcome: "permitted or refused",
    reason: "why",
    count: "how often",
    last_at_ms: "when last",
  }),
  ...recordColumns("settings", "settings", {
    key: "name of a setting",
    value: "its value",
  }),
];

const telemetryParts: readonly (readonly [table: string, column: string, reason: Reason, holds: string])[] = [
  ["batches", "batch", structural("a random token's hash, made by the sender and used once"), "name of the batch"],
  ["batches", "day", structural("which day's counts it goes into"), "day it was made on, UTC"],
  ["batches", "text", data("telemetry event"), "events with their declared fields, practice and policy version"],
  ["counts", "day", structural("counts of a whole day, of nobody alone"), "the closed day"],
  [
    "counts",
    "counts",
    structural("counts of a whole day, of nobody alone"),
    "events and batches by each counted field",
  ],
];

export const telemetryColumns: readonly LaidColumn[] = telemetryParts.map(([table, column, reason, holds]) => ({
  store: "telemetry",
  table,
  column,
  holds,
  reason,
  always: false,
}));

export const layout: readonly LaidColumn[] = [...eventColumns, ...cellColumns, ...recordsColumns, ...telemetryColumns];
