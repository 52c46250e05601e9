// The records of an installation, opened beside a running server and closed again.
import { existsSync, rmSync, rmdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Vocabulary } from "@avow/policy";
import { type Records, openRecords } from "@avow/store";
import { CommandFailure } from "./failure.ts";
import { shippedNotices } from "./options.ts";
import { vocabularyWith } from "./term-file.ts";

/** Where the server was last reached, for links that commands print. */
export const publicUrlSetting = "public url";
export const defaultUrl = "http://localhost:8000";

/** @throws CommandFailure where there is no installation, or its directory cannot be used. */
export async function withRecords<T>(dataDir: string, work: (records: Records) => Promise<T>): Promise<T> {
  const dir = resolve(dataDir);
  if (!existsSync(join(dir, "records.sqlite"))) {
    throw new CommandFailure(`no installation in \`${dir}\``, {
      help: "give the directory the server uses with --data; the first `avow site add` or `avow serve` makes it",
    });
  }
  return withNewRecords(dir, work);
}

/** The same, making the installation where there is none; work that fails leaves none behind. */
export async function withNewRecords<T>(dataDir: string, work: (records: Records) => Promise<T>): Promise<T> {
  const dir = resolve(dataDir);
  const hadRecords = existsSync(join(dir, "records.sqlite"));
  const made = missingUpTo(dir);
  const records = await opened(dir);
  let isDone = false;
  try {
    const result = await work(records);
    isDone = true;
    return result;
  } finally {
    await records.close();
    if (!isDone && !hadRecords) {
      for (const end of ["", "-wal", "-shm"]) rmSync(join(dir, `records.sqlite${end}`), { force: true });
      for (const each of made) rmdirSync(each);
    }
  }
}

/** The directories that will have to be made for this one, itself first. */
function missingUpTo(dir: string): readonly string[] {
  return existsSync(dir) ? [] : [dir, ...missingUpTo(dirname(dir))];
}

async function opened(dir: string): Promise<Records> {
  try {
    return await openRecords({ dir });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === "EACCES" || code === "EROFS" || code === "ENOTDIR" || code === "EEXIST"
        ? `\`${dir}\` cannot be used (${code})`
        : message;
    throw new CommandFailure(why, {
      // A file where a directory is needed is the command line's mistake; a lock or a right is the machine's.
      exitCode: code === "ENOTDIR" || code === "EEXIST" ? 2 : 1,
      help: "give the directory the server uses with --data, as the user it runs as",
      cause: error,
    });
  }
}

/** The words notices are read in: those of the file that is given, else of the one the server was started with. */
export async function servedVocabulary(records: Records, given?: string): Promise<Vocabulary> {
  if (given !== undefined) return vocabularyWith(given);
  const { termsFileSetting } = await import("@avow/server");
  const path = await records.setting(termsFileSetting);
  return vocabularyWith(path === "" ? undefined : path);
}

/** Where notices are looked for: what the server was started with, what the command line adds, what came with Avow. */
export async function noticeDirs(records: Records, given: readonly string[] = []): Promise<readonly string[]> {
  const { noticeDirsSetting } = await import("@avow/server");
  const recorded: unknown = JSON.parse((await records.setting(noticeDirsSetting)) ?? "[]");
  const served = Array.isArray(recorded) ? recorded.filter((each) => typeof each === "string") : [];
  return [...new Set([...served, ...given.map((dir) => resolve(dir)), shippedNotices()])];
}
