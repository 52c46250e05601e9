// What forbids without asking anybody: an installation, an environment, a browser. It can only reduce (clauses.md JP3, JL1; facts of signals).

/** Strongest first; the first that speaks is told. */
export const forbidders = ["installation", "DO_NOT_TRACK", "CI", "GPC", "DNT"] as const;
export type Forbidder = (typeof forbidders)[number];

/** What an installation turns off, by notice: features, or all of them. */
export interface InstallationRule {
  readonly isOff: (notice: string, feature: string) => boolean;
}

export interface Signals {
  readonly installation?: InstallationRule;
  /** Environment variables. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `navigator.globalPrivacyControl`, or `Sec-GPC` of a request. */
  readonly gpc?: unknown;
  /** `navigator.doNotTrack`, or `DNT` of a request. */
  readonly dnt?: unknown;
}

/** Any value says no, but for the ways people write that it is off. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false"].includes(value.trim().toLowerCase());
}

/** Variable of an installation: `AVOW_DISABLED=all`, or `NOTICE:FEATURE,NOTICE`. */
export const disabledVariable = "AVOW_DISABLED";

export function forbidderOf(signals: Signals, notice: string, feature: string): Forbidder | undefined {
  const { installation, env = {}, gpc, dnt } = signals;
  if (installation?.isOff(notice, feature) === true || isListed(env[disabledVariable], notice, feature)) {
    return "installation";
  }
  if (isSet(env["DO_NOT_TRACK"])) return "DO_NOT_TRACK";
  if (isSet(env["CI"])) return "CI";
  if (gpc === true || gpc === "1") return "GPC";
  if (dnt === "1" || dnt === "yes") return "DNT";
  return undefined;
}

function isListed(list: string | undefined, notice: string, feature: string): boolean {
  return (list ?? "")
    .split(",")
    .map((each) => each.trim())
    .some((each) => each === "all" || each === notice || each === `${notice}:${feature}`);
}

/** A file of an installation: `{ "NOTICE": "all" | ["FEATURE"] }`, or `"all"`. What cannot be read turns everything off. */
export function readInstallation(text: string | undefined): InstallationRule {
  if (text === undefined) return { isOff: () => false };
  const everything: InstallationRule = { isOff: () => true };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return everything;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return everything;
  const off = new Map(Object.entries(value));
  for (const each of off.values()) {
    const isList = Array.isArray(each) && each.every((one) => typeof one === "string");
    if (each !== "all" && !isList) return everything;
  }
  return {
    isOff: (notice, feature) => {
      const found: unknown = off.get(notice);
      return found === "all" || (Array.isArray(found) && found.includes(feature));
    },
  };
}
