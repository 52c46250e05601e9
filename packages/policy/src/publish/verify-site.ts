// A published site checked by somebody who trusts nobody: its logs are true, and every file is what they make (clauses.md PY5, PI6).
import { verifyVersionLog } from "../versions/verify-version-log.ts";
import { readVersionLog } from "../versions/read-version-log.ts";
import type { VersionLog } from "../versions/version-log.ts";
import { lastTurn } from "./published-notice.ts";
import { siteFiles } from "./site-files.ts";
import { logName, wellKnownPath } from "./site-paths.ts";

export interface Finding {
  /** Of the file, seen from the site's folder. */
  readonly path: string;
  /** What is wrong, in words. */
  readonly finding: string;
}

/** Gives a published file's text; undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

export interface SiteIndex {
  readonly asOf: string;
  readonly ids: readonly string[];
}

/** What the pointer names; undefined for anything else. Ids are words, so that none of them leads out of the site's folder. */
export function readSiteIndex(text: string): SiteIndex | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const asOf = property(value, "asOf");
  const notices = property(value, "notices");
  if (typeof asOf !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(asOf) || !Array.isArray(notices)) return undefined;
  const ids = notices.map((each: unknown) => property(each, "notice"));
  return ids.every(isId) ? { asOf, ids } : undefined;
}

export interface VerifiedSite {
  /** Empty when it is what it says. */
  readonly findings: readonly Finding[];
  /** Files that were held against what the logs make. */
  readonly checked: number;
  /** Files of the folder that no log speaks of: nothing is known of them. */
  readonly others: readonly string[];
}

/** `paths` are all files of the site's folder. Never throws on what a file holds. */
export function verifySite(paths: readonly string[], read: ReadFile, stylesheet: string): VerifiedSite {
  const unread = (findings: readonly Finding[]): VerifiedSite => ({ findings, checked: 0, others: paths });
  const index = readSiteIndex(read(wellKnownPath) ?? "");
  if (index === undefined) return unread([{ path: wellKnownPath, finding: "the pointer of the site cannot be read" }]);
  const findings: Finding[] = [];
  const logs: VersionLog[] = [];
  for (const id of index.ids) {
    const path = `${id}/${logName}`;
    const text = read(path);
    if (text === undefined) {
      findings.push({ path, finding: "it is missing: the log of a notice the site names" });
      continue;
    }
    const { log, faults } = readVersionLog(text);
    if (log !== undefined && log.notice !== id) findings.push({ path, finding: `it is the log of \`${log.notice}\`` });
    else if (log !== undefined) logs.push(log);
    for (const finding of [...faults, ...(log === undefined ? [] : verifyVersionLog(log))]) {
      findings.push({ path, finding });
    }
  }
  if (findings.length > 0 || logs.length === 0) {
    const isEmpty = logs.length === 0 && findings.length === 0;
    return unread(isEmpty ? [{ path: wellKnownPath, finding: "the site names no notice" }] : findings);
  }
  if (lastTurn(logs, index.asOf) !== index.asOf) {
    findings.push({
      path: wellKnownPath,
      finding: `on \`${index.asOf}\` nothing changed: its pages are of another day`,
    });
  }
  const made = siteFiles({ logs, today: index.asOf, stylesheet });
  if (made === undefined)
    return unread([...findings, { path: wellKnownPath, finding: "no version of a notice is in force on its day" }]);
  findings.push(...fileFindings(paths, read, made));
  const named = new Set(findings.map((each) => each.path));
  const others = paths.filter((path) => !made.has(path) && !named.has(path));
  return { findings, checked: made.size, others };
}

function fileFindings(paths: readonly string[], read: ReadFile, made: ReadonlyMap<string, string>): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of made) {
    const there = read(path);
    if (there === undefined) findings.push({ path, finding: "it is missing" });
    else if (there !== text) findings.push({ path, finding: `it is not what the log makes${placeOf(there, text)}` });
  }
  // Beside the notices a host may put what it needs; among a notice's own files nothing stands that no log made.
  const folders = new Set([...made.keys()].filter((path) => path.includes("/")).map(folderOf));
  for (const path of paths) {
    if (path.includes("/") && !made.has(path) && folders.has(folderOf(path)))
      findings.push({ path, finding: "no log makes this file" });
  }
  return findings;
}

function folderOf(path: string): string {
  return path.slice(0, path.indexOf("/"));
}

function placeOf(there: string, text: string): string {
  const [mine, theirs] = [text.split("\n"), there.split("\n")];
  const at = mine.findIndex((line, index) => line !== theirs[index]);
  return `, from line ${(at === -1 ? mine.length : at) + 1} on`;
}

function isId(value: unknown): value is string {
  return typeof value === "string" && /^[a-z0-9][a-z0-9-]{0,127}$/.test(value);
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
