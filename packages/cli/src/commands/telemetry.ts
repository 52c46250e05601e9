// `avow telemetry build`: schemas, declaration and notice to the one file that client and collector run by; and what a program is shown of its own telemetry.
import { writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { type Diagnostic, formatDiagnostic } from "@avow/policy";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { policyOf } from "../notice-files.ts";
import { collected, examples, shippedNotices } from "../options.ts";
import { readPlainFile } from "../plain-files.ts";
import { type TelemetryBuild, compileTelemetry } from "../telemetry/compile-telemetry.ts";
import { type Reading } from "../telemetry/placed-value.ts";
import { readDeclaration } from "../telemetry/read-declaration.ts";
import { telemetryTypes } from "../telemetry/telemetry-types.ts";
import { termsOption, vocabularyWith } from "../term-file.ts";

interface BuildOptions extends CommonOptions {
  readonly notice?: string;
  readonly notices?: readonly string[];
  readonly terms?: string;
  readonly out?: string;
  readonly table?: string;
  readonly types?: string;
  readonly check?: boolean;
}

export function addTelemetry(program: Command, context: Context): void {
  const telemetry = program
    .command("telemetry")
    .description("what a program tells of its own use: declared, shown, sent, deleted");
  telemetry
    .command("build")
    .description("compile event schemas and their declaration, bound to a notice, for client and collector")
    .argument("<declaration>", "the declaration; schemas stand where it says")
    .option("--out <file>", "write the compiled telemetry there; default: only say what is wrong")
    .option("--table <file>", "also write the notice's features, for the gate inside the program")
    .option("--types <file>", "also write TypeScript types of the events")
    .option("--check", "write nothing; exit 1 where a file is not what would be written")
    .option("--notice <notice>", "the notice, by its id or file; default: the one the declaration names")
    .option("--notices <dir>", "a directory of notices; repeatable; default: those that come with Avow", collected)
    .option(...termsOption)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nExit 0 where it is sound, 1 where there are errors or warnings.\n${examples(
        "npm run -s avow -- telemetry build telemetry.yaml",
        "npm run -s avow -- telemetry build telemetry.yaml --out telemetry.json --table notice.json --types events.ts",
        "npm run -s avow -- telemetry build telemetry.yaml --out telemetry.json --check",
      )}`,
    )
    .action((declaration: string, options: BuildOptions) => build(context, declaration, options));
}

async function build(context: Context, path: string, options: BuildOptions): Promise<void> {
  const { compiled, table, diagnostics } = await built(context, path, options);
  if (diagnostics.length > 0) context.exitCode = 1;
  const lines = diagnostics.map((each) =>
    formatDiagnostic({ ...each, path: relative(process.cwd(), resolve(each.path)) }),
  );
  if (compiled === undefined) {
    report(context, options, { isSound: false, diagnostics }, [...lines, summary(diagnostics)].join("\n"));
    return;
  }
  const files: (readonly [string | undefined, string])[] = [
    [options.out, `${JSON.stringify(compiled, undefined, 2)}\n`],
    [options.table, `${JSON.stringify(table, undefined, 2)}\n`],
    [options.types, telemetryTypes(compiled)],
  ];
  const stale: string[] = [];
  for (const [file, text] of files) {
    if (file === undefined) continue;
    if (options.check !== true) write(file, text);
    else if (readPlainFile(file, "write it first, without --check") !== text) stale.push(file);
  }
  if (stale.length > 0) context.exitCode = 1;
  const { telemetry, notice, version, events, openDays, least } = compiled;
  const result = { isSound: true, telemetry, notice, version, events: Object.keys(events), stale, diagnostics };
  const count = Object.keys(events).length;
  const says = `${telemetry}: ${count} event${count === 1 ? "" : "s"} under ${notice}, open for ${openDays} days, counted in groups of at least ${least}`;
  const old = stale.map((file) => `\`${file}\` is not what would be written now`);
  report(context, options, result, [...lines, ...old, says].join("\n"));
}

async function built(context: Context, path: string, options: BuildOptions): Promise<TelemetryBuild> {
  const reading: Reading = { path, diagnostics: [] };
  const declaration = readDeclaration(reading, readPlainFile(path, "give a declaration of telemetry"));
  if (declaration === undefined) return { diagnostics: reading.diagnostics };
  const given = options.notice ?? declaration.notice;
  if (given === "") return { diagnostics: reading.diagnostics };
  const policy = await policyOf(given, options.notices ?? [shippedNotices()], vocabularyWith(options.terms));
  const dir = dirname(path);
  const readText = (schema: string): { readonly path: string; readonly text: string } => {
    const found = resolve(dir, schema);
    if (relative(dir, found).startsWith(".."))
      throw misuse(`\`${schema}\` is not beside the declaration`, "keep schemas in its directory or below");
    return { path: found, text: readPlainFile(found, "a schema of the declaration") };
  };
  const today = new Date(context.nowMs()).toISOString().slice(0, 10);
  return compileTelemetry({ reading, declaration, policy, readText, today });
}

function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  return `nothing was written: ${errors} error${errors === 1 ? "" : "s"}`;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new CommandFailure(`\`${path}\` cannot be written`, {
      help: "give a file in a directory that exists",
      exitCode: 2,
      cause,
    });
  }
}
