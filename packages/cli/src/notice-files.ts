// Notice files as the command meets them: found in directories, read with their parents, chosen by id.
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, basename, resolve } from "node:path";
import {
  type Diagnostic,
  type LoadOptions,
  type Policy,
  type Vocabulary,
  formatDiagnostic,
  loadNotice,
  nearest,
  standardVocabulary,
} from "@avow/policy";
import { CommandFailure, misuse } from "./failure.ts";
import { readPlainFile } from "./plain-files.ts";

export interface NoticeFile {
  readonly path: string;
  /** What the file calls itself, else the name of its folder. */
  readonly id: string;
  /** Absent when there are errors. */
  readonly policy?: Policy;
  readonly diagnostics: readonly Diagnostic[];
}

/** The notice files of a path: itself, its own `notice.yaml`, or those one level below. @throws misuse when there is none. */
export function noticePaths(path: string): readonly string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw misuse(`\`${path}\` does not exist`, "give a notice file or a directory of notices");
  if (stats.isFile()) return [path];
  if (!stats.isDirectory()) throw misuse(`\`${path}\` is neither a file nor a directory`, "give a notice file");
  const own = join(path, "notice.yaml");
  const found = existsSync(own) ? [own] : noticesBelow(path);
  if (found.length === 0)
    throw misuse(
      `no notice in \`${path}\``,
      `write one with: npm run -s avow -- init my.example --id my --notices ${path}`,
    );
  return found;
}

/** A notice file itself, or `DIR/notice.yaml` and `DIR/*\/notice.yaml`; nothing for a directory that does not exist. */
export function noticesBelow(dir: string): readonly string[] {
  if (!existsSync(dir)) return [];
  if (statSync(dir).isFile()) return [dir];
  return ["", ...namesIn(dir).toSorted()]
    .map((name) => join(dir, name, "notice.yaml"))
    .filter((path) => existsSync(path));
}

/** The notice files of all these. @throws misuse where there is none: an answer from nothing would read as a true one. */
export function someNoticesBelow(dirs: readonly string[]): readonly string[] {
  const paths = dirs.flatMap((dir) => noticesBelow(dir));
  if (paths.length === 0)
    throw misuse(
      `no notice in ${dirs.map((dir) => `\`${dir}\``).join(", ")}`,
      "name a directory of notices with --notices",
    );
  return paths;
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch (cause) {
    const { code = "fault" } = cause as NodeJS.ErrnoException;
    throw misuse(`\`${dir}\` cannot be read as a directory of notices (${code})`, "give one that this user may read");
  }
}

/** `nowMs` lets the check say which vouchers have run out. */
export async function readNotice(
  path: string,
  nowMs?: number,
  vocabulary: Vocabulary = standardVocabulary,
): Promise<NoticeFile> {
  const options: LoadOptions = {
    vocabulary,
    ...(nowMs === undefined ? {} : { today: new Date(nowMs).toISOString().slice(0, 10) }),
  };
  const { policy, notice, diagnostics } = await loadNotice(path, readPlainFile, options);
  const id = notice?.id ?? basename(dirname(path));
  return { path, id, diagnostics, ...(policy === undefined ? {} : { policy }) };
}

/** What an answer leaves out, so that it does not read as if it had looked everywhere. */
export function unsoundText(read: readonly NoticeFile[]): readonly string[] {
  return read
    .filter(hasErrors)
    .map(
      ({ path }) => `not looked at, because it has errors: ${path}; see them with: npm run -s avow -- check ${path}`,
    );
}

export function errorsOf(notice: NoticeFile): readonly Diagnostic[] {
  return notice.diagnostics.filter(({ severity }) => severity === "error");
}

/** A notice with errors has no policy: there is nothing to serve or to decide by. */
export function hasErrors(notice: NoticeFile): boolean {
  return notice.policy === undefined;
}

/**
 * The notice with this id, from the first directory that has it.
 * @throws CommandFailure with the nearest id, or with the errors of the file.
 */
export async function noticeById(
  id: string,
  dirs: readonly string[],
  vocabulary: Vocabulary = standardVocabulary,
): Promise<NoticeFile & { readonly policy: Policy }> {
  const paths = [...new Set(dirs.map((dir) => resolve(dir)))].flatMap((dir) => noticesBelow(dir));
  const read = await Promise.all(paths.map((path) => readNotice(path, undefined, vocabulary)));
  const found = read.find((notice) => notice.id === id);
  if (found === undefined) {
    const near = nearest(
      id,
      read.map((notice) => notice.id),
    );
    throw new CommandFailure(`no notice \`${id}\` in ${dirs.map((dir) => `\`${dir}\``).join(", ")}`, {
      help:
        near === undefined
          ? "name the directory it is in with --notices"
          : `did you mean \`${near}\`? another directory is named with --notices`,
    });
  }
  if (found.policy === undefined) {
    throw new CommandFailure(`notice \`${id}\` has errors\n${errorsOf(found).map(formatDiagnostic).join("\n")}`, {
      help: `correct them, then run: npm run -s avow -- check ${found.path}`,
    });
  }
  return { ...found, policy: found.policy };
}

/** The policy of a notice file, or of the notice with this id. @throws CommandFailure when there is none that is sound. */
export async function policyOf(given: string, dirs: readonly string[], vocabulary: Vocabulary): Promise<Policy> {
  if (!existsSync(given)) return (await noticeById(given, dirs, vocabulary)).policy;
  const [path = given] = noticePaths(given);
  const notice = await readNotice(path, undefined, vocabulary);
  if (notice.policy !== undefined) return notice.policy;
  throw new CommandFailure(`\`${path}\` has errors`, { help: `see them with: npm run -s avow -- check ${path}` });
}
