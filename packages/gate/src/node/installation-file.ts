// What whoever runs the machine turned off for everybody on it: no user's setting lifts it (clauses.md JL3, JL4).
import { readFileSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import { type InstallationRule, readInstallation } from "../program/index.ts";

/** INVARIANT: named by nothing a user can set, or a variable would lift it. */
export function installationPath(): string {
  if (platform() === "win32") return join("C:\\ProgramData", "avow", "features.json");
  return platform() === "darwin" ? "/Library/Application Support/avow/features.json" : "/etc/avow/features.json";
}

/** A file that is there and cannot be read turns everything off. */
export function installationRule(path = installationPath()): InstallationRule {
  try {
    return readInstallation(readFileSync(path, "utf8"));
  } catch (error) {
    const isMissing =
      error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
    return isMissing ? readInstallation(undefined) : { isOff: () => true };
  }
}
