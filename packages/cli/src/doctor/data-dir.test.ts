// Each look with the directory that deserves a finding and the one that does not.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { diskOf, lookAtFilesystem, lookAtPermissions, lookAtRoom, newestFileMs } from "./data-dir.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-doctor-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test.each([
  [999_000_000, "finding"],
  [1_000_000_000, "ok"],
])("%d bytes free are %s", (freeBytes, state) => {
  expect(lookAtRoom({ type: 0xef53, freeBytes, bytes: 1e12 }).state).toBe(state);
});

test.each([
  [0xef53, "ok", "ext4"],
  [0x01021994, "finding", "tmpfs"],
  [0x6969, "finding", "nfs"],
  [0x794c7630, "note", "overlay"],
  [0x1234, "ok", "0x1234"],
])("filesystem %d is %s, %s", (type, state, name) => {
  const found = lookAtFilesystem({ type, freeBytes: 1, bytes: 1 });
  expect(found.state).toBe(state);
  expect(found.says).toContain(name);
});

test("a data directory others may look in is a finding, with the command that closes it", () => {
  chmodSync(dir, 0o750);
  expect(lookAtPermissions(dir)).toMatchObject({ state: "finding", remedy: `chmod 700 ${dir}` });
  chmodSync(dir, 0o700);
  expect(lookAtPermissions(dir)).toMatchObject({ state: "ok", says: "mode 0700" });
});

test("a data directory that is not there yet is judged by where it would be made", () => {
  expect(lookAtPermissions(join(dir, "a", "b")).state).toBe("ok");
  expect(diskOf(join(dir, "a", "b"))).toEqual(diskOf(dir));
});

test("the newest file is found at any depth", () => {
  expect(newestFileMs(join(dir, "none"))).toBeUndefined();
  expect(newestFileMs(dir)).toBeUndefined();
  mkdirSync(join(dir, "deep"));
  writeFileSync(join(dir, "deep", "file"), "");
  utimesSync(join(dir, "deep", "file"), 4_000_000_000, 4_000_000_000);
  expect(newestFileMs(dir)).toBe(4_000_000_000_000);
});
