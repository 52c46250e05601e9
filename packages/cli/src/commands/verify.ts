// `avow verify`: recomputes a published site or a version log without asking anybody, and says what is not so.
import { existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type Finding,
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
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nExit codes: 0 it is what it says, 1 findings, 2 nothing there to verify. Pages are compared with those this\nversion of Avow makes; a site made by another one is published again first.\n${examples(
        "npm run -s avow -- verify ./site",
        "npm run -s avow -- verify ./downloads/versions.json",
      )}`,
    )
    .action((path: string, options: CommonOptions) => verify(context, path, options));
}

function verify(context: Context, path: string, options: CommonOptions): void {
  const { findings, files } = found(path);
  if (findings.length > 0) context.exitCode = 1;
  const counted = `${files} ${files === 1 ? "file" : "files"}`;
  report(
    context,
    options,
    { path, files, findings },
    findings.length === 0
      ? `${counted} verified: nothing to find`
      : findings.map((each) => `${each.path}: ${each.finding}`).join("\n"),
  );
}

function found(path: string): { readonly findings: readonly Finding[]; readonly files: number } {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw misuse(`\`${path}\` does not exist`, "give a published site or a version log");
  if (stats.size > mostBytes && stats.isFile()) throw misuse(`\`${path}\` is larger than any version log`);
  if (stats.isFile()) return { findings: logFindings(path), files: 1 };
  if (existsSync(join(path, wellKnownPath))) {
    const paths = pathsOfSite(path);
    return { findings: verifySite(paths, (each) => readSiteFile(path, each), stylesheet), files: paths.length };
  }
  if (existsSync(join(path, logName))) return { findings: logFindings(join(path, logName)), files: 1 };
  throw misuse(
    `no site and no version log in \`${path}\``,
    `a site has ${wellKnownPath}, a notice ${logName} beside it`,
  );
}

function logFindings(path: string): readonly Finding[] {
  const text = readPlainFile(path, logHelp);
  const { log, faults } = readVersionLog(text);
  const findings = log === undefined ? faults : [...faults, ...verifyVersionLog(log)];
  const isWritten = log === undefined || writeVersionLog(log) === text;
  const form = isWritten ? [] : ["it is not written as a log is: something in it was changed by hand"];
  return [...findings, ...form].map((finding) => ({ path: basename(path), finding }));
}
