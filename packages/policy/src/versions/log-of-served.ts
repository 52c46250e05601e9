// The log of what one installation served, made of its own record: for a notice beside which no published log stands (clauses.md PY5, PI6).
import { compareNotices } from "../compare/compare-notices.ts";
import type { Policy } from "../model/policy.ts";
import { type Archive, reopenVersion } from "./archived-version.ts";
import { type VersionEntry, type VersionLog, entryHash } from "./version-log.ts";

/** A version and the ISO day on which it came into force. */
export interface ServedVersion {
  readonly version: string;
  readonly on: string;
}

/**
 * In the order they came; nothing where none can be opened. What cannot be opened any more is left out, and a clock that
 * was turned back dates no version before the one it follows. It declares nothing: a record knows what was served, not
 * what people were asked.
 */
export function logOfServed(
  notice: string,
  served: readonly ServedVersion[],
  archive: Archive,
): VersionLog | undefined {
  const texts: Record<string, string> = {};
  const log: VersionEntry[] = [];
  let before: Policy | undefined;
  for (const { version, on } of served) {
    const policy = reopenVersion(version, archive);
    const last = log.at(-1);
    if (policy === undefined || policy.id !== notice || last?.version === version) continue;
    for (const hash of hashesOf(policy)) texts[hash] = archive(hash) ?? "";
    const said = {
      version,
      previous: last?.version ?? null,
      on: last !== undefined && last.on > on ? last.on : on,
      verdict: before === undefined ? ("first" as const) : verdictOf(before, policy, archive),
      after: last?.entry ?? null,
    };
    log.push({ ...said, entry: entryHash(said) });
    before = policy;
  }
  return log.length === 0 ? undefined : { avow: 1, notice, texts, log };
}

function verdictOf(was: Policy, is: Policy, archive: Archive): VersionEntry["verdict"] {
  const terms = ({ vocabularyVersion }: Policy) => ({ terms: JSON.parse(archive(vocabularyVersion) ?? "[]") });
  return compareNotices({ ...was, vocabulary: terms(was) }, { ...is, vocabulary: terms(is) }).verdict;
}

function hashesOf(policy: Policy): readonly string[] {
  const above = policy.parent === undefined ? [] : hashesOf(policy.parent);
  return [policy.version, policy.vocabularyVersion, ...above];
}
