// What the rooms of the server share: built once in compose.ts, handed to routes and jobs, never imported as a global.
import type { Actor, Gate } from "@avow/gate/server";
import type { CompiledTelemetry } from "@avow/gate/telemetry-schema";
import type { Events, Records, Site, TelemetryStore, Visitors } from "@avow/store";
import type { Loaded } from "./notices/notice-shelf.ts";

/** Settings of one running server; every one has a heading in docs/reference/settings.md. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly noticeDirs: readonly string[];
  /** A file of terms this installation adds to the vocabulary. */
  readonly terms?: string;
  /** CIDRs whose forwarding headers are believed; default loopback. */
  readonly trustedProxies: readonly string[];
  readonly testClock: boolean;
  readonly countryTable?: string;
  /** Regions and cities by network, mmdb or CSV; without one there are none. */
  readonly regionTable?: string;
  /** Networks of machines, one a line. */
  readonly datacentres?: string;
  /** Hosts that invent referrers, one a line, beside those that are known. */
  readonly spamReferrers?: string;
  /** A directory in memory for today's visitors over a restart; without one they are counted anew. */
  readonly snapshotDir?: string;
  /** Where people reach this server, for links; default http://localhost:PORT. */
  readonly publicUrl: string;
}

/** Looks up the ISO 3166 country of a truncated address; undefined when unknown. */
export type CountryOf = (truncatedAddress: string) => string | undefined;

export interface Place {
  /** ISO 3166-2 code where the table has one, else its name. */
  readonly region?: string;
  readonly city?: string;
}

/** Looks up region and city of a truncated address. */
export type PlaceOf = (truncatedAddress: string) => Place | undefined;

/** The client as the server knows it: only in memory, never logged. */
export interface Client {
  readonly address: string;
  readonly userAgent: string;
  readonly referrer: string;
  /** `Sec-GPC: 1` or `DNT: 1`. */
  readonly signal: boolean;
  /** What a trusted proxy says of the address. */
  readonly addressKind?: "datacentre" | "anonymous";
}

/** Telemetry of programs: what is declared beside the notices, and what was collected. */
export interface TelemetryHouse {
  readonly store: TelemetryStore;
  /** By id. */
  readonly declared: ReadonlyMap<string, CompiledTelemetry>;
}

export interface House {
  readonly settings: Settings;
  readonly gate: Gate;
  readonly records: Records;
  readonly events: Events;
  readonly visitors: Visitors;
  readonly telemetry: TelemetryHouse;
  readonly countryOf: CountryOf;
  /** What the operator supplied besides. */
  readonly tables: {
    readonly placeOf?: PlaceOf;
    readonly isDatacentre?: (truncatedAddress: string) => boolean;
    readonly spamHosts?: ReadonlySet<string>;
  };
  /** Epoch milliseconds for this request: `X-Avow-Now` under --test-clock, else the system's. */
  nowMs(headers: Headers): number;
  clientOf(headers: Headers, peerAddress: string): Client;
  /** The address tries are limited by: what the sender of a request cannot choose. */
  nearestOf(headers: Headers, peerAddress: string): string;
  /** Cached for moments; sees what the command wrote in another process. */
  site(domain: string): Promise<Site | undefined>;
  /** The same without waiting, if it is remembered; undefined says only that `site` has to be asked. */
  siteAtHand(domain: string): Site | undefined;
  /** Policies being served and what `check` says of each file. */
  notices(): readonly Loaded[];
  /** Writes pending tallies of the gate, so that what is read next includes them. */
  flushEvidence(): Promise<void>;
  /** True when the request carries the owner's live session. */
  isOwner(headers: Headers): Promise<boolean>;
  /** The actor for reading statistics on a page: owner or public. */
  reader(kind: "owner" | "public", policyId: string): Actor;
}
