// Days that are over become counts, and counts whose time is over go, as each notice said when they were collected (clauses.md PI3, PS11).
import type { Gate } from "@avow/gate/server";
import type { Practice } from "@avow/policy";
import { type ClosedDay, type Events, type Holding, type Records, dimensionColumns, shapesOf } from "@avow/store";
import type { Log } from "../http/request-log.ts";
import { addDays, localDay, startOfDay } from "../query/zone.ts";
import { type KeepPlan, keepPlan } from "./keep-plan.ts";

export interface ClosingParts {
  readonly events: Events;
  readonly records: Pick<Records, "sites" | "addEvidence">;
  /** Replaced when notices change. */
  readonly gate: () => Pick<Gate, "version">;
  readonly log: Log;
}

/** What one run did. */
export interface ClosingRun {
  readonly closed: readonly ClosedDay[];
  /** Days of which nothing was to stay, with how many rows there were. */
  readonly dropped: readonly { readonly site: string; readonly day: string; readonly rows: number }[];
  readonly forgotten: readonly { readonly site: string; readonly days: readonly string[] }[];
}

/** After midnight for clocks that are set back a little, and for events on their way. */
const graceSeconds = 10 * 60;
const everyMs = 5 * 60_000;
const shapes = shapesOf(dimensionColumns);

/** Runs at once and then every few minutes; `close` waits for what is under way. */
export function startClosing(parts: ClosingParts): { close(): Promise<void> } {
  const gone = new AbortController();
  const said = new Set<string>();
  const say = (line: string): void => {
    if (said.has(line)) return;
    said.add(line);
    parts.log(line);
  };
  let running = Promise.resolve();
  const run = (): void => {
    running = running.then(async () => {
      try {
        await closeDue(parts, Date.now(), say, gone.signal);
      } catch (error) {
        if (!gone.signal.aborted) say(`days not closed: ${error instanceof Error ? error.name : "fault"}; tried again`);
      }
    });
  };
  run();
  const timer = setInterval(run, everyMs);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      gone.abort();
      await running;
    },
  };
}

/** Safe to repeat; each day is closed by itself, so a fault of one leaves the others. */
export async function closeDue(
  parts: ClosingParts,
  nowMs: number,
  say: Log = parts.log,
  signal?: AbortSignal,
): Promise<ClosingRun> {
  const zones = new Map((await parts.records.sites()).map(({ domain, timeZone }) => [domain, timeZone]));
  const zoneOf = (site: string): string => zones.get(site) ?? "UTC";
  const at = nowMs / 1000;
  const isReached = (site: string, day: string): boolean => at >= startOfDay(day, zoneOf(site)) + graceSeconds;
  const closed: ClosedDay[] = [];
  const dropped: { site: string; day: string; rows: number }[] = [];
  for (const { site, day, holdings } of await parts.events.openDays()) {
    signal?.throwIfAborted();
    if (!isReached(site, addDays(day, 1))) continue;
    const plan = planOf(parts.gate(), holdings, day);
    if (plan === undefined) {
      say(
        `rows of ${site} of ${day} are held under a version that cannot be opened; they are neither used nor counted`,
      );
      continue;
    }
    if (plan.rowsUntil === undefined || !isReached(site, plan.rowsUntil)) continue;
    if (plan.counts === undefined) dropped.push({ site, day, rows: await parts.events.dropDay(site, day) });
    else {
      const order = { site, day, timeZone: zoneOf(site), least: plan.counts.least, shapes, nowMs };
      closed.push(await parts.events.closeDay(order, signal));
    }
    await record(parts, holdings, nowMs, plan.counts === undefined ? "rows removed" : "day closed");
  }
  const forgotten = await forgetDue(parts, (site) => localDay(at - graceSeconds, zoneOf(site)), nowMs);
  return { closed, dropped, forgotten };
}

/** Counts go when the stage of any of their holdings is over, with all before them. */
async function forgetDue(
  parts: ClosingParts,
  todayOf: (site: string) => string,
  nowMs: number,
): Promise<ClosingRun["forgotten"]> {
  const last = new Map<string, ClosedDay>();
  for (const each of await parts.events.closedDays()) {
    const until = planOf(parts.gate(), each.holdings, each.day)?.counts?.until;
    if (until !== undefined && until <= todayOf(each.site)) last.set(each.site, each);
  }
  const forgotten: { site: string; days: readonly string[] }[] = [];
  for (const [site, { day, holdings }] of last) {
    forgotten.push({ site, days: await parts.events.forgetCells(site, addDays(day, 1)) });
    await record(parts, holdings, nowMs, "counts removed");
  }
  return forgotten;
}

/** The strictest of all a day is held under; undefined where one of them cannot be opened. */
function planOf(gate: Pick<Gate, "version">, holdings: readonly Holding[], day: string): KeepPlan | undefined {
  const plans: KeepPlan[] = [];
  for (const { practice, version } of holdings) {
    const found = practiceOf(gate, version, practice);
    if (found === undefined) return undefined;
    plans.push(keepPlan(found, day));
  }
  const counts = plans.flatMap((plan) => plan.counts ?? []);
  const strictest = {
    least: Math.max(...counts.map(({ least }) => least)),
    until: earliest(counts.map(({ until }) => until)),
  };
  return {
    rowsUntil: earliest(plans.map(({ rowsUntil }) => rowsUntil)),
    ...(plans.length > 0 && counts.length === plans.length ? { counts: strictest } : {}),
  };
}

/** Of a version, its parents included; undefined where it cannot be opened. */
export function practiceOf(gate: Pick<Gate, "version">, version: string, id: string): Practice | undefined {
  for (let policy = gate.version(version); policy !== undefined; policy = policy.parent) {
    const found = policy.notice.practices.find((practice) => practice.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Undefined is never. */
function earliest(days: readonly (string | undefined)[]): string | undefined {
  return days.filter((day) => day !== undefined).toSorted()[0];
}

/** Evidence beside the clause: that it happened, and when; how many rows it were is nobody's business. */
async function record(parts: ClosingParts, holdings: readonly Holding[], nowMs: number, reason: string): Promise<void> {
  const seen = new Map<string, { readonly notice: string; readonly clause: string }>();
  for (const { practice, version } of holdings) {
    const notice = parts.gate().version(version)?.id;
    if (notice !== undefined) seen.set(`${notice} ${practice}`, { notice, clause: practice });
  }
  const counts = [...seen.values()].map((of) => ({
    ...of,
    outcome: "permitted" as const,
    reason,
    count: 1,
    lastAtMs: nowMs,
  }));
  if (counts.length > 0) await parts.records.addEvidence(counts);
}
