// `avow compare`: is the new version of a notice less protective than the old, where, and by which practice.
import { unreviewed } from "@avow/policy";
import { type Command, Option } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { misuse } from "../failure.ts";
import { examples } from "../options.ts";
import { termsOption } from "../term-file.ts";
import { type Asked, compared, isDirectoryOfNotices, worst } from "./compare-found.ts";
import { type Format, formats, jsonOf, print, several } from "./compare-print.ts";

interface CompareOptions extends CommonOptions, Asked {
  readonly format: Format;
  readonly strict?: boolean;
}

export function addCompare(program: Command, context: Context): void {
  program
    .command("compare")
    .description("compare two versions of a notice: equivalent, more protective, less protective or incomparable")
    .argument("<old>", "the old version's file; with --since the file, or directory of notices, to compare")
    .argument("[new]", "the new version's file")
    .option("--since <revision>", "the old version is the same file at this git revision, parents too")
    .addOption(new Option("--format <format>", "how to print it").choices(formats).default("text"))
    .option("--strict", "count changed prose that nobody has reviewed as a finding")
    .option(...termsOption)
    .option("--old-terms <file>", "those of the old version; default: --terms, with --since as it was then")
    .option("--vocabulary <file>", "another vocabulary than the standard one: a JSON list of terms")
    .option("--old-vocabulary <file>", "that of the old version; default: --vocabulary, with --since as it was then")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExit codes: 0 equivalent or more protective, 1 less protective or incomparable, 2 no verdict.\n" +
        examples(
          "npm run -s avow -- compare ./was/notice.yaml ./my-notices/my/notice.yaml",
          "npm run -s avow -- compare --since origin/main ./my-notices/my/notice.yaml",
          "npm run -s avow -- compare --since origin/main ./my-notices --format markdown",
          "npm run -s avow -- compare --since v1 ./my-notices/my/notice.yaml --format redline",
        ),
    )
    .action((old: string, next: string | undefined, options: CompareOptions) => compare(context, old, next, options));
}

async function compare(
  context: Context,
  old: string,
  next: string | undefined,
  options: CompareOptions,
): Promise<void> {
  if (options.json === true && options.format !== "text")
    throw misuse("`--json` and `--format` are two ways to print", "leave one of them out");
  const found = await compared(old, next, options);
  const verdict = worst(found.map((each) => each.verdict));
  const isOpen =
    options.strict === true && found.some((each) => each.result && unreviewed(each.result.comparison).length > 0);
  if (verdict === "less protective" || verdict === "incomparable" || isOpen) context.exitCode = 1;
  if (options.since !== undefined && isDirectoryOfNotices(old)) {
    report(context, options, { verdict, notices: found.map(jsonOf) }, several(verdict, found, options.format));
    return;
  }
  const [only] = found;
  if (only?.result !== undefined) report(context, options, jsonOf(only), print(only.result, options.format));
}
