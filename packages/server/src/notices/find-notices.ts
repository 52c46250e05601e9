// Which notice files a server serves: every `*/notice.yaml` of its directories, and Avow's own always.
import { readdir, realpath } from "node:fs/promises";
import { join, sep } from "node:path";

/** Avow's own notice, which speaks for the installation itself; beside this package in source and in dist alike. */
const ownNotice = join(import.meta.dirname, "../../../../notices/avow/notice.yaml");

/** Paths in the order of the directories, each file once; a directory that does not exist yet holds none. */
export async function findNotices(dirs: readonly string[]): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const dir of dirs) {
    for (const name of (await readdir(dir).catch(() => [])).toSorted()) {
      const path = join(dir, name, "notice.yaml");
      const real = await realpath(path).catch(() => undefined);
      if (real !== undefined && !found.has(real)) found.set(real, path);
    }
  }
  const own = await realpath(ownNotice).catch(() => undefined);
  if (own !== undefined && !found.has(own)) found.set(own, own);
  return [...found.values()];
}

/** Whether the command finds the notice without being told where: those that come with Avow. */
export function isShipped(path: string): boolean {
  return path.startsWith(join(ownNotice, "../..") + sep);
}

export function isOwnNotice(path: string): boolean {
  return path === ownNotice;
}
