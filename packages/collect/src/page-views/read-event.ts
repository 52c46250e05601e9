// The body of an event, compatible with Plausible's public events API: read, checked, and nothing of it trusted.
import {
  type Errors,
  type Fields,
  addError,
  field,
  hostileKeys,
  isDeeperThan,
  isFields,
  isLongerThan,
  isWellFormed,
  textField,
  undeclaredKeys,
} from "./fields.ts";
import { type Prop, parseJson, readProps } from "./props.ts";
import { type SplitUrl, cut, decodePercent, noUrl, splitUrl, withoutWww } from "./split-url.ts";
import { decodeUtf8 } from "./utf8.ts";

export const limits = {
  bodyBytes: 1_048_576,
  nameCharacters: 120,
  urlBytes: 2_000,
  referrerUnits: 2_000,
  domains: 20,
  depth: 8,
  pageUnits: 1_000,
} as const;

const thirtyDaysMs = 30 * 86_400_000;

export interface EventBody {
  readonly is: "event";
  /** `pageview`, `engagement`, or a custom event's name. */
  readonly name: string;
  readonly url: SplitUrl;
  /** Host without `www.`, or `(none)`. */
  readonly pageHost: string;
  /** Decoded path, right-trimmed, with the fragment in hash mode; never empty. */
  readonly page: string;
  /** Sites the event is for, without `www.`, lower case, at least one. */
  readonly domains: readonly string[];
  readonly referrer: string;
  /** Its parts; all empty where there is none. */
  readonly referrerUrl: SplitUrl;
  readonly interactive: boolean;
  /** Well-formed custom properties that came along, 30 at most. */
  readonly props: readonly Prop[];
  /** Of an engagement event: per cent, 0 to 100, whole. */
  readonly scrollDepth?: number;
  /** Of an engagement event: whole milliseconds, less than 30 days. */
  readonly engagedMs?: number;
  /** Keys that are no field of an event. */
  readonly undeclaredKeys: number;
}

export interface Invalid {
  readonly invalid: Readonly<Record<string, readonly string[]>>;
}

/** Never throws: whatever is wrong ends in `invalid`, the fields and messages of the 400 answer. */
export function readEvent(body: Uint8Array | string): EventBody | Invalid {
  if (body.length > limits.bodyBytes) return bodyError("is larger than 1 MB");
  const text = typeof body === "string" ? body : decodeUtf8(body);
  if (text === undefined) return bodyError("is not UTF-8");
  const fields = parseJson(text);
  if (!isFields(fields)) return bodyError("must be a JSON object");
  return readFields(fields);
}

function bodyError(message: string): Invalid {
  return { invalid: { body: [message] } };
}

function readFields(fields: Fields): EventBody | Invalid {
  const strange = undeclaredKeys(fields);
  if (strange.some((key) => hostileKeys.includes(key))) return bodyError("has a key that is not allowed");
  if (strange.some((key) => isDeeperThan(fields[key], limits.depth))) {
    return bodyError(`is nested deeper than ${limits.depth} levels`);
  }
  const errors: Errors = {};
  const name = readName(fields, errors);
  const url = readUrl(fields, errors);
  const domains = readDomains(fields, url, errors);
  const referrer = cut(textField(fields, "referrer", errors) ?? "", limits.referrerUnits);
  const props = readProps(fields, errors);
  const hashMode = readHashMode(fields, errors);
  const interactive = readInteractive(fields, errors);
  checkVersion(fields, errors);
  const engagement = name === "engagement" ? readEngagement(fields, errors) : {};
  if (name === undefined || url === undefined || domains === undefined || Object.keys(errors).length > 0) {
    return { invalid: errors };
  }
  return {
    is: "event",
    name,
    url,
    pageHost: withoutWww(url.host) || "(none)",
    page: pageOf(url, hashMode),
    domains,
    referrer,
    referrerUrl: referrer === "" ? noUrl : splitUrl(referrer),
    interactive: interactive && name !== "engagement",
    props,
    ...engagement,
    undeclaredKeys: strange.length,
  };
}

function readName(fields: Fields, errors: Errors): string | undefined {
  const value = field(fields, "name");
  if (value === undefined) return addError(errors, "name", "is required");
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== "string") return addError(errors, "name", "must be text or a whole number");
  if (!isWellFormed(value)) return addError(errors, "name", "must be well-formed Unicode text");
  const name = value.trim();
  if (name === "") return addError(errors, "name", "is required");
  // A character has at most two units, so a longer text need not be taken apart.
  const isLong = name.length > 2 * limits.nameCharacters;
  if (isLong || (name.length > limits.nameCharacters && Array.from(name).length > limits.nameCharacters)) {
    return addError(errors, "name", `is longer than ${limits.nameCharacters} characters`);
  }
  return name;
}

