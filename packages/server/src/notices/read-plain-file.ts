// Files a server reads at its start: a pipe or a device, whose reading may never end, is refused before it is opened.
import { readFile, stat } from "node:fs/promises";

/** @throws whatever keeps it from being read */
export async function readPlainFile(path: string): Promise<Buffer> {
  if (!(await stat(path)).isFile()) throw new Error("not a plain file");
  return readFile(path);
}

/** The same as UTF-8 text. */
export async function readPlainText(path: string): Promise<string> {
  return (await readPlainFile(path)).toString("utf8");
}
