// The log of a notice's versions: each entry names the one before it, and every text any of them needs is in it (clauses.md PS11, PY5).
import type { Review, Verdict } from "../compare/comparison.ts";
import { canonicalJson } from "../compile/canonical-json.ts";
import { sha256Hex } from "../compile/sha256-hex.ts";
import type { Policy } from "../model/policy.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { reopenVersion } from "./archived-version.ts";

/** What is said to people of a version that is weaker in something. */
export interface MaterialChange {
  /** ISO day from which it is in force. */
  readonly effective: string;
  /** What people are asked; who does not answer yes stays under the version before. */
  readonly question: string;
}

export interface VersionEntry {
  /** SHA-256, hex, as in `Policy.version`. */
  readonly version: string;
  /** The version before, or null. */
  readonly previous: string | null;
  /** ISO day of its publication. */
  readonly on: string;
  readonly verdict: "first" | Verdict;
  readonly material?: MaterialChange;
  readonly reviews?: readonly Review[];
  /** `entry` of the one before, or null. */
  readonly after: string | null;
  /** SHA-256, hex, of the canonical JSON of all the rest. */
  readonly entry: string;
}

export interface VersionLog {
  readonly avow: 1;
  /** Id of the notice. */
  readonly notice: string;
  /** By their SHA-256: versions of the notice and of those above it, and vocabularies. */
  readonly texts: Readonly<Record<string, string>>;
  /** Oldest first, never empty. */
  readonly log: readonly VersionEntry[];
}

/** The hash of an entry: of everything in it but the hash. */
export function entryHash(said: Omit<VersionEntry, "entry">): string {
  return sha256Hex(canonicalJson({ ...said, entry: undefined }));
}

/** The entry of the version that was published last. */
export function lastEntry({ log }: VersionLog): VersionEntry | undefined {
  return log.at(-1);
}

/** The policy of a version in the log, compiled again from its texts; nothing where that cannot be done. */
export function policyAt(log: VersionLog, version: string): Policy | undefined {
  return reopenVersion(version, archiveOf(log));
}

/** The vocabulary a version speaks, before its notices' own words. */
export function vocabularyAt(log: VersionLog, policy: Policy): Vocabulary | undefined {
  const text = archiveOf(log)(policy.vocabularyVersion);
  return text === undefined ? undefined : { terms: JSON.parse(text) };
}

/** Owned texts only: a log is read from outside. */
export function archiveOf({ texts }: VersionLog): (hash: string) => string | undefined {
  return (hash) => (Object.hasOwn(texts, hash) ? texts[hash] : undefined);
}

/** One text for one log, with a line for each entry and each text, so that a difference is read easily. */
export function writeVersionLog({ notice, texts, log }: VersionLog): string {
  const held = Object.keys(texts)
    .toSorted()
    .map((hash) => `"${hash}": ${JSON.stringify(texts[hash])}`);
  return `{\n  "avow": 1,\n  "notice": ${JSON.stringify(notice)},\n  "log": [\n${lines(log.map(canonicalJson))}\n  ],\n  "texts": {\n${lines(held)}\n  }\n}\n`;
}

function lines(values: readonly string[]): string {
  return values.map((each) => `    ${each}`).join(",\n");
}
