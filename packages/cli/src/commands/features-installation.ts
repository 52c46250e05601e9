// `avow features disable` and `enable`: the file with which a machine forbids, for everybody on it, and grants nothing (clauses.md JL3, JL4).
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname } from "node:path";
import { installationPath } from "@avow/gate";
import { type Context, report } from "../context.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { readPlainFile } from "../plain-files.ts";
import { type ProgramOptions, featureNamed, programOf } from "./features-program.ts";

export interface InstallationOptions extends ProgramOptions {
  readonly all?: boolean;
  readonly installation?: boolean;
}

type Rules = Record<string, "all" | readonly string[]>;

export async function disableFeature(
  context: Context,
  given: string,
  feature: string | undefined,
  options: InstallationOptions,
): Promise<void> {
  const { notice, path, rules } = await asked(context, given, feature, options, "withdraw");
  const found = rules[notice];
  const off = feature === undefined || found === "all" ? "all" : [...new Set([...(found ?? []), feature])].toSorted();
  writeRules(path, { ...rules, [notice]: off });
  const what = feature === undefined ? `all features of ${notice}` : `\`${feature}\` of ${notice}`;
  report(context, options, { notice, path, off }, `${what} off for everybody on this machine\nwritten to ${path}`);
}

export async function enableFeature(
  context: Context,
  given: string,
  feature: string | undefined,
  options: InstallationOptions,
): Promise<void> {
  const { notice, path, rules } = await asked(context, given, feature, options, "answer");
  const found = rules[notice] ?? [];
  if (feature !== undefined && found === "all")
    throw new CommandFailure(`all features of ${notice} are off, those to come too`, {
      help: "lift it with --all, then disable what is to stay off",
    });
  const rest = feature === undefined || found === "all" ? [] : found.filter((each) => each !== feature);
  const { [notice]: _lifted, ...others } = rules;
  writeRules(path, rest.length === 0 ? others : { ...others, [notice]: rest });
  // The variable, or a feature it is within, may forbid all the same.
  const { table, forbids } = await programOf(context, given, options);
  const lifted = feature === undefined ? table.features.map(({ id }) => id) : [feature];
  const still = lifted.flatMap((id) => {
    const by = forbids(id);
    return by === undefined ? [] : [{ feature: id, by }];
  });
  if (still.length > 0) context.exitCode = 1;
  const what = feature === undefined ? `features of ${notice}` : `\`${feature}\` of ${notice}`;
  const lines = [
    `${what} no longer off for everybody; people's own answers hold, and nobody was answered for`,
    `written to ${path}`,
    ...still.map((each) => `\`${each.feature}\` is still forbidden by ${each.by}`),
  ];
  report(context, options, { notice, path, off: rest, still }, lines.join("\n"));
}

interface Asked {
  readonly notice: string;
  readonly path: string;
  readonly rules: Rules;
}

async function asked(
  context: Context,
  given: string,
  feature: string | undefined,
  options: InstallationOptions,
  forOneself: "withdraw" | "answer",
): Promise<Asked> {
  if (options.installation !== true)
    throw misuse(
      "this is for everybody on the machine",
      `say so with --installation; for yourself: npm run -s avow -- features ${forOneself}`,
    );
  if ((feature === undefined) === (options.all !== true)) throw misuse("name one feature, or say --all");
  const { table } = await programOf(context, given, options);
  if (feature !== undefined) featureNamed(table, feature);
  const path = options.installationFile ?? installationPath();
  return { notice: table.notice, path, rules: rulesOf(path) };
}

/** @throws where the file says what we cannot keep: everything is off then, and whoever wrote it should say what was meant. */
function rulesOf(path: string): Rules {
  if (!existsSync(path)) return {};
  try {
    const value: unknown = JSON.parse(readPlainFile(path));
    if (isRules(value)) return value;
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
  }
  throw new CommandFailure(`\`${path}\` cannot be read, and so everything is off for everybody`, {
    help: 'mend it by hand: { "NOTICE": "all", "OTHER": ["FEATURE"] }, or remove it',
  });
}

function isRules(value: unknown): value is Rules {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (each) => each === "all" || (Array.isArray(each) && each.every((one) => typeof one === "string")),
  );
}

/** Whole or not at all: half a file would turn everything off. Everybody may read it. */
function writeRules(path: string, rules: Rules): void {
  const made = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(made, `${JSON.stringify(rules, undefined, 2)}\n`, { flag: "wx", flush: true });
    chmodSync(made, 0o644);
    renameSync(made, path);
  } catch (cause) {
    rmSync(made, { force: true });
    const { code = "fault" } = cause as NodeJS.ErrnoException;
    throw new CommandFailure(`\`${path}\` cannot be written (${code})`, {
      help: "run it as who administers the machine",
      cause,
    });
  }
}
