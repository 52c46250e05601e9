// Answers as small files of the person's own configuration directory: one a feature, replaced as a whole (XDG Base Directory; clauses.md JL3).
import { chmod, mkdir, open, rename, rm } from "node:fs/promises";
import { constants } from "node:fs";
import { homedir, platform } from "node:os";
import { isAbsolute, join } from "node:path";
import { randomUUID } from "node:crypto";
import { type AnswerStore, longestAnswer, readAnswer } from "../program/index.ts";

/** Where this person's programs keep their settings. Relative paths in the variable count for nothing, as the specification has it. */
export function answersDir(notice: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  const given = env["XDG_CONFIG_HOME"];
  const base = given !== undefined && isAbsolute(given) ? given : platformDir(env);
  return join(base, "avow", fileName(notice));
}

function platformDir(env: Readonly<Record<string, string | undefined>>): string {
  if (platform() === "win32") return env["APPDATA"] ?? join(homedir(), "AppData", "Roaming");
  if (platform() === "darwin") return join(homedir(), "Library", "Application Support");
  return join(homedir(), ".config");
}

/** Ids are lower-case words with hyphens; anything else cannot name a place outside the directory. */
function fileName(id: string): string {
  return encodeURIComponent(id).replaceAll(".", "%2E");
}

export interface FileStoreOptions {
  readonly dir: string;
  readonly notice: string;
  /** Told when a damaged file was set aside, with where it is now. */
  readonly report?: (aside: string) => void;
}

export function createFileStore({ dir, notice, report }: FileStoreOptions): AnswerStore {
  const pathOf = (feature: string): string => join(dir, `${fileName(feature)}.json`);
  return {
    get: async (feature) => {
      const path = pathOf(feature);
      const text = await readSmall(path);
      if (text === undefined) return undefined;
      const answer = readAnswer(text, notice, feature);
      if (answer !== undefined) return answer;
      const aside = `${path}.damaged`;
      await rename(path, aside).then(
        () => report?.(aside),
        () => undefined,
      );
      return undefined;
    },
    put: async (answer) => {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const path = pathOf(answer.feature);
      // A name of its own: two processes may answer at once, and the file is one answer or the other.
      const made = `${path}.${randomUUID()}`;
      try {
        const file = await open(made, "wx", 0o600);
        try {
          await file.writeFile(`${JSON.stringify(answer)}\n`);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(made, path);
        await chmod(path, 0o600);
      } catch (error) {
        await rm(made, { force: true });
        throw error;
      }
    },
  };
}

/** Undefined where there is none. What is no plain small file is damaged: an empty text. */
async function readSmall(path: string): Promise<string | undefined> {
  let file;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > longestAnswer) return "";
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
