// Runs every transcript: the real commands in this process, on a directory of their own.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "./context.ts";
import { shippedNotices } from "./options.ts";
import { run } from "./program.ts";
import { matched, parseTranscript, rewritten } from "./transcript.ts";

const home = join(import.meta.dirname, "transcripts");
let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-transcript-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** What one command prints and how it ends, with the names of directories taken out. */
async function record(argv: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const print = (mark: string) => (text: string) => {
    for (const line of text.replaceAll(dir, "$DIR").replaceAll(shippedNotices(), "$SHIPPED").split("\n"))
      lines.push(`${mark}${line}`.trimEnd());
  };
  const context: Context = {
    terminal: { out: print(""), err: print("! "), hasColour: false },
    nowMs: () => Date.parse("2026-11-20T12:00:00Z"),
    untilStopped: async () => {},
    env: { XDG_CONFIG_HOME: join(dir, "settings"), APPDATA: join(dir, "settings") },
    exitCode: 0,
  };
  const code = await run(
    argv.map((word) => word.replaceAll("$DIR", dir)),
    context,
  );
  return [...lines, `[exit ${code}]`];
}

/** Of nobody in particular and of no machine: no settings, hooks or names but these. */
function git(words: readonly string[]): void {
  const who = { NAME: "Exam", EMAIL: "exam@exam.example", DATE: "2026-11-20T12:00:00Z" };
  const names = Object.entries(who).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  const env = { PATH: process.env["PATH"], HOME: dir, GIT_CONFIG_NOSYSTEM: "1", ...Object.fromEntries(names) };
  execFileSync("git", words, { cwd: dir, env, stdio: "pipe" });
}

/** `AVOW_WRITE_TRANSCRIPTS=1` writes what is printed now; the difference is read before it is committed. */
const isWriting = process.env["AVOW_WRITE_TRANSCRIPTS"] !== undefined;

describe("transcripts", () => {
  test.each(readdirSync(home).filter((name) => name.endsWith(".txt")))("%s", async (name) => {
    const script = readFileSync(join(home, name), "utf8");
    const { steps, files } = parseTranscript(script);
    const all = new Map<number, readonly string[]>();
    expect(steps.length).toBeGreaterThan(0);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    for (const { line, program, argv, expected } of steps) {
      if (program === "git") {
        git(argv.map((word) => word.replaceAll("$DIR", dir)));
        continue;
      }
      const lines = await record(argv);
      all.set(line, lines);
      if (isWriting) continue;
      const printed = matched(lines, expected);
      expect(printed.join("\n"), `${name}:${line}`).toBe(expected.join("\n"));
    }
    if (isWriting) writeFileSync(join(home, name), rewritten(script, all));
  });
});
