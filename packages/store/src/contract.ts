// What every driver keeps: records (who runs this), events (what was measured), today's visitors. The suite in
// contract-suite.ts is the meaning of these words; a driver that passes it is a driver.

/**
 * What its owner decides for a site within what its notice permits. A pattern may have `*`, which stands for any text.
 * There is no rule about addresses: it would have to store one.
 */
export interface SiteRules {
  /** Custom properties that are kept, by name, where the notice permits `custom property`; every other is dropped. */
  readonly props: readonly string[];
  /** Hosts whose pages are counted; none: the site's own and those its notice covers. */
  readonly hostnames: readonly string[];
  /** Pages that are not counted, as paths from `/`. */
  readonly blockedPages: readonly string[];
  /** Countries that are not counted, by ISO 3166 code. */
  readonly blockedCountries: readonly string[];
}

/** A measured site and the notice it runs under. */
export interface Site {
  /** Domain without `www.`, lower case; the key. */
  readonly domain: string;
  readonly notice: string;
  /** IANA time zone whose midnight closes the day. */
  readonly timeZone: string;
  readonly isPublic: boolean;
  /** Random; names the site in `/js/pa-<scriptId>.js`. */
  readonly scriptId: string;
  readonly createdAtMs: number;
  /** Absent: no custom property, no host beyond its own, nothing blocked. */
  readonly rules?: SiteRules;
  /** What its owner calls a conversion; each label once. */
  readonly goals?: readonly Goal[];
  /** Secret links by which others see its statistics as the public would. */
  readonly shares?: readonly Share[];
}

/** A link's secret is kept as its hash. */
export interface Share {
  readonly id: string;
  /** Whom it is for, in the owner's words. */
  readonly name: string;
  readonly hash: string;
  readonly createdAtMs: number;
}

/** An API key; only its hash is kept. `purposes` are its own, fixed at issue. */
export interface ApiKey {
  readonly id: string;
  readonly hash: string;
  readonly site: string;
  readonly purposes: readonly string[];
  readonly createdAtMs: number;
}

/** The person who runs this installation. */
export interface Owner {
  readonly name: string;
  /** scrypt, with its parameters and salt, as one string. */
  readonly passwordHash: string;
}

/** A version of a notice this installation has served under, kept for ever (the ratchet needs it). */
export interface KnownVersion {
  readonly notice: string;
  readonly version: string;
  /** Canonical JSON of what was hashed. */
  readonly canonical: string;
  readonly seenAtMs: number;
}

/** A text by its SHA-256 (hex): what versions are made of besides their own, so that each can be opened again for ever. */
export interface ArchivedText {
  readonly hash: string;
  readonly text: string;
}

/** That a version came into force here; the same version may come again. */
export interface InForce {
  readonly notice: string;
  readonly version: string;
  readonly sinceMs: number;
}

export interface EvidenceCount {
  readonly notice: string;
  readonly clause: string;
  readonly outcome: "permitted" | "refused";
  readonly reason: string;
  readonly count: number;
  readonly lastAtMs: number;
}

/** Records: small, transactional, readable by the command while the server runs. Changes are visible to other processes at once. */
export interface Records {
  sites(): Promise<readonly Site[]>;
  site(domain: string): Promise<Site | undefined>;
  siteByScriptId(scriptId: string): Promise<Site | undefined>;
  /** Adds or replaces. */
  putSite(site: Site): Promise<void>;
  keys(): Promise<readonly ApiKey[]>;
  keyByHash(hash: string): Promise<ApiKey | undefined>;
  addKey(key: ApiKey): Promise<void>;
  removeKey(id: string): Promise<boolean>;
  owner(): Promise<Owner | undefined>;
  setOwner(owner: Owner): Promise<void>;
  addSession(session: { readonly hash: string; readonly expiresAtMs: number }): Promise<void>;
  /** Live at `nowMs`, or false. */
  hasSession(hash: string, nowMs: number): Promise<boolean>;
  removeSession(hash: string): Promise<void>;
  addToken(token: { readonly hash: string; readonly grants: string; readonly expiresAtMs: number }): Promise<void>;
  /** Takes a one-time token: true once, and only before it expires. */
  takeToken(hash: string, grants: string, nowMs: number): Promise<boolean>;
  versions(): Promise<readonly KnownVersion[]>;
  putVersion(version: KnownVersion): Promise<void>;
  /** Vocabularies, and versions of notices that others are addenda to. */
  archivedText(hash: string): Promise<string | undefined>;
  /** Keeps the first text of a hash. */
  putArchivedText(archived: ArchivedText): Promise<void>;
  /** In the order they were put, whatever the clock said; the last of a notice is the one in force. */
  inForce(): Promise<readonly InForce[]>;
  putInForce(inForce: InForce): Promise<void>;
  /** Adds to the counts of each (notice, clause, outcome, reason). */
  addEvidence(counts: readonly EvidenceCount[]): Promise<void>;
  evidence(notice: string): Promise<readonly EvidenceCount[]>;
  setting(key: string): Promise<string | undefined>;
  setSetting(key: string, value: string): Promise<void>;
  /** Tables and columns as they are on disk, for the start-up check (clauses.md PS14). */
  columns(): Promise<readonly Column[]>;
  close(): Promise<void>;
}

