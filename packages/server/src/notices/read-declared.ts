// What the version log beside a notice says: of a material change, and of the version before one whose day has not come.
import { dirname, join } from "node:path";
import { type VersionLog, logName, policyAt, readVersionLog, vocabularyAt } from "@avow/policy";
import { readPlainText } from "./read-plain-file.ts";
import type { Declared, Former } from "./in-force.ts";

/** `noticePath` is the notice's file; the log stands beside it. One that cannot be read declares nothing. */
export async function readDeclared(noticePath: string, version: string): Promise<Declared | undefined> {
  const entry = (await logBeside(noticePath))?.log.findLast((each) => each.version === version);
  return entry?.material === undefined ? undefined : { effective: entry.material.effective };
}

/**
 * For a notice never served here: by its log the version in force on `today` (ISO day, UTC), where that is another than `version`.
 * `unknown`: another one is in force, and the log does not have it whole.
 */
export async function inForceByLog(
  noticePath: string,
  version: string,
  today: string,
): Promise<Former | "unknown" | undefined> {
  const log = await logBeside(noticePath);
  const at = log?.log.findLastIndex((each) => each.version === version) ?? -1;
  if (log === undefined || at < 0 || hasCome(log, at, today)) return undefined;
  const stands = log.log.slice(0, at).findLast((_, index) => hasCome(log, index, today));
  const policy = stands === undefined ? undefined : policyAt(log, stands.version);
  const vocabulary = policy === undefined ? undefined : vocabularyAt(log, policy);
  return policy === undefined || vocabulary === undefined ? "unknown" : { policy, vocabulary };
}

function hasCome({ log }: VersionLog, index: number, today: string): boolean {
  const effective = log[index]?.material?.effective;
  return effective === undefined || effective <= today;
}

async function logBeside(noticePath: string): Promise<VersionLog | undefined> {
  try {
    return readVersionLog(await readPlainText(join(dirname(noticePath), logName))).log;
  } catch {
    return undefined;
  }
}
