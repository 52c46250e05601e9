// Telemetry in memory, for tests: nothing outlives the process.
import type { TelemetryStore } from "../contract.ts";
import { DayClosedError, StoreClosedError } from "../errors.ts";
import { telemetryColumns } from "../layout.ts";
import { requireBatch, requireNames } from "../telemetry-batch-check.ts";

interface OpenDay {
  readonly telemetry: string;
  readonly day: string;
  /** By name; undefined is deleted. */
  readonly batches: Map<string, string | undefined>;
}

interface Counts {
  readonly telemetry: string;
  readonly day: string;
  readonly counts: string;
}

export function openMemoryTelemetry(): TelemetryStore {
  const days = new Map<string, OpenDay>();
  const counts = new Map<string, Counts>();
  let isOpen = true;
  const use: Use = async (act) => {
    if (!isOpen) throw new StoreClosedError();
    return act();
  };
  return {
    ...batchesIn(days, counts, use),
    ...countsIn(days, counts, use),
    columns: () =>
      use(() =>
        days.size === 0 ? [] : telemetryColumns.map(({ store, table, column }) => ({ store, table, column })),
      ),
    async close() {
      isOpen = false;
    },
  };
}

type Use = <Result>(act: () => Result) => Promise<Result>;
type BatchPart = "put" | "remove" | "openDays" | "texts";
type CountPart = "closeDay" | "isClosed" | "counts" | "forgetCounts";

function batchesIn(
  days: Map<string, OpenDay>,
  counts: ReadonlyMap<string, Counts>,
  use: Use,
): Pick<TelemetryStore, BatchPart> {
  return {
    put: (batch) =>
      use(() => {
        requireBatch(batch);
        const { telemetry, day, batch: name, text } = batch;
        if (counts.has(keyOf(telemetry, day))) throw new DayClosedError(telemetry, day);
        const open = days.get(keyOf(telemetry, day)) ?? { telemetry, day, batches: new Map() };
        days.set(keyOf(telemetry, day), open);
        if (open.batches.has(name)) return open.batches.get(name) === undefined ? "deleted before" : "stored before";
        open.batches.set(name, text);
        return "stored";
      }),
    remove: (telemetry, day, name) =>
      use(() => {
        const batches = days.get(keyOf(telemetry, day))?.batches;
        if (batches?.has(name) !== true) return false;
        batches.set(name, undefined);
        return true;
      }),
    openDays: () =>
      use(() =>
        [...days.values()]
          .map(({ telemetry, day, batches }) => {
            const held = [...batches.values()].filter((text) => text !== undefined);
            return { telemetry, day, batches: held.length };
          })
          .toSorted((a, b) => (keyOf(a.telemetry, a.day) < keyOf(b.telemetry, b.day) ? -1 : 1)),
      ),
    async *texts(telemetry, day) {
      for (const text of days.get(keyOf(telemetry, day))?.batches.values() ?? []) if (text !== undefined) yield text;
    },
  };
}

function countsIn(days: Map<string, OpenDay>, counts: Map<string, Counts>, use: Use): Pick<TelemetryStore, CountPart> {
  const of = (telemetry: string): readonly Counts[] =>
    [...counts.values()].filter((each) => each.telemetry === telemetry).toSorted((a, b) => (a.day < b.day ? -1 : 1));
  return {
    closeDay: (telemetry, day, counted) =>
      use(() => {
        requireNames(telemetry, day);
        const key = keyOf(telemetry, day);
        if (!counts.has(key)) counts.set(key, { telemetry, day, counts: counted });
        days.delete(key);
      }),
    isClosed: (telemetry, day) => use(() => counts.has(keyOf(telemetry, day))),
    counts: (telemetry) => use(() => of(telemetry).map(({ day, counts: counted }) => ({ day, counts: counted }))),
    forgetCounts: (telemetry, beforeDay) =>
      use(() => {
        const gone = of(telemetry).flatMap(({ day }) => (day < beforeDay ? [day] : []));
        for (const day of gone) counts.delete(keyOf(telemetry, day));
        return gone;
      }),
  };
}

function keyOf(telemetry: string, day: string): string {
  return `${telemetry} ${day}`;
}