function readUrl(fields: Fields, errors: Errors): SplitUrl | undefined {
  const text = textField(fields, "url", errors);
  if (errors["url"] !== undefined) return undefined;
  if (text === undefined || text.trim() === "") return addError(errors, "url", "is required");
  if (isLongerThan(text, limits.urlBytes)) return addError(errors, "url", `is longer than ${limits.urlBytes} bytes`);
  if (!namesItsHost(text)) return addError(errors, "url", "must name its host as `https://host/`");
  const url = splitUrl(text);
  return url.scheme === "data" ? addError(errors, "url", "must not be a `data:` URL") : url;
}

/**
 * Browsers read `https:\\host`, `https:host`, `https:///host`, a host in percents or with a tab in it as that host. Such a URL is
 * none an address bar shows, and would carry a host past whoever looks for it.
 */
function namesItsHost(text: string): boolean {
  const address = text.trim();
  if (!/^h[\t\n\r]*t[\t\n\r]*t[\t\n\r]*p[\t\n\r]*s?[\t\n\r]*:/i.test(address)) return true;
  return /^https?:\/\/[^/?#\\\t\n\r%]+(?:[/?#]|$)/i.test(address);
}

function readDomains(fields: Fields, url: SplitUrl | undefined, errors: Errors): readonly string[] | undefined {
  const text = textField(fields, "domain", errors);
  if (text === undefined) {
    if (errors["domain"] !== undefined || url === undefined) return undefined;
    return url.host === ""
      ? addError(errors, "domain", "is required where the URL names no host")
      : [withoutWww(url.host)];
  }
  const domains = new Set<string>();
  for (const part of text.split(",", limits.domains + 1)) {
    const domain = withoutWww(part.trim().toLowerCase());
    if (domain !== "") domains.add(cut(domain, 300));
  }
  if (domains.size === 0) return addError(errors, "domain", "is required");
  if (domains.size > limits.domains) return addError(errors, "domain", `names more than ${limits.domains} sites`);
  return [...domains];
}

function readHashMode(fields: Fields, errors: Errors): boolean {
  const value = field(fields, "hashMode");
  if (value === 1 || value === true || value === "1" || value === "true") return true;
  if (value === undefined || value === 0 || value === false || value === "0" || value === "false" || value === "")
    return false;
  addError(errors, "hashMode", "must be 0 or 1");
  return false;
}

function readInteractive(fields: Fields, errors: Errors): boolean {
  const value = field(fields, "interactive");
  if (value === undefined || typeof value === "boolean") return value ?? true;
  addError(errors, "interactive", "must be true or false");
  return true;
}

function checkVersion(fields: Fields, errors: Errors): void {
  const value = field(fields, "version");
  const isInteger = Number.isSafeInteger(value) || (typeof value === "string" && /^\d{1,6}$/.test(value));
  if (value !== undefined && !isInteger) addError(errors, "version", "must be a whole number");
}

/** Depth above 100 counts as 100; engaged time of 30 days and more is ignored. One of them is needed. */
function readEngagement(fields: Fields, errors: Errors): Pick<EventBody, "scrollDepth" | "engagedMs"> {
  const depth = field(fields, "scrollDepth");
  const engagedMs = field(fields, "engagedMs");
  for (const [name, value] of [["scrollDepth", depth] as const, ["engagedMs", engagedMs] as const]) {
    if (value !== undefined && !(typeof value === "number" && value >= 0)) {
      addError(errors, name, "must be a number, not below zero");
    }
  }
  const hasTime = typeof engagedMs === "number" && engagedMs < thirtyDaysMs;
  if (depth === undefined && !hasTime) {
    addError(errors, "scrollDepth", "or engaged time is required for an engagement event");
  }
  return {
    ...(typeof depth === "number" ? { scrollDepth: Math.min(100, Math.round(depth)) } : {}),
    ...(hasTime ? { engagedMs: Math.floor(engagedMs) } : {}),
  };
}

function pageOf(url: SplitUrl, hashMode: boolean): string {
  const path = decodePercent(url.path).trimEnd() || "/";
  const page = hashMode && url.fragment !== "" ? `${path}#${decodePercent(url.fragment).trimEnd()}` : path;
  return cut(page, limits.pageUnits);
}
