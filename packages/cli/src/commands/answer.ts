// `avow answer`: a form of questions answered from a notice, or declined with a fact sheet by a project that is nobody's vendor (clauses.md JP9).
import { answerForm, answerMarkdown, answerText, formatDiagnostic, parseForm } from "@avow/policy";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { CommandFailure } from "../failure.ts";
import { policyOf } from "../notice-files.ts";
import { collected, examples, shippedNotices } from "../options.ts";
import { readPlainFile } from "../plain-files.ts";
import { termsOption, vocabularyWith } from "../term-file.ts";

interface AnswerOptions extends CommonOptions {
  readonly notice: string;
  readonly format: "text" | "markdown";
  readonly date?: string;
  readonly notices?: readonly string[];
  readonly terms?: string;
}

export function addAnswer(program: Command, context: Context): void {
  program
    .command("answer")
    .description("answer a form of questions from a notice, or decline it where the project is nobody's vendor")
    .argument("<form>", "a YAML file that begins with `avow form: 1`")
    .requiredOption("--notice <notice>", "its id, or a notice file")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "markdown"]).default("text"))
    .option("--date <day>", "the day on the letter, e.g. 2026-11-20; default: today", day)
    .option("--notices <dir>", "a directory of notices; repeatable; default: those that come with Avow", collected)
    .option(...termsOption)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nWhat the notice does not say is answered \`unknown\`. Exit 1 where the letter is refused, because the notice\ndeclares what only a vendor has.\n${examples(
        "npm run -s avow -- answer notices/pypi/forms.yaml --notice pypi",
        "npm run -s avow -- answer notices/pypi/forms.yaml --notice jupyter --format markdown",
      )}`,
    )
    .action((form: string, options: AnswerOptions) => answer(context, form, options));
}

function day(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value)))
    throw new InvalidArgumentError("a day is written like 2026-11-20");
  return value;
}

async function answer(context: Context, path: string, options: AnswerOptions): Promise<void> {
  const text = readPlainFile(path, "give a file that begins with `avow form: 1`");
  const { form, diagnostics } = parseForm(text, path);
  if (form === undefined)
    throw new CommandFailure(`\`${path}\` has errors\n${diagnostics.map(formatDiagnostic).join("\n")}`, {
      help: "a question is written `id: { asks: …, about: holds, of: card number }`",
    });
  const vocabulary = vocabularyWith(options.terms);
  const policy = await policyOf(options.notice, options.notices ?? [shippedNotices()], vocabulary);
  const date = options.date ?? new Date(context.nowMs()).toISOString().slice(0, 10);
  const answered = answerForm(policy, form, vocabulary, date);
  if (answered.kind === "refused") context.exitCode = 1;
  report(context, options, answered, options.format === "markdown" ? answerMarkdown(answered) : answerText(answered));
}
