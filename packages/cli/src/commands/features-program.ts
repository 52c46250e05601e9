// A program as `avow features` meets it: its table, where its answers are, and what forbids on this machine.
import { existsSync, statSync } from "node:fs";
import { type ProgramFeature, type ProgramTable, nearest, programTable } from "@avow/policy";
import { answersDir, createFileStore, installationPath, installationRule } from "@avow/gate";
import { type ProgramGate, createProgramGate, forbidderOf, longestTable, readTable } from "@avow/gate/program";
import type { CommonOptions, Context } from "../context.ts";
import { misuse } from "../failure.ts";
import { policyOf } from "../notice-files.ts";
import { shippedNotices } from "../options.ts";
import { readPlainFile } from "../plain-files.ts";
import { vocabularyWith } from "../term-file.ts";

/** Where the program, its answers and the machine's file are. */
export interface ProgramOptions extends CommonOptions {
  readonly notices?: readonly string[];
  readonly answers?: string;
  readonly installationFile?: string;
  readonly terms?: string;
}

export interface FoundProgram {
  readonly table: ProgramTable;
  readonly gate: ProgramGate;
  /** Hosts of the program's configuration that were agreed to, by feature: this command does not know the configuration. */
  readonly agreed: ReadonlyMap<string, readonly string[]>;
  /** What forbids the feature itself, if its own answer were yes. */
  readonly forbids: (feature: string) => string | undefined;
}

/** `given`: a table, a notice file, or the id of a notice. `hosts` are what the person names as the configuration's. */
export async function programOf(
  context: Context,
  given: string,
  options: ProgramOptions,
  hosts: Readonly<Record<string, readonly string[]>> = {},
): Promise<FoundProgram> {
  const table = await tableOf(given, options);
  const env = context.env ?? process.env;
  const dir = options.answers ?? answersDir(table.notice, env);
  const report = (aside: string): void =>
    context.terminal.err(`avow: an answer could not be read; it was moved to ${aside} and counts as none`);
  const store = createFileStore({ dir, notice: table.notice, report });
  const agreed = new Map<string, readonly string[]>();
  for (const { id } of table.features) {
    const stored = await store.get(id);
    agreed.set(id, hosts[id] ?? stored?.hosts ?? []);
  }
  const signals = () => ({ env, installation: installationRule(options.installationFile ?? installationPath()) });
  const gate = createProgramGate(table, {
    store,
    signals,
    nowMs: () => context.nowMs(),
    digest: async (text) => (await import("node:crypto")).hash("sha256", text),
    asker: "program",
    configured: Object.fromEntries([...agreed].map(([id, named]) => [id, () => named])),
  });
  return { table, gate, agreed, forbids: (feature) => forbidderOf(signals(), table.notice, feature) };
}

async function tableOf(given: string, options: ProgramOptions): Promise<ProgramTable> {
  if (existsSync(given) && statSync(given).isFile() && given.endsWith(".json")) {
    if (statSync(given).size > longestTable * 4) throw misuse(`\`${given}\` is too long for a table`, anewly);
    const table = readTable(readPlainFile(given));
    if (table === undefined) throw misuse(`\`${given}\` is no table of a program`, anewly);
    return table;
  }
  return programTable(await policyOf(given, options.notices ?? [shippedNotices()], vocabularyWith(options.terms)));
}

const anewly = "write one with: npm run -s avow -- types NOTICE --out notice.ts --table notice.json";

/** @throws misuse with the nearest id */
export function featureNamed(table: ProgramTable, id: string): ProgramFeature {
  const found = table.features.find((each) => each.id === id);
  if (found !== undefined) return found;
  const ids = table.features.map((each) => each.id);
  const near = nearest(id, ids);
  const help = near === undefined ? `it declares ${ids.join(", ") || "none"}` : `did you mean \`${near}\`?`;
  throw misuse(`${table.notice} declares no feature \`${id}\``, help);
}
