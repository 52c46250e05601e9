// Today's visitors while the server runs: forgotten when their day is over, said when too many, carried over a restart only in memory.
import { type Records, type VisitorsInMemory, takeSnapshot, writeSnapshot } from "@avow/store";
import type { Settings } from "../house.ts";
import type { Log } from "../http/request-log.ts";
import { addDays, startOfDay } from "../query/zone.ts";

const everyMs = 60_000;

/** Stops, and leaves the snapshot, when its result is called. */
export async function rememberVisitors(
  visitors: VisitorsInMemory,
  records: Pick<Records, "sites">,
  { snapshotDir, testClock }: Pick<Settings, "snapshotDir" | "testClock">,
  log: Log,
): Promise<() => Promise<void>> {
  if (snapshotDir !== undefined) visitors.restore(takeSnapshot(snapshotDir, nowSeconds()));
  let told = 0;
  const timer = setInterval(() => {
    // A request's own time may lie far from the system's: under the test clock days end only as requests say.
    if (!testClock) visitors.dropEnded(nowSeconds());
    if (visitors.overflowed > told) log(crowded(visitors.overflowed - told));
    told = visitors.overflowed;
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    if (snapshotDir === undefined) return;
    const zones = new Map((await records.sites()).map(({ domain, timeZone }) => [domain, timeZone]));
    const endsAt = (site: string, day: string): number => startOfDay(addDays(day, 1), zones.get(site) ?? "UTC");
    try {
      writeSnapshot(snapshotDir, visitors.save(), endsAt);
    } catch {
      log("today's visitors could not be kept over the restart; they will be counted anew");
    }
  };
}

function crowded(sightings: number): string {
  return `more visitors today than can be remembered: ${sightings} sightings shared numbers, so visitors are counted too low`;
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
