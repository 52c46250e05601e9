// The command whole: its sub-commands, and how every mistake ends (0 fine, 1 findings, 2 misuse).
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { addAnswer } from "./commands/answer.ts";
import { addCheck } from "./commands/check.ts";
import { addCompare } from "./commands/compare.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addExplain } from "./commands/explain.ts";
import { addFeatures } from "./commands/features.ts";
import { addGoal } from "./commands/goal.ts";
import { addInit } from "./commands/init.ts";
import { addKey } from "./commands/key.ts";
import { addPublish } from "./commands/publish.ts";
import { addServe } from "./commands/serve.ts";
import { addSite } from "./commands/site.ts";
import { addStatus } from "./commands/status.ts";
import { addSurface } from "./commands/surface.ts";
import { addTelemetry } from "./commands/telemetry.ts";
import { addTypes } from "./commands/types.ts";
import { addVerify } from "./commands/verify.ts";
import { addWhose } from "./commands/whose.ts";
import type { Context } from "./context.ts";
import { CommandFailure, type ExitCode, misuse } from "./failure.ts";

/** In the order people need them. */
const commands = [
  addInit,
  addCheck,
  addCompare,
  addPublish,
  addVerify,
  addServe,
  addSite,
  addKey,
  addGoal,
  addExplain,
  addTypes,
  addTelemetry,
  addFeatures,
  addWhose,
  addAnswer,
  addSurface,
  addStatus,
  addDoctor,
] as const;

/** As wide as the reference page, so that help reads the same everywhere. */
const helpWidth = 100;

export function createProgram(context: Context, isJson = false): Command {
  const program = new Command("avow")
    .description("A privacy notice that runs: publish it, enforce it, measure under it.")
    .version(manifest.version, "--version", "print the version")
    .exitOverride()
    .showSuggestionAfterError()
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => context.terminal.out(text.replace(/\n$/, "")),
      writeErr: (text) => context.terminal.err(text.replace(/\n$/, "")),
      outputError: (text, print) => {
        const error = inOurWords(text);
        if (isJson) context.terminal.out(JSON.stringify({ error }, undefined, 2));
        else print(`avow: ${error}`);
      },
      getOutHelpWidth: () => helpWidth,
      getErrHelpWidth: () => helpWidth,
      getOutHasColors: () => context.terminal.hasColour,
      getErrHasColors: () => context.terminal.hasColour,
    })
    .addHelpText("after", "\nExit codes: 0 fine, 1 findings, 2 misuse. Every command takes --json and --help.");
  for (const add of commands) add(program, context);
  return program;
}

/** Commander's messages as all of ours are: input in backticks, no full stop, the remedy on a line of its own. */
function inOurWords(text: string): string {
  return text
    .replace(/^error: /, "")
    .trimEnd()
    .replace(/\.$/, "")
    .replace(" is invalid. ", " is invalid: ")
    .replaceAll(/'([^']*)'/g, "`$1`")
    .replace(/\n\(Did you mean (one of )?(.*)\?\)$/, (_whole, several: string | undefined, words: string) =>
      several === undefined ? `\n  did you mean \`${words}\`?` : `\n  did you mean one of: ${words}?`,
    );
}

/** A path that cannot be used is the command line's mistake wherever it is met: a link to itself, a file for a folder, a missing right. */
function fileFailure(error: unknown): CommandFailure | undefined {
  const { code, path, syscall } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (code === undefined || path === undefined || syscall === undefined) return undefined;
  return misuse(`\`${path}\` cannot be used (${code})`, "give another path, or mend what stands there");
}

/** Runs one command line (without `node` and the script) to its end. */
export async function run(argv: readonly string[], context: Context): Promise<ExitCode> {
  const isJson = argv.includes("--json");
  try {
    await createProgram(context, isJson).parseAsync([...argv], { from: "user" });
    return context.exitCode;
  } catch (error) {
    // Commander has said it already; its own codes tell only help from mistakes.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const failure = error instanceof CommandFailure ? error : fileFailure(error);
    if (failure === undefined) throw error;
    const { message, help, exitCode } = failure;
    if (isJson)
      context.terminal.out(JSON.stringify({ error: message, ...(help === undefined ? {} : { help }) }, undefined, 2));
    else context.terminal.err(`avow: ${message}${help === undefined ? "" : `\n  ${help}`}`);
    return exitCode;
  }
}