/** One stored column as found. */
export interface Column {
  readonly store: string;
  readonly table: string;
  readonly column: string;
}

/** One measured event, already reduced to its declared form. Undeclared dimensions are absent. */
export interface EventRow {
  readonly site: string;
  /** Local day of the site, `YYYY-MM-DD`. */
  readonly day: string;
  /** Seconds since the epoch, UTC. */
  readonly at: number;
  /** Random number drawn at first sight today; not made from the person. */
  readonly visitor: number;
  /** Random number of the visit (30 minutes without an event ends it; so does midnight). */
  readonly visit: number;
  /** `pageview`, `engagement`, or a custom event's name. */
  readonly name: string;
  readonly interactive: boolean;
  readonly practice: string;
  /** Policy version the row is held under. */
  readonly version: string;
  readonly dimensions: Readonly<Partial<Record<DimensionColumn, string>>>;
  /** Custom properties that the notice declares and the site lists, by name. */
  readonly props?: Readonly<Record<string, string>>;
  /** Of engagement: the deepest per cent of the page that was seen, 0–100. */
  readonly scrollDepth?: number;
  /** Of engagement: milliseconds the page was in view. */
  readonly engagedMs?: number;
}

/** Columns that exist only where the notice declares their data term. */
export const dimensionColumns = [
  "page",
  "hostname",
  "referrer",
  "source",
  "channel",
  "utm_medium",
  "utm_source",
  "utm_campaign",
  "utm_content",
  "utm_term",
  "country",
  "region",
  "city",
  "device",
  "browser",
  "browser_version",
  "os",
  "os_version",
] as const;
export type DimensionColumn = (typeof dimensionColumns)[number];

/** What a row is held under: the practice and the policy version at collection (the ratchet, clauses.md PS11). */
export interface Holding {
  readonly practice: string;
  readonly version: string;
}

/** Whether rows of a holding may be used; `since`: only those of that epoch second and later. */
export interface Permit {
  readonly allowed: boolean;
  readonly since?: number;
}

/**
 * Asked of every holding a question would touch; what is not allowed is not looked at. A throw denies. `least`: of counts that at
 * least so many visitors share, where the day is closed; absent for rows.
 */
export type Permits = (holding: Holding, least?: number) => Permit;

