// Files as commands read them: a pipe, a device or a directory is refused in one sentence, because reading one may never end.
import { readFileSync, statSync } from "node:fs";
import { misuse } from "./failure.ts";

/** @throws misuse with `help` for what is not there, no plain file, or may not be read */
export function readPlainFile(path: string, help?: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw misuse(`\`${path}\` does not exist`, help);
  if (!stats.isFile()) throw misuse(`\`${path}\` is no plain file`, help);
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code = "fault" } = error as NodeJS.ErrnoException;
    throw misuse(`\`${path}\` cannot be read (${code})`, help);
  }
}
