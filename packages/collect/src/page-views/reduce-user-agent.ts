// A user agent reduced to a few common words: names from a closed list, versions of two numbers, one of three devices.
import { parse } from "bowser";
import { isbot } from "isbot";
import {
  appWords,
  browserNames,
  deskWords,
  mobileWords,
  systemNames,
  systemWords,
  windowsVersions,
} from "./agent-names.ts";
import { remember } from "./remember.ts";

/** INVARIANT: no word here is taken from the user agent but digits of versions; an unknown name is absent. */
export interface ReducedAgent {
  readonly isRobot: boolean;
  readonly device?: "Desktop" | "Mobile" | "Tablet";
  readonly browser?: string;
  readonly browserVersion?: string;
  readonly os?: string;
  readonly osVersion?: string;
}

const longestRead = 512;

/** Reading one anew costs about 40 µs; `most` user agents are remembered, in memory only. */
export function createAgentReader(most = 10_000): (userAgent: string) => ReducedAgent {
  return remember(reduceUserAgent, most);
}

export function reduceUserAgent(userAgent: string): ReducedAgent {
  const text = userAgent.slice(0, longestRead);
  if (text.trim() === "") return { isRobot: false };
  if (/headless/i.test(text) || isbot(text)) return { isRobot: true };
  const parsed = parse(text);
  const os = systemOf(text, parsed.os.name);
  const browser = browserOf(text, parsed.browser.name);
  const device = deviceOf(text, parsed.platform.type);
  const browserVersion = browser === "Mobile App" ? undefined : twoNumbers(parsed.browser.version);
  const osVersion = systemVersion(os, parsed.os.version, parsed.os.versionName);
  return {
    isRobot: false,
    ...(device === undefined ? {} : { device }),
    ...(browser === undefined ? {} : { browser }),
    ...(browser === undefined || browserVersion === undefined ? {} : { browserVersion }),
    ...(os === undefined ? {} : { os }),
    ...(os === undefined || osVersion === undefined ? {} : { osVersion }),
  };
}

function browserOf(text: string, name: string | undefined): string | undefined {
  const isAppleApp = /\b(?:iPhone|iPad|iPod)\b/.test(text) && !/\bSafari\/|\bVersion\//.test(text);
  if (appWords.test(text) || isAppleApp) return "Mobile App";
  return known(browserNames, name);
}

function systemOf(text: string, name: string | undefined): string | undefined {
  if (name === undefined || name === "Linux") {
    const word = systemWords.find(([pattern]) => pattern.test(text));
    if (word !== undefined) return word[1];
  }
  return known(systemNames, name);
}

function known(names: Readonly<Record<string, string>>, name: string | undefined): string | undefined {
  return name !== undefined && Object.hasOwn(names, name) ? names[name] : undefined;
}

function systemVersion(
  os: string | undefined,
  version: string | undefined,
  versionName: string | undefined,
): string | undefined {
  if (os === "Windows") return versionName !== undefined && windowsVersions.has(versionName) ? versionName : undefined;
  return twoNumbers(version);
}

/** `126.0.6478.54` → `126.0`; a lone number stays. */
function twoNumbers(version: string | undefined): string | undefined {
  return /^\d{1,5}(?:\.\d{1,5})?/.exec(version ?? "")?.[0];
}

/** By the user agent, never by the width of the window: hand-held and worn → Mobile, television and console → Desktop. */
function deviceOf(text: string, platform: string | undefined): ReducedAgent["device"] {
  if (platform === "mobile") return "Mobile";
  if (platform === "tablet") return "Tablet";
  if (platform === "desktop" || platform === "tv") return "Desktop";
  if (mobileWords.test(text)) return "Mobile";
  if (/\bAndroid\b/.test(text)) return "Tablet";
  return deskWords.test(text) ? "Desktop" : undefined;
}
