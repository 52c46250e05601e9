// Days of telemetry that are over become counts of groups, and counts go when their time is over, as the notice says (docs/design/telemetry.md).
import { DayCounter, type CountedDay, type StoredBatch } from "@avow/collect";
import type { Gate } from "@avow/gate/server";
import { type CompiledTelemetry, addDays, dayOf } from "@avow/gate/telemetry-schema";
import type { House } from "../house.ts";
import type { Log } from "../http/request-log.ts";
import { practiceOf } from "../jobs/close-days.ts";
import { keepPlan } from "../jobs/keep-plan.ts";

export interface TelemetryClosing {
  readonly telemetry: House["telemetry"];
  readonly gate: () => Pick<Gate, "version" | "policy">;
  readonly log: Log;
}

/** For batches on their way when the day ends. */
const graceMs = 10 * 60_000;
const everyMs = 5 * 60_000;

/** Runs at once and then every few minutes; `close` waits for what is under way. */
export function startClosingTelemetry(parts: TelemetryClosing): { close(): Promise<void> } {
  let running = Promise.resolve();
  const run = (): void => {
    running = running.then(async () => {
      await closeTelemetryDue(parts, Date.now()).catch((error: unknown) => {
        parts.log(`telemetry not counted: ${error instanceof Error ? error.name : "fault"}; tried again`);
      });
    });
  };
  run();
  const timer = setInterval(run, everyMs);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

/** Safe to repeat. @returns the days that were closed */
export async function closeTelemetryDue(
  { telemetry, gate }: TelemetryClosing,
  nowMs: number,
): Promise<readonly CountedDay[]> {
  const today = dayOf(nowMs - graceMs);
  const closed: CountedDay[] = [];
  for (const { telemetry: id, day } of await telemetry.store.openDays()) {
    const compiled = telemetry.declared.get(id);
    const texts = (): AsyncIterable<string> => telemetry.store.texts(id, day);
    const until = compiled === undefined ? await endOf(texts(), day, gate()) : addDays(day, compiled.openDays);
    if (until === undefined || until > today) continue;
    const counts = await countDay(texts(), day, compiled, gate());
    await telemetry.store.closeDay(id, day, JSON.stringify(counts));
    closed.push(counts);
  }
  for (const compiled of telemetry.declared.values()) await forgetDue(telemetry, compiled, gate(), today);
  return closed;
}

/** Of a telemetry that is declared no more: it goes when its notice says, and nothing of it is counted. */
async function endOf(
  texts: AsyncIterable<string>,
  day: string,
  gate: Pick<Gate, "version">,
): Promise<string | undefined> {
  for await (const text of texts) {
    const batch = readStored(text);
    const practice = batch === undefined ? undefined : practiceOf(gate, batch.version, batch.practice);
    if (practice !== undefined) return keepPlan(practice, day).rowsUntil;
  }
  return undefined;
}

/** Undefined for a file that was damaged. */
function readStored(text: string): StoredBatch | undefined {
  try {
    return JSON.parse(text) as StoredBatch;
  } catch {
    return undefined;
  }
}

async function countDay(
  texts: AsyncIterable<string>,
  day: string,
  compiled: CompiledTelemetry | undefined,
  gate: Pick<Gate, "version">,
): Promise<CountedDay> {
  const counter = new DayCounter(compiled ?? { events: {} });
  let least = compiled?.least ?? 1;
  for await (const text of texts) {
    const batch = readStored(text);
    const practice = batch === undefined ? undefined : practiceOf(gate, batch.version, batch.practice);
    const plan = practice === undefined ? undefined : keepPlan(practice, day);
    // The ratchet: what its own version does not let be counted is not counted, and the largest k of all holds.
    if (batch === undefined || plan?.counts === undefined) continue;
    least = Math.max(least, plan.counts.least);
    counter.add(batch);
  }
  return counter.counts(day, least);
}

async function forgetDue(
  { store }: House["telemetry"],
  compiled: CompiledTelemetry,
  gate: Pick<Gate, "policy">,
  today: string,
): Promise<void> {
  const policy = gate.policy(compiled.notice);
  const practice =
    policy === undefined ? undefined : practiceOf({ version: () => policy }, policy.version, compiled.practice);
  if (practice === undefined) return;
  const gone = (await store.counts(compiled.telemetry)).filter(({ day }) => {
    const until = keepPlan(practice, day).counts?.until;
    return until !== undefined && until <= today;
  });
  const last = gone.at(-1);
  if (last !== undefined) await store.forgetCounts(compiled.telemetry, addDays(last.day, 1));
}
