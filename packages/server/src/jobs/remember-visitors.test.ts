// Today's visitors over time and over a restart: forgotten by the clock, the same after a restart only with a place in memory.
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createVisitors, isMemoryOnly, openRecords } from "@avow/store";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startServer } from "../compose.ts";
import { addKey, addSite, ask, sendEvent, startTestServer } from "../test-server.ts";
import { rememberVisitors } from "./remember-visitors.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("ended days are dropped every minute, until it is stopped", async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-20T00:00:30Z") });
  const at: number[] = [];
  const visitors = { ...createVisitors({ randomBytes }), dropEnded: (seconds: number) => void at.push(seconds) };
  const stop = await rememberVisitors(visitors, { sites: async () => [] }, { testClock: false }, () => undefined);
  vi.advanceTimersByTime(120_000);
  await stop();
  vi.advanceTimersByTime(120_000);
  expect(at).toEqual([Date.parse("2026-11-20T00:01:30Z") / 1000, Date.parse("2026-11-20T00:02:30Z") / 1000]);
});

test("more visitors than are remembered are said once a minute, with how many sightings shared a number", async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-20T12:00:00Z") });
  const lines: string[] = [];
  const visitors = createVisitors({ randomBytes, capacity: 10 });
  const records = await openRecords({ driver: "memory" });
  const stop = await rememberVisitors(visitors, records, { testClock: false }, (line) => void lines.push(line));
  for (let number = 0; number < 25; number += 1) {
    const at = Date.now() / 1000;
    visitors.see({ site: "a.example", day: "2026-11-20", at, truncatedAddress: `10.0.${number}.0`, userAgent: "B" });
  }
  vi.advanceTimersByTime(180_000);
  await stop();
  expect(lines).toEqual([
    "more visitors today than can be remembered: 15 sightings shared numbers, so visitors are counted too low",
  ]);
});

async function visitorsAfterRestart(snapshotDir: string | undefined): Promise<unknown> {
  const server = await startTestServer(snapshotDir === undefined ? {} : { snapshotDir });
  try {
    await addSite(server);
    const key = await addKey(server);
    await sendEvent(server, {});
    await server.close();
    const again = await startServer(server.house.settings, { log: () => undefined });
    try {
      await sendEvent(again, {});
      const reply = await ask(again, key, {});
      return ((await reply.json()) as { results: unknown }).results;
    } finally {
      await again.close();
    }
  } finally {
    rmSync(server.dir, { recursive: true, force: true });
  }
}

describe.skipIf(!isMemoryOnly("/dev/shm"))("over a restart", () => {
  test("a visitor stays one where there is a place in memory, and the snapshot is gone", async () => {
    const dir = mkdtempSync("/dev/shm/avow-snapshot-");
    try {
      expect(await visitorsAfterRestart(dir)).toEqual([{ dimensions: [], metrics: [1, 2] }]);
    } finally {
      expect(readdirSync(dir).length).toBe(1);
      rmSync(dir, { recursive: true });
    }
  });

  test("a visitor is counted anew where there is none", async () => {
    expect(await visitorsAfterRestart(undefined)).toEqual([{ dimensions: [], metrics: [2, 2] }]);
  });

  test("a place on a disk refuses the start", async () => {
    await expect(startTestServer({ snapshotDir: "/proc/avow" })).rejects.toThrow("is not in memory");
  });
});
