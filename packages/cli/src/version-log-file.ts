// The version log beside a notice, as commands meet it.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type VersionLog, logName, readVersionLog } from "@avow/policy";
import { CommandFailure } from "./failure.ts";

export function logPathOf(noticePath: string): string {
  return join(dirname(noticePath), logName);
}

/** Undefined where there is none. @throws CommandFailure for a file that is no log. */
export function readLogFile(path: string): VersionLog | undefined {
  if (!existsSync(path)) return undefined;
  const { log, faults } = readVersionLog(readFileSync(path, "utf8"));
  if (log !== undefined) return log;
  throw new CommandFailure(`\`${path}\` cannot be read\n  ${faults.join("\n  ")}`, {
    help: "put back the log as it was published: it is never written by hand",
  });
}
