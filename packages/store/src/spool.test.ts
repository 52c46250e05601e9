// What the spool promises: nothing is acknowledged before it is synced, and what fails leaves nothing behind.
import { constants, readdirSync, readFileSync, readlinkSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tempDir } from "./contract-suite/temp-dir.ts";
import { DiskFullError, StoreClosedError, StoreValueError } from "./errors.ts";
import { type FailingFiles, failingFiles } from "./failing-files.ts";
import { setAside } from "./spool-damage.ts";
import { frame, longestPayload, readFrames } from "./spool-frame.ts";
import { readSegment, Spool } from "./spool.ts";

const day = "2026-11-20";
let dir: string;
let remove: () => Promise<void>;
let disk: FailingFiles;
let spool: Spool;

beforeEach(async () => {
  ({ dir, remove } = await tempDir());
  disk = failingFiles();
  spool = await Spool.open(dir, disk);
});
afterEach(async () => {
  await spool.close();
  await remove();
});

const append = (text: string, on = day): Promise<void> => spool.append(on, Buffer.from(text));

async function texts(of: Spool = spool, on = day): Promise<readonly string[]> {
  const found: string[] = [];
  for (const segment of of.segments(on)) {
    const { payloads } = readFrames(await readSegment(segment, 0, Number.POSITIVE_INFINITY));
    found.push(...payloads.map(String));
  }
  return found;
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

describe("acknowledging", () => {
  it("resolves only after a durable write of the whole record", async () => {
    const pending = append("a");
    expect(disk.diary).toEqual([]);
    await pending;
    expect(disk.diary).toEqual(["write 9"]);
  });

  it.runIf(process.platform === "linux")("writes to files that the kernel syncs before a write returns", async () => {
    await append("a");
    const path = spool.segments(day)[0]?.path ?? "";
    const open = readdirSync("/proc/self/fd").filter((fd) => linkOf(`/proc/self/fd/${fd}`) === path);
    expect(open).toHaveLength(1);
    const flags = /flags:\s+(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${open[0]}`, "utf8"))?.[1] ?? "0";
    expect(Number.parseInt(flags, 8) & constants.O_DSYNC).toBe(constants.O_DSYNC);
  });

  it("lets everyone who waits during a write share the next one", async () => {
    await Promise.all(Array.from({ length: 64 }, (_, index) => append(`row ${index}`)));
    expect(disk.diary.length).toBeLessThanOrEqual(2);
    expect(await texts()).toHaveLength(64);
    expect((await texts())[63]).toBe("row 63");
  });

  it("reads only what is durable", async () => {
    const pending = append("a");
    expect(spool.segments(day)).toEqual([]);
    await pending;
    expect(spool.segments(day)[0]?.length).toBe(9);
  });

  it("makes files nobody else may read, and never writes to those of an earlier opening", async () => {
    await append("a");
    await spool.close();
    const again = await Spool.open(dir);
    await again.append(day, Buffer.from("b"));
    expect(again.segments(day).map(({ number }) => number)).toEqual([1, 2]);
    expect(await texts(again)).toEqual(["a", "b"]);
    for (const { path } of again.segments(day)) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, day)).mode & 0o777).toBe(0o700);
    await again.close();
  });

  it("refuses a payload too long, none, and any once closed", async () => {
    await expect(spool.append(day, Buffer.alloc(longestPayload + 1))).rejects.toThrow(StoreValueError);
    await expect(spool.append(day, Buffer.alloc(0))).rejects.toThrow(StoreValueError);
    await expect(spool.append(day, "ü".repeat(longestPayload / 2 + 1))).rejects.toThrow(StoreValueError);
    await spool.append(day, "ü".repeat(longestPayload / 2));
    await spool.close();
    await expect(append("a")).rejects.toThrow(StoreClosedError);
  });
});

describe("a full disk", () => {
  it("rejects with the cause, takes the half-written row back, and recovers by itself", async () => {
    await append("before");
    disk.room = 5;
    const error = await append("does not fit").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DiskFullError);
    expect(error).toMatchObject({ cause: { code: "ENOSPC" } });
    expect(statSync(spool.segments(day)[0]?.path ?? "").size).toBe(14);
    await expect(append("nor does this")).rejects.toThrow(DiskFullError);
    disk.room = Number.POSITIVE_INFINITY;
    await append("after");
    expect(await texts()).toEqual(["before", "after"]);
  });

  it("rejects where a day's first file cannot be made, and recovers", async () => {
    disk.room = 0;
    await expect(append("a")).rejects.toThrow(DiskFullError);
    disk.room = Number.POSITIVE_INFINITY;
    await append("b");
    expect(await texts()).toEqual(["b"]);
  });

  it("leaves a segment whose sync failed and begins another", async () => {
    await append("a");
    disk.refusesSync = true;
    await expect(append("b")).rejects.toThrow("input/output error");
    disk.refusesSync = false;
    await append("c");
    expect(await texts()).toEqual(["a", "c"]);
    expect(spool.segments(day)).toHaveLength(2);
  });
});

describe("damage", () => {
  it.each([
    ["cut", (bytes: Buffer): Buffer => bytes.subarray(0, -3)],
    ["zeroed", (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(4096)])],
    ["a length beyond all reason", (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(40, 0xff)])],
    [
      "a payload that is not its checksum's",
      (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 65])]),
    ],
  ])("ends reading at a tail that is %s", (_, damage) => {
    const whole = Buffer.concat([frame(Buffer.from("one")), frame(Buffer.from("two"))]);
    const { payloads, stop } = readFrames(damage(whole));
    expect(payloads.map(String).join(" ")).toMatch(/^one( two)?$/);
    expect(stop).not.toBe("end");
  });

  it("sets a tail aside, but not zeros", async () => {
    await append("whole");
    await spool.close();
    const path = join(dir, day, "00000001.seg");
    const whole = readFileSync(path);
    for (const [tail, isKept] of [
      [Buffer.from("garbage"), true],
      [Buffer.alloc(5000), false],
    ] as const) {
      writeFileSync(path, Buffer.concat([whole, tail]));
      const reopened = await Spool.open(dir);
      const [segment] = reopened.segments(day);
      if (segment === undefined) throw new Error("no segment");
      expect(await setAside(segment, whole.length)).toEqual({ bytes: tail.length, isKept });
      expect(readFileSync(path)).toEqual(whole);
      await reopened.close();
    }
    expect(readdirSync(join(dir, day))).toEqual(["00000001.seg", `00000001.seg.rest-${whole.length}`]);
    truncateSync(path, 0);
  });
});
