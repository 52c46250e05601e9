// `avow types`: TypeScript types of what a notice declares, for the program that works under it.
import { statSync, writeFileSync } from "node:fs";
import { programTable, writeNoticeTypes } from "@avow/policy";
import { type Command, Option } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { misuse } from "../failure.ts";
import { policyOf } from "../notice-files.ts";
import { collected, examples, shippedNotices } from "../options.ts";
import { readPlainFile } from "../plain-files.ts";
import { termsOption, vocabularyWith } from "../term-file.ts";

interface TypesOptions extends CommonOptions {
  readonly out?: string;
  readonly check?: string;
  readonly table?: string;
  readonly notices?: readonly string[];
  readonly terms?: string;
}

export function addTypes(program: Command, context: Context): void {
  program
    .command("types")
    .description("write TypeScript types of what a notice declares: what it does not declare does not compile")
    .argument("<notice>", "its id, or a notice file")
    .option("--out <file>", "write them there; default: print them")
    .addOption(
      new Option("--check <file>", "write nothing; exit 1 where the file is not what would be written").conflicts(
        "out",
      ),
    )
    .option("--table <file>", "also write its features as JSON, for the gate inside a program")
    .option("--notices <dir>", "a directory of notices; repeatable; default: those that come with Avow", collected)
    .option(...termsOption)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples(
        "npm run -s avow -- types pypi --out src/notice.ts",
        "npm run -s avow -- types pypi --check src/notice.ts",
        "npm run -s avow -- types jupyterlab --out src/notice.ts --table src/notice.json",
        "npm run -s avow -- types ./my-notices/my/notice.yaml",
      ),
    )
    .action((notice: string, options: TypesOptions) => types(context, notice, options));
}

async function types(context: Context, given: string, options: TypesOptions): Promise<void> {
  const vocabulary = vocabularyWith(options.terms);
  const { out, check } = options;
  const policy = await policyOf(given, options.notices ?? [shippedNotices()], vocabulary);
  const text = writeNoticeTypes(policy, vocabulary);
  const features = `${JSON.stringify(programTable(policy), null, 2)}\n`;
  if (check !== undefined) {
    const isCurrent =
      readPlainFile(check, "write it first with --out") === text &&
      (options.table === undefined || readPlainFile(options.table, "write it first with --table") === features);
    if (!isCurrent) context.exitCode = 1;
    const found = { notice: policy.id, version: policy.version, file: check, isCurrent };
    const stale = `\`${check}\` is not what the notice says now\n  write it anew with: npm run -s avow -- types ${given} --out ${check}`;
    report(context, options, found, isCurrent ? `\`${check}\` is up to date` : stale);
    return;
  }
  if (out !== undefined) write(out, text);
  if (options.table !== undefined) write(options.table, features);
  const result = { notice: policy.id, version: policy.version, ...(out === undefined ? { text } : { out }) };
  report(context, options, result, out === undefined ? text.trimEnd() : `types of ${policy.id} written to ${out}`);
}

function write(path: string, text: string): void {
  // Writing to a pipe that nobody reads would never return.
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false)
    throw misuse(`\`${path}\` is no plain file`, "give a file; without --out the types are printed");
  try {
    writeFileSync(path, text);
  } catch {
    throw misuse(`\`${path}\` cannot be written`, "give a file in a directory that exists");
  }
}
