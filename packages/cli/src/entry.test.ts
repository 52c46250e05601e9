// The two entries as processes: what an old Node is told, and how exit codes and streams come out.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const room = join(import.meta.dirname, "..");
const pretendOld = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } })`;

function start(entry: string, args: readonly string[], flags: readonly string[] = []) {
  return spawnSync(process.execPath, ["--conditions=source", ...flags, join(room, entry), ...args], {
    encoding: "utf8",
  });
}

test.each(["avow.mjs", "src/main.ts"])("%s on an old Node says what it needs, exit 2", (entry) => {
  const ran = start(entry, ["status"], [`--import=data:text/javascript,${encodeURIComponent(pretendOld)}`]);
  expect(ran.stderr).toBe(
    "avow: this is Node 20.20.2; avow needs Node 24 or newer\n  use npm start or npm run avow after npm ci (it brings Node 24 on Linux), or install Node 24\n",
  );
  expect([ran.status, ran.stdout]).toEqual([2, ""]);
});

test.each(["avow.mjs", "src/main.ts"])(
  "%s: help to standard output, exit 0; a mistake to standard error, exit 2",
  (entry) => {
    const help = start(entry, ["--help"]);
    expect([help.status, help.stderr]).toEqual([0, ""]);
    expect(help.stdout).toMatch(/^Usage: avow /);
    const mistake = start(entry, ["serv"]);
    expect([mistake.status, mistake.stdout]).toEqual([2, ""]);
    expect(mistake.stderr).toContain("did you mean `serve`?");
  },
);
