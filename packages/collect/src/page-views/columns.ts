// Columns a page view may have, each with the data term that must be declared before it exists (docs/reference/collectors.md).

/** The first term is the column's own; a later one permits it too, because it says more. */
export const columnTerms = {
  page: ["page"],
  hostname: ["page host"],
  referrer: ["referrer"],
  source: ["source", "referrer"],
  channel: ["source", "referrer"],
  utm_medium: ["campaign"],
  utm_source: ["campaign"],
  utm_campaign: ["campaign"],
  utm_content: ["campaign"],
  utm_term: ["campaign"],
  country: ["country"],
  region: ["region"],
  city: ["city"],
  device: ["device type"],
  browser: ["browser"],
  browser_version: ["browser version"],
  os: ["operating system"],
  os_version: ["operating system version"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Column = keyof typeof columnTerms;
export const columns: readonly Column[] = Object.keys(columnTerms).filter((key): key is Column => key in columnTerms);

/** Terms that are looked at in memory and never written. */
export const readTerms = { address: "IP address", userAgent: "user agent" } as const;

/** Terms that an event needs besides its columns. */
export const eventTerms = {
  custom: "custom event",
  scrollDepth: "scroll depth",
  engagedMs: "visit duration",
  props: "custom property",
} as const;

/** Whom the records are about, and the form they have until the day closes. */
export const subject = "visitor";
export const form = "pseudonymous";
