// The history of a notice: the log beside its file where that is true and knows the version served, else this installation's own record.
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Policy,
  type PublishedNotice,
  type PublishedVersion,
  type ServedVersion,
  type SiteFiles,
  type VersionLog,
  logName,
  logOfServed,
  publishedNotice,
  readVersionLog,
  siteFiles,
  verifyVersionLog,
} from "@avow/policy";
import type { House } from "../../house.ts";
import { readPlainText } from "../../notices/read-plain-file.ts";
import { stylesheet } from "../frame/stylesheet.ts";

export interface History {
  readonly source: "log" | "record";
  readonly published: PublishedNotice;
  /** The version served here, as the history has it. */
  readonly served: PublishedVersion;
  /** Pages, feed and log as `avow publish` writes them, by their path below `/notices/`. */
  readonly files: SiteFiles;
  /** Why a log that stands beside the notice is not this history; absent when there is none, or when it is. */
  readonly logFault?: string;
}

interface Kept {
  readonly key: string;
  readonly history: History | undefined;
}

/** Opening versions takes milliseconds each, and a page is asked for often. */
const kept = new WeakMap<House, Map<string, Kept>>();

/** Undefined only where the records have lost the version that is served. */
export async function readHistory(house: House, policy: Policy, nowMs: number): Promise<History | undefined> {
  const { id, version } = policy;
  const path = house.notices().find((one) => one.policy.id === id)?.path;
  const logPath = path === undefined ? undefined : join(dirname(path), logName);
  const today = dayOf(nowMs);
  const came = (await house.records.inForce()).filter(({ notice }) => notice === id);
  const key = [today, version, came.length, logPath === undefined ? "" : await stampOf(logPath)].join(" ");
  const byNotice = kept.get(house) ?? new Map<string, Kept>();
  kept.set(house, byNotice);
  const known = byNotice.get(id);
  if (known?.key === key) return known.history;
  const beside = logPath === undefined ? {} : await logBeside(logPath, policy);
  const days = came.map((one) => ({ version: one.version, on: dayOf(one.sinceMs) }));
  const log = beside.log ?? (await recorded(house, id, days));
  const found = log && historyOf(beside.log === undefined ? "record" : "log", log, version, today);
  const history = found === undefined || beside.fault === undefined ? found : { ...found, logFault: beside.fault };
  byNotice.set(id, { key, history });
  return history;
}

/** Changes whenever the file does; empty where there is none. */
async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeNs, ctimeNs, size, ino } = await stat(path, { bigint: true });
    return [mtimeNs, ctimeNs, size, ino].join(".");
  } catch {
    return "";
  }
}

async function logBeside(
  path: string,
  { id, version }: Policy,
): Promise<{ readonly log?: VersionLog; readonly fault?: string }> {
  let text: string;
  try {
    text = await readPlainText(path);
  } catch {
    return {};
  }
  const { log } = readVersionLog(text);
  if (log === undefined) return { fault: "it cannot be read" };
  if (log.notice !== id) return { fault: "it is the log of another notice" };
  if (verifyVersionLog(log).length > 0) return { fault: "it is not true (see avow verify)" };
  if (log.log.every((entry) => entry.version !== version)) return { fault: "it does not have the version served here" };
  return { log };
}

async function recorded(house: House, id: string, came: readonly ServedVersion[]): Promise<VersionLog | undefined> {
  const texts = new Map<string, string>();
  for (const one of await house.records.versions()) texts.set(one.version, one.canonical);
  const gathered = new Set<string>();
  const gather = async (hash: string): Promise<void> => {
    if (gathered.has(hash)) return;
    gathered.add(hash);
    const text = texts.get(hash) ?? (await house.records.archivedText(hash));
    if (text === undefined) return;
    texts.set(hash, text);
    for (const named of namedIn(text)) await gather(named);
  };
  for (const { version } of came) await gather(version);
  return logOfServed(id, came, (hash) => texts.get(hash));
}

/** The vocabulary and the version above, which a version names by their hashes; a vocabulary is a list and names nothing. */
function namedIn(text: string): readonly string[] {
  if (!text.startsWith("{")) return [];
  try {
    const { parent, vocabulary } = JSON.parse(text) as { readonly parent?: unknown; readonly vocabulary?: unknown };
    return [parent, vocabulary].filter((hash) => typeof hash === "string");
  } catch {
    return [];
  }
}

/** What is served is in force, so a clock that was turned back shows no day before it came. */
function historyOf(source: History["source"], log: VersionLog, version: string, today: string): History | undefined {
  const on = log.log.findLast((entry) => entry.version === version)?.on;
  const day = on !== undefined && on > today ? on : today;
  const published = publishedNotice(log, day);
  const served = published?.versions.findLast(({ entry }) => entry.version === version);
  const files = siteFiles({ logs: [log], today: day, stylesheet });
  return published === undefined || served === undefined || files === undefined
    ? undefined
    : { source, published, served, files };
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
