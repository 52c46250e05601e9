// A notice as its log publishes it on a day: every version opened, which one is in force, what changed lately (clauses.md PY5, PI6).
import type { Comparison } from "../compare/comparison.ts";
import { compareNotices } from "../compare/compare-notices.ts";
import type { Side } from "../compare/side.ts";
import type { Policy } from "../model/policy.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { type VersionEntry, type VersionLog, policyAt, vocabularyAt } from "../versions/version-log.ts";
import { daysAfter } from "./day-text.ts";

/** As long as a change stands on top of the page. */
const recentDays = 30;

export interface PublishedVersion {
  readonly entry: VersionEntry;
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
  /** ISO day from which it is in force. */
  readonly from: string;
  /** A later version was in force before it could be. */
  readonly isWithdrawn: boolean;
  /** With the version before; absent for the first. */
  readonly step?: Comparison;
}

export interface PublishedNotice {
  readonly log: VersionLog;
  /** Oldest first. */
  readonly versions: readonly PublishedVersion[];
  readonly inForce: PublishedVersion;
  /** Published, not in force yet. */
  readonly waiting: readonly PublishedVersion[];
  /** In force for less than 30 days; never the first version, which changes nothing. */
  readonly recent: readonly PublishedVersion[];
}

/** `day` is an ISO day. Undefined where a version cannot be opened (`verifyVersionLog` says why), or none is in force. */
export function publishedNotice(log: VersionLog, day: string): PublishedNotice | undefined {
  const opened: PublishedVersion[] = [];
  for (const entry of log.log) {
    const version = openVersion(log, entry, opened);
    if (version === undefined) return undefined;
    opened.push(version);
  }
  const versions = opened.map((version, at) => ({
    ...version,
    isWithdrawn: opened.slice(at + 1).some(({ from }) => from < version.from),
  }));
  const inForce = versions.findLast(({ from }) => from <= day);
  if (inForce === undefined) return undefined;
  const held = versions.filter(({ isWithdrawn }) => !isWithdrawn);
  return {
    log,
    versions,
    inForce,
    waiting: held.filter(({ from }) => from > day),
    recent: held.filter(({ from, step }) => step !== undefined && from <= day && day < daysAfter(from, recentDays)),
  };
}

function openVersion(
  log: VersionLog,
  entry: VersionEntry,
  before: readonly PublishedVersion[],
): PublishedVersion | undefined {
  const policy = policyAt(log, entry.version);
  const vocabulary = policy && vocabularyAt(log, policy);
  if (policy === undefined || vocabulary === undefined) return undefined;
  const last = before.at(-1);
  const version = { entry, policy, vocabulary, isWithdrawn: false };
  if (last === undefined) return { ...version, from: entry.on };
  const step = compareNotices(sideOf(last), { ...policy, vocabulary }, { reviews: entry.reviews ?? [] });
  // As a server brings it into force: measured by what was in force on its day, so that a change that waits can be taken back.
  const then = before.findLast(({ from }) => from <= entry.on) ?? last;
  const { verdict } = then === last ? step : compareNotices(sideOf(then), { ...policy, vocabulary });
  const isWeaker = verdict === "less protective" || verdict === "incomparable";
  return { ...version, step, from: isWeaker ? latest([entry.material?.effective ?? entry.on, last.from]) : entry.on };
}

function sideOf({ policy, vocabulary }: PublishedVersion): Side {
  return { ...policy, vocabulary };
}

/** The last day until `today` on which any page of these logs became another: pages made on both days are the same bytes. */
export function lastTurn(logs: readonly VersionLog[], today: string): string {
  const published = latest(logs.flatMap(({ log }) => log.map(({ on }) => on)));
  const turns = logs.flatMap(({ log }) =>
    // The first version changes nothing, so nothing is said of it that would fall silent.
    log.slice(1).flatMap(({ on, material }) => [...turnsOf(on), ...turnsOf(material?.effective ?? on)]),
  );
  return latest([published, ...turns.filter((turn) => turn <= today)]);
}

function turnsOf(from: string): readonly string[] {
  return [from, daysAfter(from, recentDays)];
}

function latest(days: readonly string[]): string {
  return days.reduce((last, day) => (day > last ? day : last), "");
}
