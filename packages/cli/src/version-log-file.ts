// The version log beside a notice, as commands meet it.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type VersionLog, logName, readVersionLog } from "@avow/policy";
import { CommandFailure } from "./failure.ts";
import { readPlainFile } from "./plain-files.ts";

export function logPathOf(noticePath: string): string {
  return join(dirname(noticePath), logName);
}

export const logHelp = "put back the log as it was published: it is never written by hand";

/** Undefined where there is none. @throws CommandFailure for a file that is no log. */
export function readLogFile(path: string): VersionLog | undefined {
  if (!existsSync(path)) return undefined;
  const { log, faults } = readVersionLog(readPlainFile(path, logHelp));
  if (log !== undefined) return log;
  throw new CommandFailure(`\`${path}\` cannot be read\n  ${faults.join("\n  ")}`, {
    help: logHelp,
  });
}
