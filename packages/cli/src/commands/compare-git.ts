// Files as they stood at a git revision, read by git itself: never a shell, nothing fetched, nothing run by the repository.
import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { CommandFailure, misuse } from "../failure.ts";

export interface Revision {
  /** As it was asked for. */
  readonly name: string;
  /** The commit's full hash. */
  readonly commit: string;
  /** A file's path inside the repository, with `/`. @throws misuse when it lies outside. */
  pathOf(file: string): Promise<string>;
  /** Its text then; undefined when it did not exist. `path` is inside the repository. */
  read(path: string): Promise<string | undefined>;
  /** Paths of the notices that stood in this directory then: its own, or those one level below. */
  noticesIn(path: string): Promise<readonly string[]>;
}

/** Bytes: no notice is as long, and no listing of a directory of them. */
const mostBytes = 8_000_000;
const mostMs = 20_000;
const longestName = 250;

/** @throws misuse when there is no git, no repository, or no such revision. */
export async function revisionAt(name: string, dir: string): Promise<Revision> {
  // oxlint-disable-next-line no-control-regex -- controls are what this looks for
  if (name === "" || name.startsWith("-") || name.length > longestName || /[\u0000-\u001F\u007F]/.test(name))
    throw misuse(`\`${shown(name)}\` is no revision`, "give a branch, a tag or a commit, for example origin/main");
  const root = await rootOf(dir);
  const found = await git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`);
  const commit = found.out.trim();
  if (found.code !== 0 || !/^[0-9a-f]{40,64}$/.test(commit))
    throw misuse(
      `\`${name}\` is no revision of this repository`,
      "give a branch, a tag or a commit; what is not here yet comes with: git fetch",
    );
  return {
    name,
    commit,
    pathOf: (file) => pathIn(root, file),
    read: (path) => readAt(root, commit, path),
    noticesIn: (path) => noticesAt(root, commit, path),
  };
}

async function rootOf(dir: string): Promise<string> {
  const { code, out, err } = await git(dir, "rev-parse", "--show-toplevel");
  if (code === 0 && out.trim() !== "") return out.replace(/\r?\n$/, "");
  const [reason = ""] = err.split("\n");
  throw /not a git repository/i.test(reason) || reason === ""
    ? misuse(`\`${dir}\` is in no git repository`, "compare two files instead: avow compare OLD NEW")
    : misuse(`git cannot read \`${dir}\`: ${reason.replace(/^fatal: /, "").replace(/\.$/, "")}`);
}

async function pathIn(root: string, file: string): Promise<string> {
  const path = relative(await realpath(root), join(await realpath(dirname(file)), basename(file)));
  if (path.startsWith("..") || path === "") throw misuse(`\`${file}\` is outside the repository`);
  return path.split(sep).join("/");
}

/** A path that leaves the repository names nothing in it. */
function isInside(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !path.split("/").includes("..");
}

async function readAt(root: string, commit: string, path: string): Promise<string | undefined> {
  if (!isInside(path)) return undefined;
  const named = await git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}:${path}`);
  const blob = named.out.trim();
  if (named.code !== 0 || !/^[0-9a-f]{40,64}$/.test(blob)) return undefined;
  const { code, out } = await git(root, "cat-file", "blob", blob);
  if (code !== 0)
    throw new CommandFailure(`\`${path}\` cannot be read at ${commit.slice(0, 12)}`, {
      exitCode: 2,
      help: "a shallow or partial clone may lack it: git fetch --unshallow",
    });
  return out;
}

async function noticesAt(root: string, commit: string, path: string): Promise<readonly string[]> {
  const { out } = await git(
    root,
    "--literal-pathspecs",
    "ls-tree",
    "-r",
    "-z",
    "--name-only",
    commit,
    "--",
    `${path}/`,
  );
  const files = out.split("\0").filter((each) => each.startsWith(`${path}/`) && each.endsWith("/notice.yaml"));
  const own = `${path}/notice.yaml`;
  if (files.includes(own)) return [own];
  return files.filter((each) => each.slice(path.length + 1).split("/").length === 2);
}

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const run = promisify(execFile);

async function git(dir: string, ...words: readonly string[]): Promise<Answer> {
  try {
    // A repository is somebody else's: its file-system monitor must not be started by looking at it.
    const { stdout, stderr } = await run("git", ["-C", dir, "-c", "core.fsmonitor=false", ...words], {
      encoding: "utf8",
      env: environment(),
      maxBuffer: mostBytes,
      timeout: mostMs,
      windowsHide: true,
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout = "", stderr = "", killed } = error as Partial<Record<string, unknown>> & { code?: unknown };
    if (code === "ENOENT") throw misuse("git is not installed", "compare two files instead: avow compare OLD NEW");
    if (killed === true || typeof code !== "number")
      throw new CommandFailure("git did not answer", { exitCode: 2, cause: error });
    return { code, out: String(stdout), err: String(stderr) };
  }
}

/** What a hook or an outer git has set speaks of another repository; nothing is fetched, nobody is asked for a password. */
function environment(): NodeJS.ProcessEnv {
  const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  return { ...plain, LC_ALL: "C", GIT_NO_LAZY_FETCH: "1", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" };
}

function shown(name: string): string {
  // oxlint-disable-next-line no-control-regex -- controls are what this takes out
  return name.replaceAll(/[\u0000-\u001F\u007F]/g, "?").slice(0, longestName);
}
