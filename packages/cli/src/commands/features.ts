// `avow features`: what a program asks for, what was answered, and what this machine forbids (clauses.md JL3, JL4).
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { collected, examples } from "../options.ts";
import { termsOption } from "../term-file.ts";
import { type AnswerOptions, answerFeature, withdrawFeature } from "./features-answer.ts";
import { type InstallationOptions, disableFeature, enableFeature } from "./features-installation.ts";
import { listFeatures } from "./features-list.ts";
import type { ProgramOptions } from "./features-program.ts";

export function addFeatures(program: Command, context: Context): void {
  const features = program
    .command("features")
    .description("what a program asks for: see it, answer it, forbid it for a machine");
  ofProgram(features.command("list", { isDefault: true }))
    .description("list a program's features: their state and why, what they would send and to whom")
    .addHelpText(
      "after",
      examples(
        "npm run -s avow -- features jupyterlab",
        "npm run -s avow -- features list examples/lab/table.json --json",
      ),
    )
    .action((given: string, options: ProgramOptions) => listFeatures(context, given, options));
  addAnswering(features, context);
  addForbidding(features, context);
}

function addAnswering(features: Command, context: Context): void {
  ofProgram(features.command("answer"))
    .description("answer for yourself, as in the program's own settings")
    .argument("<feature>", "its id")
    .argument("<answer>", "yes or no")
    .option("--host <host>", "a host of the program's configuration that you agree to; repeatable", collected)
    .addHelpText(
      "after",
      `\nExit 0 where it holds, 1 where it is kept and something still forbids.\n${examples(
        "npm run -s avow -- features answer jupyterlab announcements yes",
        "npm run -s avow -- features answer jupyterlab extension-manager yes --host registry.exam.example",
      )}`,
    )
    .action((given: string, feature: string, answer: string, options: AnswerOptions) =>
      answerFeature(context, { given, feature, answer }, options),
    );
  ofProgram(features.command("withdraw"))
    .description("say no to a feature, and so to all that are within it")
    .argument("<feature>", "its id")
    .addHelpText("after", examples("npm run -s avow -- features withdraw jupyterlab announcements"))
    .action((given: string, feature: string, options: ProgramOptions) =>
      withdrawFeature(context, given, feature, options),
    );
}

function addForbidding(features: Command, context: Context): void {
  ofMachine(features.command("disable"))
    .description("turn features off for everybody on this machine; no answer of theirs lifts it")
    .addHelpText(
      "after",
      examples(
        "npm run -s avow -- features disable jupyterlab announcements --installation",
        "npm run -s avow -- features disable jupyterlab --all --installation",
      ),
    )
    .action((given: string, feature: string | undefined, options: InstallationOptions) =>
      disableFeature(context, given, feature, options),
    );
  ofMachine(features.command("enable"))
    .description("lift what `disable` wrote: people are asked again, and nobody is answered for")
    .addHelpText(
      "after",
      `\nExit 1 where something else still forbids.\n${examples(
        "npm run -s avow -- features enable jupyterlab announcements --installation",
        "npm run -s avow -- features enable jupyterlab --all --installation",
      )}`,
    )
    .action((given: string, feature: string | undefined, options: InstallationOptions) =>
      enableFeature(context, given, feature, options),
    );
}

function ofMachine(command: Command): Command {
  return ofProgram(command)
    .argument("[feature]", "its id")
    .option("--all", "all features of the program, those it will have too")
    .option("--installation", "for everybody on this machine; needs the right to write its file");
}

function ofProgram(command: Command): Command {
  return command
    .argument("<program>", "its table (JSON), its notice's file, or the id of its notice")
    .option("--answers <dir>", "where it keeps your answers; default: below your configuration directory")
    .option("--installation-file <file>", "of another installation, e.g. of an image that is being built")
    .option("--notices <dir>", "a directory of notices; repeatable; default: those that come with Avow", collected)
    .option(...termsOption)
    .option("--json", "print JSON");
}
