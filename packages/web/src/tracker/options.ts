// What pages may say to the tracker; the names are those of Plausible's trackers, so that pages need not change.

/** The body of `POST /api/event`; what is undefined is not sent. */
export interface Payload {
  /** Event name. */
  readonly n: string;
  /** Address of the page. */
  readonly u: string;
  /** Domain of the site. */
  readonly d: string;
  /** Referrer. */
  readonly r: string | null;
  /** Properties. */
  readonly p: Properties | undefined;
  /** False when the event is nothing the person did. */
  readonly i: boolean | undefined;
  /** Revenue. */
  readonly $: unknown;
  /** 1 where the fragment is part of the page's address. */
  readonly h: 1 | undefined;
  /** Of engagement: per cent of the page that was seen. */
  readonly sd: number | undefined;
  /** Of engagement: milliseconds the page was looked at. */
  readonly e: number | undefined;
}

export type Properties = Readonly<Record<string, string | number | boolean>>;

/** Options of `plausible.init(…)`. */
export interface Options {
  readonly domain?: string;
  readonly endpoint?: string;
  readonly hashBasedRouting?: boolean;
  readonly autoCapturePageviews?: boolean;
  readonly captureOnLocalhost?: boolean;
  readonly outboundLinks?: boolean;
  readonly fileDownloads?: boolean | { readonly fileExtensions: readonly string[] };
  readonly formSubmissions?: boolean;
  /** Ours: how far and how long pages are read. */
  readonly engagement?: boolean;
  readonly customProperties?: Properties | ((event: string) => Properties);
  readonly transformRequest?: (payload: Payload) => Payload | null | undefined;
}

/** Options of one `plausible(name, …)`. */
export interface EventOptions {
  readonly props?: Properties;
  readonly interactive?: boolean;
  readonly revenue?: unknown;
  /** The older trackers say `u`, the newer `url`. */
  readonly u?: string;
  readonly url?: string;
  readonly sd?: number;
  readonly e?: number;
  /** Called when the event was sent (`{ status }`), could not be (`{ error }`), or was not to be (nothing). */
  readonly callback?: (result?: { readonly status: number } | { readonly error: unknown }) => void;
}

/** `window.plausible`: before the tracker loads, a stub that collects calls in `q` and options in `o`. */
export interface Plausible {
  (event: string, given?: EventOptions): void;
  init?: (options?: Options) => void;
  readonly q?: Iterable<readonly [string, EventOptions?]>;
  readonly o?: Options;
}
