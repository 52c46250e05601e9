// `avow doctor`: what on this machine could break a promise of the notices, and how to put it right.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Vocabulary } from "@avow/policy";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { diskOf, lookAtFilesystem, lookAtPermissions, lookAtRoom, newestFileMs } from "../doctor/data-dir.ts";
import type { Finding } from "../doctor/finding.ts";
import { lookAtClock, lookAtCoreDumps, lookAtNode, lookAtSwap, readKernel } from "../doctor/machine.ts";
import { misuse } from "../failure.ts";
import { hasErrors, noticesBelow, readNotice } from "../notice-files.ts";
import { collected, defaultData, examples, shippedNotices } from "../options.ts";
import { termsOption, vocabularyWith } from "../term-file.ts";
import { aligned, painted } from "../terminal.ts";

interface DoctorOptions extends CommonOptions {
  readonly data: string;
  readonly notices?: readonly string[];
  readonly terms?: string;
}

export function addDoctor(program: Command, context: Context): void {
  program
    .command("doctor")
    .description("look for what on this machine could break a promise: swap, core dumps, clock, disk, permissions")
    .option("--data <dir>", "data directory of the server", defaultData)
    .option("--notices <dir>", "a directory of notices; repeatable; default: those that come with Avow", collected)
    .option(...termsOption)
    .option("--json", "print JSON")
    .addHelpText("after", examples("npm run -s avow -- doctor --data ./data"))
    .action((options: DoctorOptions) => doctor(context, options));
}

async function doctor(context: Context, options: DoctorOptions): Promise<void> {
  const dir = resolve(options.data);
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() === false)
    throw misuse(`\`${dir}\` is no directory`, "give the data directory of the server with --data");
  const vocabulary = vocabularyWith(options.terms);
  const disk = diskOf(dir);
  const looks: readonly Finding[] = [
    lookAtNode(process.versions.node),
    lookAtSwap(readKernel),
    lookAtCoreDumps(readKernel),
    lookAtClock(context.nowMs(), newestFileMs(dir), readKernel),
    lookAtRoom(disk),
    lookAtFilesystem(disk),
    lookAtPermissions(dir),
    ...(await Promise.all((options.notices ?? [shippedNotices()]).map((each) => lookAtNotices(each, vocabulary)))),
  ];
  const findings = looks.filter(({ state }) => state === "finding").length;
  if (findings > 0) context.exitCode = 1;
  report(context, options, { findings, looks }, text(context, looks, findings));
}

async function lookAtNotices(dir: string, vocabulary: Vocabulary): Promise<Finding> {
  const read = await Promise.all(noticesBelow(dir).map((path) => readNotice(path, undefined, vocabulary)));
  const broken = read.filter(hasErrors);
  const says = read.length === 1 ? "1 notice" : `${read.length} notices`;
  if (broken.length === 0) return { look: "notices", state: "ok", says: `${says} in ${dir}` };
  const which = broken.map(({ path }) => path).join(", ");
  return {
    look: "notices",
    state: "finding",
    says: `${broken.length} of ${says} with errors`,
    remedy: `npm run -s avow -- check ${which}`,
  };
}

const colours = { ok: "green", note: "yellow", finding: "red" } as const;

function text(context: Context, looks: readonly Finding[], findings: number): string {
  const lines = aligned(looks.map(({ look, state, says }) => [state, look, says])).split("\n");
  const withRemedies = looks.flatMap(({ state, remedy }, at) => {
    const line = (lines[at] ?? "").replace(state, painted(context.terminal, colours[state], state));
    return remedy === undefined ? [line] : [line, `         to put it right: ${remedy}`];
  });
  const sum = findings === 0 ? "nothing to put right" : `${findings} to put right`;
  return [...withRemedies, sum].join("\n");
}
