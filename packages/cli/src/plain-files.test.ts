// Pipes, devices and directories where a file is expected, and control bytes in names and texts: one sentence, exit 2, nothing obeyed.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { shippedNotices } from "./options.ts";

const entry = join(import.meta.dirname, "main.ts");
let dir = "";
let pipe = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-files-"));
  pipe = join(dir, "pipe");
  execFileSync("mkfifo", [pipe]);
  cpSync(join(shippedNotices(), "example"), join(dir, "notices/example"), { recursive: true });
  rmSync(join(dir, "notices/example/versions.json"), { force: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** As a process, because a read of a pipe that nobody writes would never return. */
function avow(...args: readonly string[]) {
  const ran = spawnSync(process.execPath, ["--conditions=source", entry, ...args], {
    encoding: "utf8",
    timeout: 15_000,
  });
  return { code: ran.status, said: ran.stderr, out: ran.stdout };
}

const notice = (): string => join(dir, "notices/example/notice.yaml");
const data = (): string => join(dir, "data");
const explained = ["--data", "page", "--from", "visitor", "--for", "marketing"];

test.each<[string, (odd: string) => readonly string[]]>([
  ["check", (odd) => ["check", odd]],
  ["check --terms", (odd) => ["check", notice(), "--terms", odd]],
  ["compare", (odd) => ["compare", odd, notice()]],
  ["compare --vocabulary", (odd) => ["compare", notice(), notice(), "--vocabulary", odd]],
  ["publish", (odd) => ["publish", odd, "--to", join(dir, "site")]],
  ["explain", (odd) => ["explain", odd, ...explained]],
  ["answer", (odd) => ["answer", odd, "--notice", "example"]],
  ["types --check", (odd) => ["types", "example", "--check", odd]],
  ["doctor", (odd) => ["doctor", "--data", odd]],
  ["site add", (odd) => ["site", "add", "exam.example", "--notice", "example", "--data", odd]],
  ["serve --data", (odd) => ["serve", "--port", "0", "--data", odd]],
  ["serve --terms", (odd) => ["serve", "--port", "0", "--data", data(), "--terms", odd]],
  ["serve --notices", (odd) => ["serve", "--port", "0", "--data", data(), "--notices", odd]],
  ["serve --country-table", (odd) => ["serve", "--port", "0", "--data", data(), "--country-table", odd]],
  ["serve --region-table", (odd) => ["serve", "--port", "0", "--data", data(), "--region-table", odd]],
  ["serve --datacentres", (odd) => ["serve", "--port", "0", "--data", data(), "--datacentres", odd]],
])("%s of a pipe: a sentence, exit 2", (_, args) => {
  const { code, said } = avow(...args(pipe));
  expect(said).toMatch(/^avow: [^\n]*pipe[^\n]*(\n {2}[^\n]*)?\n$/);
  expect(code).toBe(2);
});

test.each<[string, (odd: string) => readonly string[]]>([
  ["check", (odd) => ["check", odd]],
  ["check --terms", (odd) => ["check", notice(), "--terms", odd]],
  ["compare", (odd) => ["compare", odd, notice()]],
  ["answer", (odd) => ["answer", odd, "--notice", "example"]],
  ["verify", (odd) => ["verify", odd]],
  ["publish --to", (odd) => ["publish", notice(), "--to", odd]],
  ["serve --notices", (odd) => ["serve", "--port", "0", "--data", data(), "--notices", odd]],
])("%s of a link to itself: a sentence, exit 2", (_, args) => {
  const loop = join(dir, "loop");
  symlinkSync("loop", loop);
  const { code, said } = avow(...args(loop));
  expect(said).toMatch(/^avow: [^\n]*loop[^\n]*(\n {2}[^\n]*)?\n$/);
  expect(code).toBe(2);
});

test("a file or pipe where what is written must go: a sentence, exit 2, and nothing is published by half", () => {
  for (const to of [pipe, notice()]) {
    const { code, said } = avow("publish", notice(), "--to", to);
    expect([said.split("\n")[0], code]).toEqual([`avow: \`${to}\` is no directory`, 2]);
  }
  expect(existsSync(join(dir, "notices/example/versions.json"))).toBe(false);
  const { code, said } = avow("types", notice(), "--out", pipe);
  expect([said.split("\n")[0], code]).toEqual([`avow: \`${pipe}\` is no plain file`, 2]);
});

test("an answer is never made of notices that are not there, or could not be read", () => {
  const none = join(dir, "none");
  mkdirSync(none);
  for (const args of [["whose", "exam.example"], ["surface"]]) {
    const { code, said } = avow(...args, "--notices", none);
    expect([said.split("\n")[0], code]).toEqual([`avow: no notice in \`${none}\``, 2]);
  }
  writeFileSync(notice(), "avow: 1\n");
  for (const args of [["whose", "exam.example"], ["surface"]]) {
    expect(avow(...args, "--notices", join(dir, "notices")).out).toContain(
      `not looked at, because it has errors: ${notice()}`,
    );
  }
});

test.each(["versions.json", "reviews.yaml"])(
  "a pipe or directory as %s beside the notice: a sentence, exit 2",
  (name) => {
    const beside = join(dir, "notices/example", name);
    const args =
      name === "reviews.yaml"
        ? [["compare", notice(), notice()]]
        : [
            ["check", notice()],
            ["publish", notice(), "--to", join(dir, "site")],
            ["verify", join(dir, "notices/example")],
          ];
    for (const make of [() => execFileSync("mkfifo", [beside]), () => mkdirSync(beside)]) {
      make();
      for (const each of args) {
        const { code, said } = avow(...each);
        expect([each[0], said.split("\n")[0], code]).toEqual([each[0], `avow: \`${beside}\` is no plain file`, 2]);
      }
      rmSync(beside, { recursive: true });
    }
  },
);

test("a pipe as notice in a directory of notices: said in its place", () => {
  mkdirSync(join(dir, "notices/odd"));
  execFileSync("mkfifo", [join(dir, "notices/odd/notice.yaml")]);
  const checked = avow("check", join(dir, "notices"));
  expect([checked.code, checked.said]).toEqual([1, ""]);
  expect(checked.out).toMatch(/odd\/notice\.yaml:1:1: unreadable: the file cannot be read/);
  const served = avow("serve", "--port", "0", "--data", data(), "--notices", join(dir, "notices"));
  expect([served.code, served.said.split("\n")[0]]).toEqual([1, "avow: a notice with errors is not served"]);
});

test("control bytes of a name and of a text are spelled out, in words and as JSON", () => {
  const odd = join(dir, "a\u001B[31mred\u009B2J.yaml");
  writeFileSync(odd, 'avow: 1\nnotice: x\ntitle: "\\e[31mt\\a"\nfor\u007Fm: y\n\u001B]0;t\u0007: z\n');
  for (const args of [
    ["check", odd],
    ["check", odd, "--json"],
    ["check", `${odd}.gone`],
    ["explain", odd, ...explained],
    ["explain", "a\u001B[31m", ...explained],
    ["compare", odd, odd],
    ["\u001B[31m"],
  ]) {
    const { code, out, said } = avow(...args);
    expect(code).toBeGreaterThan(0);
    expect(`${out}${said}`.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(`${out}${said}`.toLowerCase()).toContain("\\u001b");
  }
});
