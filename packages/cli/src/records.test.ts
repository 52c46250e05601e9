// An installation that a command made and could not use is not left behind; one that was there stays.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withNewRecords } from "./records.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-records-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const failing = (): Promise<never> => Promise.reject(new Error("not covered"));

test("work that fails leaves no new directory and no new file", async () => {
  await expect(withNewRecords(join(dir, "data"), failing)).rejects.toThrow("not covered");
  expect(readdirSync(dir)).toEqual([]);
  await expect(withNewRecords(join(dir, "a/b/data"), failing)).rejects.toThrow("not covered");
  expect(readdirSync(dir)).toEqual([]);
  mkdirSync(join(dir, "empty"));
  await expect(withNewRecords(join(dir, "empty"), failing)).rejects.toThrow("not covered");
  expect(readdirSync(join(dir, "empty"))).toEqual([]);
});

test("an installation that was there stays when work fails", async () => {
  await withNewRecords(dir, (records) => records.setSetting("key", "value"));
  await expect(withNewRecords(dir, failing)).rejects.toThrow("not covered");
  expect(existsSync(join(dir, "records.sqlite"))).toBe(true);
  expect(await withNewRecords(dir, (records) => records.setting("key"))).toBe("value");
});
