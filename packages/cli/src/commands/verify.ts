// `avow verify`: recomputes a published site or a version log without asking anybody, and says what is not so.
import { existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type Finding,
  type VerifiedSite,
  type VersionLog,
  logName,
  readVersionLog,
  verifySite,
  verifyVersionLog,
  wellKnownPath,
  writeVersionLog,
} from "@avow/policy";
import { stylesheet } from "@avow/server";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { misuse } from "../failure.ts";
import { examples } from "../options.ts";
import { readPlainFile } from "../plain-files.ts";
import { logHelp } from "../version-log-file.ts";
import { mostBytes, pathsOfSite, readSiteFile } from "./publish-site.ts";

export function addVerify(program: Command, context: Context): void {
  program
    .command("verify")
    .description("verify a published site, or a version log, offline: every hash, verdict and page is made anew")
    .argument("<path>", "the directory of a site, a version log, or the directory it stands in")
    .option("--has <version>", "a version you remember: a log that was cut off before it is found out")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nExit codes: 0 it is what it says, 1 findings, 2 nothing there to verify. Pages are compared with those this\nversion of Avow makes; a site made by another one is published again first.\n${examples(
        "npm run -s avow -- verify ./site",
        "npm run -s avow -- verify ./downloads/versions.json",
        "npm run -s avow -- verify ./site --has 3f9c2a71",
      )}`,
    )
    .action((path: string, options: VerifyOptions) => verify(context, path, options));
}

interface Found extends VerifiedSite {
  /** A log alone says nothing of the pages beside it. */
  readonly isLogAlone: boolean;
  readonly logs: readonly VersionLog[];
}

interface VerifyOptions extends CommonOptions {
  readonly has?: string;
}

function verify(context: Context, path: string, options: VerifyOptions): void {
  const { checked, others, isLogAlone, logs, ...seen } = found(path);
  const findings = [...seen.findings, ...missing(options.has, logs, path)];
  if (findings.length > 0) context.exitCode = 1;
  const lines = [
    ...findings.map((each) => `${each.path}: ${each.finding}`),
    ...(findings.length > 0
      ? []
      : [isLogAlone ? "the log is true: no findings" : `${counted(checked)} verified: no findings`]),
    ...(isLogAlone && findings.length === 0
      ? ["  the log alone was verified; for the pages made of it, give the folder of the site"]
      : []),
    ...(others.length === 0 || checked === 0 ? [] : [`  not looked at, because no log makes them: ${listed(others)}`]),
  ];
  report(context, options, { path, checked, others, findings }, lines.join("\n"));
}

/** A log whose newest entries were cut off is true as far as it goes: only who remembers a version can tell. */
function missing(has: string | undefined, logs: readonly VersionLog[], path: string): readonly Finding[] {
  if (has === undefined) return [];
  if (!/^[0-9a-f]{8,64}$/.test(has))
    throw misuse(`\`${has}\` is no version`, "give the hash a page or a log names it by, or its first 8 signs or more");
  const isKnown = logs.some(({ log }) =>
    log.some((each) => each.version.startsWith(has) || each.entry.startsWith(has)),
  );
  return isKnown
    ? []
    : [{ path: basename(path), finding: `version ${has} is not in it: it was cut off, or never there` }];
}

function counted(files: number): string {
  return `${files} ${files === 1 ? "file" : "files"}`;
}

const mostListed = 10;

function listed(paths: readonly string[]): string {
  const rest = paths.length - mostListed;
  return paths.slice(0, mostListed).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function found(path: string): Found {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw misuse(`\`${path}\` does not exist`, "give a published site or a version log");
  if (stats.size > mostBytes && stats.isFile()) throw misuse(`\`${path}\` is larger than any version log`);
  if (stats.isFile()) return logFound(path);
  if (existsSync(join(path, wellKnownPath))) {
    const read = (each: string): string | undefined => readSiteFile(path, each);
    const paths = pathsOfSite(path);
    const logs = paths
      .filter((each) => basename(each) === logName)
      .flatMap((each) => readVersionLog(read(each) ?? "").log ?? []);
    return { ...verifySite(paths, read, stylesheet), isLogAlone: false, logs };
  }
  if (existsSync(join(path, logName))) return logFound(join(path, logName));
  throw misuse(
    `no site and no version log in \`${path}\``,
    `a site has ${wellKnownPath}, a notice ${logName} beside it`,
  );
}

function logFound(path: string): Found {
  const text = readPlainFile(path, logHelp);
  const { log, faults } = readVersionLog(text);
  const findings = log === undefined ? faults : [...faults, ...verifyVersionLog(log)];
  const isWritten = log === undefined || writeVersionLog(log) === text;
  const form = isWritten ? [] : ["it is not written as a log is: something in it was changed by hand"];
  return {
    findings: [...findings, ...form].map((finding) => ({ path: basename(path), finding })),
    checked: 1,
    others: [],
    isLogAlone: true,
    logs: log === undefined ? [] : [log],
  };
}