/** Rows held under one practice and version, engagement included. */
export interface HeldRows extends Holding {
  readonly site: string;
  readonly rows: number;
  /** Local days, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly lastDay: string;
}

/** A question about one site, normalised. Times are epoch seconds, `until` exclusive. */
export interface Question {
  readonly site: string;
  readonly permits: Permits;
  readonly from: number;
  readonly until: number;
  readonly timeZone: string;
  readonly metrics: readonly Metric[];
  readonly dimensions: readonly QuestionDimension[];
  readonly filter?: Filter;
  /** What `goal` means in this question. */
  readonly goals?: readonly Goal[];
  readonly orderBy: readonly { readonly by: string; readonly direction: "asc" | "desc" }[];
  readonly limit: number;
  readonly offset: number;
}

/** An event of one name, or a page view of a page the pattern matches whole: `*` stands for anything but `/`, `**` for anything. */
export type Goal = { readonly label: string } & ({ readonly event: string } | { readonly page: string });

export const metrics = [
  "visitors",
  "visits",
  "pageviews",
  "events",
  "views_per_visit",
  "bounce_rate",
  "visit_duration",
  "percentage",
  "scroll_depth",
  "time_on_page",
] as const;
export type Metric = (typeof metrics)[number];

/** Of an event alone: its name, the goals it meets (an event may meet several), one of its properties. */
export type EventDetail = "event_name" | "goal" | `prop:${string}`;

/** `entry_*` and `exit_*` follow from the page views of a visit; `time:*` are labels in the question's zone. */
export type QuestionDimension =
  | DimensionColumn
  | EventDetail
  | "entry_page"
  | "exit_page"
  | "entry_hostname"
  | "exit_hostname"
  | "time:hour"
  | "time:day"
  | "time:week"
  | "time:month";

export type Filter =
  | {
      readonly op: "is" | "is_not" | "contains" | "contains_not" | "matches" | "matches_not";
      readonly dimension: Exclude<QuestionDimension, `time:${string}`>;
      readonly values: readonly string[];
      readonly caseSensitive: boolean;
    }
  | { readonly op: "and" | "or"; readonly of: readonly Filter[] }
  | { readonly op: "not"; readonly of: Filter }
  /** Of the whole visit: whether any event of it within the range passes, or none does. Names only what is an event's own. */
  | { readonly op: "has_done" | "has_not_done"; readonly of: Filter };

export interface Answer {
  readonly rows: readonly AnswerRow[];
  /** Rows there would be without limit and offset. */
  readonly total: number;
  /** Rows within the range that were not looked at because `permits` does not allow it, by what they are held under. */
  readonly leftOut: readonly LeftOut[];
  /** Closed days the answer says nothing of, because what was kept of them cannot give exactly what their rows would have. */
  readonly notKept?: readonly NotKept[];
  /** Closed days of which groups are missing or stand under `other`: too few visitors shared them. */
  readonly folded?: readonly string[];
}

export interface AnswerRow {
  readonly dimensions: readonly string[];
  readonly metrics: readonly (number | null)[];
  /** What was folded when days were closed, added up; its dimensions other than time read `other`. */
  readonly isOther?: true;
  /** Figures of whole visits are `null` because on a closed day too few visitors began a visit here. */
  readonly isWithheld?: true;
}

/**
 * Why counts cannot answer. `no shape`: no kept shape has these dimensions; `folded`: what is asked may be among what was folded;
 * `union`: one visit or visitor may be in several of the groups to be added up; `hours`: the range cuts the day; `zone`: the
 * question's time zone cuts it elsewhere; `damaged`: the day's counts could not be read.
 */
export const notKeptReasons = ["no shape", "folded", "union", "hours", "zone", "damaged"] as const;
export type NotKeptReason = (typeof notKeptReasons)[number];

export interface NotKept {
  readonly days: readonly string[];
  readonly reason: NotKeptReason;
  /** A question like this one that these days can answer. */
  readonly nearest?: Pick<Question, "dimensions" | "filter">;
}

export interface LeftOut extends Holding {
  readonly rows: number;
}

/** Dimensions a closed day can be counted by. */
export type CellDimension =
  | DimensionColumn
  | "event_name"
  | "entry_page"
  | "exit_page"
  | "entry_hostname"
  | "exit_hostname";

/** What is counted together when a day closes: nothing (totals), one dimension or two; by hour with at most one. */
export interface Shape {
  readonly of: readonly [] | readonly [CellDimension] | readonly [CellDimension, CellDimension];
  readonly hourly?: boolean;
}

/** A day that is over in its site's time zone, and what is to stay of it. */
export interface ClosingOrder {
  readonly site: string;
  readonly day: string;
  readonly timeZone: string;
  /** Fewest visitors that share what is kept: the notice's k, the largest of those its rows are held under. */
  readonly least: number;
  /** Totals and every dimension that a pair names are kept too. */
  readonly shapes: readonly Shape[];
  /** Told again by `closedDays`. */
  readonly nowMs?: number;
}

/** A closed day of a site: counts, and no row. */
export interface ClosedDay {
  readonly site: string;
  readonly day: string;
  readonly timeZone: string;
  /** Everything its rows were held under; its counts may be used only where each of them may. */
  readonly holdings: readonly Holding[];
  readonly least: number;
  /** Rows there were, engagement included. */
  readonly rows: number;
  readonly cells: number;
  /** Groups that too few visitors shared; they stand under `other`. */
  readonly foldedCells: number;
  readonly closedAtMs?: number;
}

/** A day of a site that is rows still. */
export interface OpenDay {
  readonly site: string;
  readonly day: string;
  readonly rows: number;
  readonly holdings: readonly Holding[];
}

/** Events: durable before `append` resolves, stored exactly once, visible to the next `ask`. */
export interface Events {
  /** @throws DayClosedError for a day of a site that is closed or being closed, besides what a full disk says */
  append(row: EventRow): Promise<void>;
  ask(question: Question, signal?: AbortSignal): Promise<Answer>;
  /** Rows held, by day; for status and the living notice. */
  days(): Promise<readonly { readonly day: string; readonly rows: number; readonly bytes: number }[]>;
  /** What is held under which version; for status, the living notice, and the start. */
  held(): Promise<readonly HeldRows[]>;
  /** Days that are not closed, in order of day, then site. */
  openDays(): Promise<readonly OpenDay[]>;
  columns(): Promise<readonly Column[]>;
  /**
   * Counts the day by shapes, keeps the counts, and removes its rows from every file. When it resolves no row of it is left.
   * Safe to repeat, at any time and after any crash: a day closed before is only freed of what is left of its rows.
   */
  closeDay(order: ClosingOrder, signal?: AbortSignal): Promise<ClosedDay>;
  /** In order of day, then site. */
  closedDays(site?: string): Promise<readonly ClosedDay[]>;
  /** Removes the counts of the site's days before `beforeDay`. @returns the days */
  forgetCells(site: string, beforeDay: string): Promise<readonly string[]>;
  /** Removes the day's rows, and counts nothing. @returns how many rows */
  dropDay(site: string, day: string): Promise<number>;
  close(): Promise<void>;
}

/** Today's visitors: in memory only. */
export interface Visitors {
  /** The visitor and visit numbers for a digest-to-be of this request; never stores its arguments. */
  see(sighting: Sighting): { readonly visitor: number; readonly visit: number; readonly isNewVisit: boolean };
  /** How many are remembered now. */
  readonly size: number;
}

export interface Sighting {
  readonly site: string;
  readonly day: string;
  readonly at: number;
  /** Already cut to /24 or /48. */
  readonly truncatedAddress: string;
  readonly userAgent: string;
}

/** A batch of telemetry as it is kept until its day is closed. */
export interface TelemetryBatch {
  /** Id of the telemetry: lower-case words joined by hyphens. */
  readonly telemetry: string;
  /** SHA-256 (hex) of a token that only the sender has. */
  readonly batch: string;
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  /** Already reduced to its declared form; no address, no User-Agent, no time. */
  readonly text: string;
}

export type TelemetryPut = "stored" | "stored before" | "deleted before";

/** A day of a telemetry that is batches still. */
export interface OpenTelemetryDay {
  readonly telemetry: string;
  readonly day: string;
  readonly batches: number;
}

/** Telemetry: durable before `put` resolves, each batch kept once, deleted without a trace but its name. */
export interface TelemetryStore {
  /** @throws DayClosedError, DiskFullError, StoreValueError */
  put(batch: TelemetryBatch): Promise<TelemetryPut>;
  /** Removes its text; its name stays until the day is closed, so that a late copy is not kept. False where there was none. */
  remove(telemetry: string, day: string, batch: string): Promise<boolean>;
  /** In order of telemetry, then day. */
  openDays(): Promise<readonly OpenTelemetryDay[]>;
  /** Texts of an open day, one after the other. */
  texts(telemetry: string, day: string): AsyncIterable<string>;
  /** Keeps the counts and removes every batch of the day. Safe to repeat, and after any crash: the first counts stay. */
  closeDay(telemetry: string, day: string, counts: string): Promise<void>;
  isClosed(telemetry: string, day: string): Promise<boolean>;
  /** Counts of closed days, in order of day. */
  counts(telemetry: string): Promise<readonly { readonly day: string; readonly counts: string }[]>;
  /** Removes counts of days before `beforeDay`. @returns the days */
  forgetCounts(telemetry: string, beforeDay: string): Promise<readonly string[]>;
  columns(): Promise<readonly Column[]>;
  close(): Promise<void>;
}
