// `avow types`: TypeScript types of what a notice declares, for the program that works under it.
import { writeFileSync } from "node:fs";
import { writeNoticeTypes } from "@avow/policy";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { misuse } from "../failure.ts";
import { policyOf } from "../notice-files.ts";
import { collected, examples, shippedNotices } from "../options.ts";
import { termsOption, vocabularyWith } from "../term-file.ts";

interface TypesOptions extends CommonOptions {
  readonly out?: string;
  readonly notices?: readonly string[];
  readonly terms?: string;
}

export function addTypes(program: Command, context: Context): void {
  program
    .command("types")
    .description("write TypeScript types of what a notice declares: what it does not declare does not compile")
    .argument("<notice>", "its id, or a notice file")
    .option("--out <file>", "write them there; default: print them")
    .option("--notices <dir>", "a directory of notices; repeatable; default: those that come with Avow", collected)
    .option(...termsOption)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples(
        "npm run -s avow -- types pypi --out src/notice.ts",
        "npm run -s avow -- types ./my-notices/my/notice.yaml",
      ),
    )
    .action((notice: string, options: TypesOptions) => types(context, notice, options));
}

async function types(context: Context, given: string, options: TypesOptions): Promise<void> {
  const vocabulary = vocabularyWith(options.terms);
  const { out } = options;
  const policy = await policyOf(given, options.notices ?? [shippedNotices()], vocabulary);
  const text = writeNoticeTypes(policy, vocabulary);
  if (out !== undefined) write(out, text);
  const result = { notice: policy.id, version: policy.version, ...(out === undefined ? { text } : { out }) };
  report(context, options, result, out === undefined ? text.trimEnd() : `types of ${policy.id} written to ${out}`);
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch {
    throw misuse(`\`${path}\` cannot be written`, "give a file in a directory that exists");
  }
}
