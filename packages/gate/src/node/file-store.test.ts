// Answers on disk: whole or not there, whoever writes at once; what is no answer counts as none and is kept aside.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StoredAnswer } from "../program/index.ts";
import { answersDir, createFileStore } from "./file-store.ts";
import { installationRule } from "./installation-file.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-answers-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const answer: StoredAnswer = {
  notice: "exam",
  feature: "news",
  answer: "yes",
  declaration: "d",
  version: "v",
  shown: "s",
  language: "en",
  surface: "terminal",
  at: 1000,
  hosts: [],
};

test("an answer is read back, by another process too, and is for its owner only", async () => {
  const store = createFileStore({ dir: join(dir, "deep", "exam"), notice: "exam" });
  expect(await store.get("news")).toBeUndefined();
  await store.put(answer);
  expect(await createFileStore({ dir: join(dir, "deep", "exam"), notice: "exam" }).get("news")).toEqual(answer);
  expect(statSync(join(dir, "deep", "exam", "news.json")).mode & 0o777).toBe(0o600);
  await store.put({ ...answer, answer: "no" });
  expect((await store.get("news"))?.answer).toBe("no");
  expect(readdirSync(join(dir, "deep", "exam"))).toEqual(["news.json"]);
});

test("a hundred writers at once leave one whole answer", async () => {
  const writers = Array.from({ length: 100 }, (_, at) =>
    createFileStore({ dir, notice: "exam" }).put({ ...answer, at }),
  );
  await Promise.all(writers);
  expect(await createFileStore({ dir, notice: "exam" }).get("news")).toMatchObject({ feature: "news", answer: "yes" });
  expect(readdirSync(dir)).toEqual(["news.json"]);
});

const path = (): string => join(dir, "news.json");
const file = (): string => join(dir, "features.json");

describe("what is no answer", () => {
  test.each([
    ["cut off", '{"notice":"exam","feature":"ne'],
    ["of another feature", JSON.stringify({ ...answer, feature: "other" })],
    ["of another notice", JSON.stringify({ ...answer, notice: "other" })],
    ["with another word", JSON.stringify({ ...answer, answer: "maybe" })],
    ["a list", "[]"],
    ["nothing", ""],
    ["null", "null"],
    ["with a polluting key", '{"__proto__":{"answer":"yes","feature":"news","notice":"exam"}}'],
    ["too long", JSON.stringify({ ...answer, more: "x".repeat(9000) })],
    ["with a time that is none", JSON.stringify({ ...answer, at: "now" })],
    ["bytes", "\u0000\u0001\u0002"],
  ])("%s", async (_what, text) => {
    writeFileSync(path(), text);
    const asides: string[] = [];
    const store = createFileStore({ dir, notice: "exam", report: (aside) => void asides.push(aside) });
    expect(await store.get("news")).toBeUndefined();
    expect(asides).toEqual([`${path()}.damaged`]);
    expect(readFileSync(`${path()}.damaged`, "utf8")).toBe(text);
    expect(existsSync(path())).toBe(false);
  });

  test("a directory, a FIFO and an endless device", async () => {
    const store = createFileStore({ dir, notice: "exam" });
    mkdirSync(join(dir, "a.json"));
    execFileSync("mkfifo", [join(dir, "b.json")]);
    symlinkSync("/dev/zero", join(dir, "c.json"));
    for (const feature of ["a", "b", "c"]) expect(await store.get(feature)).toBeUndefined();
  });
});

test("a directory that cannot be written to keeps nothing and says so", async () => {
  writeFileSync(join(dir, "file"), "");
  await expect(createFileStore({ dir: join(dir, "file"), notice: "exam" }).put(answer)).rejects.toThrow();
});

test("a name cannot lead outside the directory", async () => {
  const store = createFileStore({ dir: join(dir, "a"), notice: "exam" });
  await store.put({ ...answer, feature: "../../escaped" });
  expect(readdirSync(join(dir, "a"))).toEqual(["%2E%2E%2F%2E%2E%2Fescaped.json"]);
});

test("answers rest where the specification says; a relative variable counts for nothing", () => {
  expect(answersDir("exam", { XDG_CONFIG_HOME: "/cfg" })).toBe("/cfg/avow/exam");
  expect(answersDir("exam", { XDG_CONFIG_HOME: "cfg" })).not.toContain("cfg/avow");
});

describe("the installation's file", () => {
  test.each([
    ['{"exam":["news"]}', true, false],
    ['{"exam":"all"}', true, true],
    ['{"other":"all"}', false, false],
    ["{}", false, false],
    // What cannot be understood forbids.
    ["{", true, true],
    ["[]", true, true],
    ['{"exam":true}', true, true],
  ])("%s", (text, isNewsOff, isOtherOff) => {
    writeFileSync(file(), text);
    const rule = installationRule(file());
    expect([rule.isOff("exam", "news"), rule.isOff("exam", "other")]).toEqual([isNewsOff, isOtherOff]);
  });

  test("that is missing forbids nothing; one that is a directory forbids all", () => {
    expect(installationRule(file()).isOff("exam", "news")).toBe(false);
    mkdirSync(file());
    chmodSync(file(), 0o755);
    expect(installationRule(file()).isOff("exam", "news")).toBe(true);
  });
});
