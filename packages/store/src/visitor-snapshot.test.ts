// A restart in the middle of a day, with and without a file system in memory; and a snapshot that nobody may read any more.
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createVisitors } from "./drivers/memory-visitors.ts";
import { isMemoryOnly, takeSnapshot, writeSnapshot } from "./visitor-snapshot.ts";

const noon = 1_795_176_000;
const midnight = noon + 12 * 3600;
const sighting = {
  site: "a.example",
  day: "2026-11-20",
  at: noon,
  truncatedAddress: "192.0.2.0",
  userAgent: "Browser/1",
};
const sharedMemory = "/dev/shm";
const hasMemory = isMemoryOnly(sharedMemory);

test("an ordinary directory gets no snapshot", () => {
  const dir = mkdtempSync(join(tmpdir(), "avow-snapshot-"));
  try {
    // Where the temporary directory is memory itself, this says nothing.
    if (isMemoryOnly(dir)) return;
    const visitors = createVisitors({ randomBytes });
    visitors.see(sighting);
    expect(() => writeSnapshot(dir, visitors.save(), () => midnight)).toThrow("no file system in memory");
    expect(readdirSync(dir)).toEqual([]);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

describe.skipIf(!hasMemory)(`a snapshot in ${sharedMemory}`, () => {
  let dir = "";
  beforeEach(() => {
    dir = mkdtempSync(join(sharedMemory, "avow-snapshot-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  function saved(): { readonly visitor: number; readonly visit: number } {
    const visitors = createVisitors({ randomBytes });
    const seen = visitors.see(sighting);
    visitors.see({ ...sighting, userAgent: "Browser/2" });
    visitors.see({ ...sighting, site: "b.example" });
    writeSnapshot(dir, visitors.save(), () => midnight);
    return seen;
  }

  test("keeps visitors and visits the same over a restart, and is gone once read", () => {
    const before = saved();
    expect(readdirSync(dir)).toHaveLength(2);
    for (const file of readdirSync(dir)) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    const visitors = createVisitors({ randomBytes });
    visitors.restore(takeSnapshot(dir, noon + 60));
    expect(readdirSync(dir)).toEqual([]);
    expect(visitors.size).toBe(3);
    expect(visitors.see({ ...sighting, at: noon + 60 })).toEqual({ ...before, isNewVisit: false });
    expect(visitors.size).toBe(3);
  });

  test("holds neither addresses nor user agents", () => {
    saved();
    const visitors = createVisitors({ randomBytes });
    const bytes = Buffer.concat(takeSnapshot(dir, noon).flatMap(({ key, table }) => [key, table]));
    for (const secret of ["192.0.2", "Browser"]) expect(bytes.includes(secret)).toBe(false);
    expect(visitors.size).toBe(0);
  });

  test("is destroyed unread when its day is over", () => {
    saved();
    const read: string[] = [];
    const reading = (path: string): undefined => void read.push(path);
    expect(takeSnapshot(dir, midnight, reading)).toEqual([]);
    expect(read).toEqual([]);
    expect(readdirSync(dir)).toEqual([]);
  });

  test("is not believed when others may have written it, when it is a link, and when it is cut off", () => {
    saved();
    for (const file of readdirSync(dir)) chmodSync(join(dir, file), 0o644);
    writeFileSync(
      join(dir, `avow-visitors-${midnight}-7`),
      '{"site":"a.example","day":"2026-11-20","firstAt":1}\nshort',
      {
        mode: 0o600,
      },
    );
    symlinkSync("/dev/zero", join(dir, `avow-visitors-${midnight}-8`));
    expect(takeSnapshot(dir, noon)).toEqual([]);
    expect(readdirSync(dir)).toEqual([]);
  });

  test("leaves files of others alone", () => {
    mkdirSync(join(dir, "avow-visitors"));
    writeFileSync(join(dir, "notes"), "");
    takeSnapshot(dir, noon);
    expect(existsSync(join(dir, "notes"))).toBe(true);
  });
});
