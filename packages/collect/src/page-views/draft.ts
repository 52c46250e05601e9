// An event on its way to becoming a row: what the steps read and fill in, for one site.
import type { Column } from "./columns.ts";
import type { Plan } from "./plan.ts";
import type { EventBody } from "./read-event.ts";

/** A site as the collector needs it; the store's `Site` is one. */
export interface MeasuredSite {
  /** Without `www.`, lower case. */
  readonly domain: string;
  /** Id of the notice it runs under. */
  readonly notice: string;
  /** IANA time zone whose midnight closes the day. */
  readonly timeZone: string;
  /** What its owner decides within what the notice permits; patterns may have `*`. */
  readonly rules?: {
    /** Custom properties that are kept. */
    readonly props: readonly string[];
    /** Hosts whose pages are counted; none: its own and those its notice covers. */
    readonly hostnames: readonly string[];
    readonly blockedPages: readonly string[];
    /** ISO 3166 codes. */
    readonly blockedCountries: readonly string[];
  };
}

/** Who sent the event: in memory only, gone when the row is made. */
export interface ClientTraits {
  readonly address: string;
  readonly userAgent: string;
  /** `Sec-GPC: 1` or `DNT: 1`. */
  readonly signal: boolean;
  /** What a trusted proxy knows of the address: a data centre's is no person's, a shared exit's says nothing of where they are. */
  readonly addressKind?: "datacentre" | "anonymous";
}

/** One row, in the shape the store keeps; undeclared dimensions are absent. */
export interface PageViewRow {
  readonly site: string;
  /** Local day of the site, `YYYY-MM-DD`. */
  readonly day: string;
  /** Seconds since the epoch, UTC. */
  readonly at: number;
  readonly visitor: number;
  readonly visit: number;
  readonly name: string;
  readonly interactive: boolean;
  readonly practice: string;
  readonly version: string;
  readonly dimensions: Readonly<Partial<Record<Column, string>>>;
  /** Custom properties the site keeps, 30 at most. */
  readonly props?: Readonly<Record<string, string>>;
  /** Of an engagement event: per cent of the page, 0 to 100. */
  readonly scrollDepth?: number;
  /** Of an engagement event: milliseconds. */
  readonly engagedMs?: number;
}

export interface Draft {
  readonly event: EventBody;
  readonly domain: string;
  readonly atMs: number;
  readonly signal: boolean;
  /** Emptied when the notice does not let it be read, and when it has served. */
  address: string;
  addressKind: ClientTraits["addressKind"];
  userAgent: string;
  truncatedAddress: string;
  site: MeasuredSite;
  plan: Plan;
  name: string;
  /** Parts masked because they looked personal. */
  masked: number;
  /** Things the sender sent that the notice does not declare. */
  undeclared: number;
  day: string;
  visitor: number;
  visit: number;
  practice: string;
  version: string;
  readonly dimensions: Partial<Record<Column, string>>;
  /** Whether the link brought an advertiser's number of the click; the number is not read. */
  clicks: { readonly google: boolean; readonly bing: boolean };
  props: Record<string, string> | undefined;
  scrollDepth: number | undefined;
  engagedMs: number | undefined;
}

export const noClicks: Draft["clicks"] = { google: false, bing: false };

const denied = { allowed: false, reason: "outside the notice", notice: "", version: "" } as const;

/** What stands in a draft until its step has run: permits nothing. */
const nowhere: Pick<Draft, "site" | "plan"> = {
  site: { domain: "", notice: "", timeZone: "UTC" },
  plan: {
    closed: "outside the notice",
    mayRead: { address: false, userAgent: false },
    terms: {},
    events: { custom: denied, scrollDepth: denied, engagedMs: denied, props: denied },
  },
};

export function startDraft(event: EventBody, domain: string, client: ClientTraits, atMs: number): Draft {
  return {
    event,
    domain,
    atMs,
    signal: client.signal,
    address: client.address,
    addressKind: client.addressKind,
    userAgent: client.userAgent,
    truncatedAddress: "",
    ...nowhere,
    name: event.name,
    masked: 0,
    undeclared: 0,
    day: "",
    visitor: 0,
    visit: 0,
    practice: "",
    version: "",
    dimensions: {},
    clicks: noClicks,
    props: undefined,
    scrollDepth: undefined,
    engagedMs: undefined,
  };
}

export function rowOf(draft: Draft): PageViewRow {
  const { props, scrollDepth, engagedMs } = draft;
  const row: PageViewRow = {
    site: draft.site.domain,
    day: draft.day,
    at: Math.floor(draft.atMs / 1000),
    visitor: draft.visitor,
    visit: draft.visit,
    name: draft.name,
    interactive: draft.event.interactive,
    practice: draft.practice,
    version: draft.version,
    dimensions: draft.dimensions,
  };
  // Nearly every row is a page view without properties.
  if (props === undefined && scrollDepth === undefined && engagedMs === undefined) return row;
  return {
    ...row,
    ...(props === undefined ? {} : { props }),
    ...(scrollDepth === undefined ? {} : { scrollDepth }),
    ...(engagedMs === undefined ? {} : { engagedMs }),
  };
}
