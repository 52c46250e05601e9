// A published site on disk: read back, and written so that a file either is whole or is as it was.
import { lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { type VersionLog, logName, readSiteIndex, siteFiles, wellKnownPath } from "@avow/policy";
import { stylesheet } from "@avow/server";
import { CommandFailure, misuse } from "../failure.ts";
import { readLogFile } from "../version-log-file.ts";

/** Nothing a site holds comes near; a host's own files may be left out of account. */
const mostFiles = 100_000;
export const mostBytes = 64_000_000;

/** @throws CommandFailure where the site names a notice whose log is not there. */
export function logsOfSite(dir: string): readonly VersionLog[] {
  const text = readSiteFile(dir, wellKnownPath);
  if (text === undefined) return [];
  const index = readSiteIndex(text);
  if (index === undefined)
    throw new CommandFailure(`\`${join(dir, wellKnownPath)}\` is no list of notices`, {
      help: "publish into another directory, or put the file back",
    });
  return index.ids.map((id) => {
    const log = readLogFile(join(dir, id, logName));
    if (log?.notice === id) return log;
    throw new CommandFailure(`the log of \`${id}\` is gone from \`${dir}\``, {
      help: "put it back: what was published stays",
    });
  });
}

/** How many files were written; those that are the same already are left alone. */
export function writeSite(dir: string, logs: readonly VersionLog[], today: string): number {
  const files = siteFiles({ logs, today, stylesheet });
  if (files === undefined)
    throw new CommandFailure("a version of a log cannot be opened", { help: "see why with: avow verify" });
  let written = 0;
  for (const [path, text] of files) {
    if (readSiteFile(dir, path) === text) continue;
    const to = join(dir, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(`${to}.new`, text);
    renameSync(`${to}.new`, to);
    written++;
  }
  return written;
}

/** Undefined for what is no plain file, because a link could lead anywhere, and for what is larger than any page or log. */
export function readSiteFile(dir: string, path: string): string | undefined {
  const at = join(dir, path);
  const stats = lstatSync(at, { throwIfNoEntry: false });
  if (stats?.isFile() !== true || stats.size > mostBytes) return undefined;
  const bytes = readFileSync(at);
  const text = bytes.toString("utf8");
  // Bytes that are no text all read as the same mark, and could stand where a page has that very mark.
  return Buffer.from(text).equals(bytes) ? text : undefined;
}

/** Everything below that a host would serve, links too, with `/` between folders. */
export function pathsOfSite(dir: string): readonly string[] {
  const all = readdirSync(dir, { recursive: true, encoding: "utf8" });
  if (all.length > mostFiles)
    throw misuse(`\`${dir}\` holds more than ${mostFiles} files`, "name the directory of the site alone");
  return all.filter((path) => !lstatSync(join(dir, path)).isDirectory()).map((path) => path.split(sep).join("/"));
}
