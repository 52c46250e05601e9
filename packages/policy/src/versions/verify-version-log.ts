// A version log checked by somebody who trusts nobody: chain, hashes, every version compiled again, every verdict found anew.
import { compareNotices } from "../compare/compare-notices.ts";
import { sha256Hex } from "../compile/sha256-hex.ts";
import type { Policy } from "../model/policy.ts";
import { unreviewed } from "../write/comparison-head.ts";
import { versionFaults } from "./version-faults.ts";
import { type VersionEntry, type VersionLog, archiveOf, entryHash, policyAt, vocabularyAt } from "./version-log.ts";

/** What is wrong, in words, each with the entry it is about; empty when the log is what it says. Never throws. */
export function verifyVersionLog(log: VersionLog): readonly string[] {
  const faults: string[] = [];
  const archive = archiveOf(log);
  for (const hash of Object.keys(log.texts)) {
    if (sha256Hex(archive(hash) ?? "") !== hash) faults.push(`text \`${short(hash)}\` is not what its hash says`);
  }
  const needed = new Set<string>();
  // A version may come again, and is then what it was.
  const known = new Map<string, Policy | undefined>();
  const open = (version: string): Policy | undefined => {
    if (!known.has(version)) known.set(version, policyAt(log, version));
    return known.get(version);
  };
  let before: VersionEntry | undefined;
  let was: Policy | undefined;
  for (const [index, entry] of log.log.entries()) {
    const at = `entry ${index + 1} (${entry.on}, ${short(entry.version)})`;
    const say = (words: string): void => void faults.push(`${at}: ${words}`);
    for (const words of chainFaults(entry, before)) say(words);
    const is = open(entry.version);
    if (is === undefined) say("the log does not hold what this version is made of");
    else {
      for (let each: Policy | undefined = is; each !== undefined; each = each.parent) needed.add(each.version);
      needed.add(is.vocabularyVersion);
      for (const words of ownFaults(log, is, entry.on)) say(words);
      if (is.id !== log.notice) say(`this is a version of \`${is.id}\`, not of \`${log.notice}\``);
    }
    if (is !== undefined && was !== undefined) for (const words of verdictFaults(log, entry, was, is)) say(words);
    before = entry;
    was = is;
  }
  for (const hash of Object.keys(log.texts)) {
    if (!needed.has(hash)) faults.push(`text \`${short(hash)}\` belongs to no version of the log`);
  }
  return faults;
}

function ownFaults(log: VersionLog, policy: Policy, on: string): readonly string[] {
  try {
    const vocabulary = vocabularyAt(log, policy);
    if (vocabulary === undefined) return ["the log does not hold its vocabulary"];
    const above = policy.parent === undefined ? [] : ownFaults(log, policy.parent, on);
    return [...above, ...versionFaults(policy, vocabulary, on)];
  } catch {
    return ["it is not written as a notice is"];
  }
}

function chainFaults(entry: VersionEntry, before: VersionEntry | undefined): readonly string[] {
  const faults: string[] = [];
  if (entryHash(entry) !== entry.entry) faults.push("the entry is not what its hash says");
  if (entry.after !== (before?.entry ?? null)) faults.push("it does not name the entry before it");
  if (entry.previous !== (before?.version ?? null)) faults.push("it does not name the version before it");
  if ((entry.verdict === "first") !== (before === undefined))
    faults.push("only the first version has the verdict `first`");
  if (before !== undefined && entry.on < before.on) faults.push("its day lies before that of the entry before it");
  if (entry.material !== undefined && entry.material.effective < entry.on) {
    faults.push("it takes effect before the day it was published");
  }
  return faults;
}

function verdictFaults(log: VersionLog, entry: VersionEntry, was: Policy, is: Policy): readonly string[] {
  try {
    const [spoken, speaks] = [vocabularyAt(log, was), vocabularyAt(log, is)];
    if (spoken === undefined || speaks === undefined) return ["the log does not hold its vocabulary"];
    const reviews = entry.reviews ?? [];
    const found = compareNotices({ ...was, vocabulary: spoken }, { ...is, vocabulary: speaks }, { reviews });
    const faults: string[] = [];
    if (found.verdict !== entry.verdict) faults.push(`it says \`${entry.verdict}\`, but it is ${found.verdict}`);
    const isWeaker = found.verdict === "less protective" || found.verdict === "incomparable";
    if (isWeaker && entry.material === undefined) {
      faults.push("it is weaker in something and nobody was told from when, or asked");
    }
    const unread = unreviewed(found);
    if (unread.length > 0) {
      faults.push(
        `nobody named has read the changed words of ${unread.map(({ clause }) => `\`${clause}\``).join(", ")}`,
      );
    }
    return faults;
  } catch {
    return ["it cannot be compared with the version before it"];
  }
}

function short(hash: string): string {
  return hash.slice(0, 12);
}
