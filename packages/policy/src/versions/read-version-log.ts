// A version log read from outside: its shape and its bounds; whether it is true is `verifyVersionLog`'s to say.
import { verdicts } from "../compare/comparison.ts";
import type { VersionEntry, VersionLog } from "./version-log.ts";

/** A vocabulary takes 50,000 characters, a version some 20,000. */
const mostCharacters = 32_000_000;
/** A notice that changes every day for three years; so many are verified in about a second. */
export const mostEntries = 1_000;

export interface ReadLog {
  readonly log?: VersionLog;
  /** Why it is none, in words; empty when it is one. */
  readonly faults: readonly string[];
}

/** Never throws. */
export function readVersionLog(text: string): ReadLog {
  if (text.length > mostCharacters) return fault(`a version log has at most ${mostCharacters} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault("a version log is JSON, and this is not");
  }
  if (!isObject(value) || value["avow"] !== 1) return fault("this is no version log: `avow` must be 1");
  const { notice, texts, log } = value;
  if (typeof notice !== "string" || notice === "") return fault("`notice` must name the notice");
  if (!isObject(texts) || !Object.values(texts).every((each) => typeof each === "string")) {
    return fault("`texts` must hold texts by their hashes");
  }
  if (!Array.isArray(log) || log.length === 0) return fault("`log` must list at least one version");
  if (log.length > mostEntries) return fault(`a version log has at most ${mostEntries} entries`);
  const wrong = log.findIndex((each: unknown) => !isEntry(each));
  if (wrong !== -1) return fault(`entry ${wrong + 1} lacks something an entry has, or has it in another form`);
  const known: VersionLog = { avow: 1, notice, texts: texts as Record<string, string>, log };
  return { log: known, faults: [] };
}

function fault(words: string): ReadLog {
  return { faults: [words] };
}

function isEntry(value: unknown): value is VersionEntry {
  if (!isObject(value)) return false;
  const { version, previous, on, verdict, material, reviews, after, entry } = value;
  return (
    isHash(version) &&
    isHash(entry) &&
    (previous === null || isHash(previous)) &&
    (after === null || isHash(after)) &&
    isDay(on) &&
    (verdict === "first" || verdicts.some((each) => each === verdict)) &&
    (material === undefined || isMaterial(material)) &&
    (reviews === undefined || (Array.isArray(reviews) && reviews.every(isReview)))
  );
}

function isMaterial(value: unknown): boolean {
  // Without the question nobody could agree, and then nothing was declared to anybody.
  return isObject(value) && isDay(value["effective"]) && isText(value["question"]);
}

function isReview(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value["clause"]) &&
    isHash(value["old"]) &&
    isHash(value["new"]) &&
    isText(value["by"]) &&
    isDay(value["on"])
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
