// Where the telemetry of a program waits on the person's own machine (XDG Base Directory, state), and small files that are whole or not there.
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, readdir, rename, rm } from "node:fs/promises";
import { homedir, platform } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

/** Relative paths in the variable count for nothing, as the specification has it. */
export function telemetryDir(
  notice: string,
  telemetry: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const given = env["XDG_STATE_HOME"];
  const base = given !== undefined && isAbsolute(given) ? given : platformDir(env);
  return join(base, "avow", "telemetry", safeName(notice), safeName(telemetry));
}

function platformDir(env: Readonly<Record<string, string | undefined>>): string {
  if (platform() === "win32") return env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local");
  if (platform() === "darwin") return join(homedir(), "Library", "Application Support");
  return join(homedir(), ".local", "state");
}

function safeName(id: string): string {
  return encodeURIComponent(id).replaceAll(".", "%2E");
}

export async function makeDir(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/** Names in a directory; none where there is no such directory. */
export async function namesIn(dir: string): Promise<readonly string[]> {
  return readdir(dir).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}

/** Undefined where there is none, and where it is larger than anything of ours. */
export async function readSmall(path: string, most: number): Promise<string | undefined> {
  try {
    const text = await readFile(path, "utf8");
    return text.length > most ? undefined : text;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The old text or the new one, whatever happens; durable when it resolves. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const made = `${path}.${randomBytes(6).toString("hex")}.new`;
  try {
    const file = await open(made, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(made, path);
  } catch (error) {
    await rm(made, { force: true });
    throw error;
  }
  await syncDir(dirname(path));
}

export async function syncDir(path: string): Promise<void> {
  // Windows opens no directories; a rename there is as durable as it gets.
  if (platform() === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/** Whether a process of this number lives on this machine. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
