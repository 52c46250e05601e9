// `avow check`: what is wrong with notices, with place and remedy.
import { existsSync } from "node:fs";
import { type Diagnostic, type Policy, checkPublished, formatDiagnostic } from "@avow/policy";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { type NoticeFile, noticePaths, readNotice } from "../notice-files.ts";
import { examples, shippedNotices } from "../options.ts";
import { readPlainFile } from "../plain-files.ts";
import { readTermFile, termsOption } from "../term-file.ts";
import { logHelp, logPathOf } from "../version-log-file.ts";

interface CheckOptions extends CommonOptions {
  readonly strict?: boolean;
  readonly terms?: string;
  readonly sentences?: boolean;
}

export function addCheck(program: Command, context: Context): void {
  program
    .command("check")
    .description("check notices: what is wrong, where, and what to do")
    .argument("[path...]", "notice files, or directories of notices; default: those that come with Avow")
    .option("--strict", "count warnings as findings")
    .option("--sentences", "also print each clause as it will be read")
    .option(...termsOption)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nErrors exit 1. Warnings exit 0, because a notice that says what is not so yet is honest and may be\npublished; with --strict they exit 1. A notice with a version log beside it is an error when it differs from its\nlast version.\n${examples(
        "npm run -s avow -- check",
        "npm run -s avow -- check ./my-notices/my/notice.yaml",
        "npm run -s avow -- check --sentences ./my-notices/my/notice.yaml",
        "npm run -s avow -- check --strict ./my-notices",
        "npm run -s avow -- check --terms ./my-terms.yaml ./my-notices",
      )}`,
    )
    .action((paths: readonly string[], options: CheckOptions) => check(context, paths, options));
}

async function check(context: Context, given: readonly string[], options: CheckOptions): Promise<void> {
  const paths = [...new Set((given.length === 0 ? [shippedNotices()] : given).flatMap(noticePaths))];
  const terms = readTermFile(options.terms);
  const { vocabulary } = terms;
  // Without its words a notice would seem wrong in each place that uses one.
  const read =
    vocabulary === undefined
      ? []
      : await Promise.all(paths.map((path) => readNotice(path, context.nowMs(), vocabulary)));
  const diagnostics = [
    ...terms.diagnostics,
    ...read.flatMap((notice) => [...notice.diagnostics, ...publishedDiagnostics(notice)]),
  ];
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  if (errors > 0 || (options.strict === true && warnings > 0)) context.exitCode = 1;
  const notices = read.map(({ path, id, policy }) => ({
    path,
    notice: id,
    ...(policy === undefined ? {} : { version: policy.version }),
    ...(policy === undefined || options.sentences !== true ? {} : { clauses: policy.clauses }),
  }));
  const sentences = options.sentences === true ? read.flatMap(({ policy }) => sentencesOf(policy)) : [];
  report(
    context,
    options,
    { errors, warnings, notices, diagnostics },
    [...sentences, text(diagnostics, read.length, errors, warnings)].join("\n"),
  );
}

/** Under its headings, every clause: the author's words, and what is in effect. */
function sentencesOf(policy: Policy | undefined): readonly string[] {
  if (policy === undefined) return [];
  const lines = [policy.title];
  let section = "";
  for (const clause of policy.clauses) {
    if (clause.section !== section) lines.push("", clause.section);
    section = clause.section;
    if (clause.words !== undefined) lines.push(`  ${clause.number} ${clause.words}`);
    lines.push(
      clause.words === undefined ? `  ${clause.number} ${clause.sentence}` : `      In effect: ${clause.sentence}`,
    );
  }
  return [...lines, ""];
}

/** Of the version log beside the notice, if it has been published. */
function publishedDiagnostics({ path, policy }: NoticeFile): readonly Diagnostic[] {
  const log = logPathOf(path);
  return policy === undefined || !existsSync(log) ? [] : checkPublished(policy, readPlainFile(log, logHelp));
}

function text(diagnostics: readonly Diagnostic[], notices: number, errors: number, warnings: number): string {
  const sum = `${counted(notices, "notice")}: ${counted(errors, "error")}, ${counted(warnings, "warning")}`;
  return [...diagnostics.map(formatDiagnostic), sum].join("\n");
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
}
