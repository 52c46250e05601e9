// The telemetry collector: a batch as sent becomes the batch that is stored, in exactly the declared form, or is dropped with a reason.
import type { Gate } from "@avow/gate/server";
import type { CompiledTelemetry, FieldDrop } from "@avow/gate/telemetry-schema";
import type { BatchDraft, EventDraft, StoredBatch, StoredEvent } from "./draft.ts";
import { type BatchBody, type InvalidBatch, readBatch } from "./read-batch.ts";
import { type BatchDrop, type EventDrop, type TelemetryPorts, runBatchSteps, runEventSteps } from "./steps.ts";
import { createTakeFields } from "./take-fields.ts";

export interface TelemetryInput {
  readonly body: string;
  readonly signal: boolean;
  /** The collector's own, UTC. */
  readonly today: string;
}

export interface Counted<Reason extends string> {
  readonly reason: Reason;
  readonly count: number;
}

export interface CollectedBatch {
  readonly body: BatchBody;
  readonly compiled?: CompiledTelemetry;
  /** Absent where nothing is to be stored. */
  readonly stored?: StoredBatch;
  /** Why the batch as a whole is not stored. */
  readonly refused?: BatchDrop | "nothing kept";
  readonly events: readonly Counted<EventDrop>[];
  readonly fields: readonly Counted<FieldDrop>[];
}

export interface TelemetryCollector {
  /** Never throws for what a client sent. */
  collect(input: TelemetryInput): CollectedBatch | InvalidBatch;
}

export interface TelemetryCollectorPorts {
  readonly gate: Gate;
  readonly compiledOf: (telemetry: string) => CompiledTelemetry | undefined;
}

export function createTelemetryCollector({ gate, compiledOf }: TelemetryCollectorPorts): TelemetryCollector {
  const ports: TelemetryPorts = {
    gate,
    compiledOf,
    take: createTakeFields(),
    actorOf: ({ telemetry, notice, events }) => {
      const purposes = [...new Set(Object.values(events).map(({ purpose }) => purpose))];
      return gate.actor({ kind: "job", name: `telemetry ${telemetry}`, purposes }, notice);
    },
  };
  return { collect: (input) => collectWith(ports, gate, input) };
}

function collectWith(ports: TelemetryPorts, gate: Gate, input: TelemetryInput): CollectedBatch | InvalidBatch {
  const body = readBatch(input.body);
  if ("invalid" in body) return body;
  const { signal, today } = input;
  const draft: BatchDraft = { body, signal, today, compiled: undefined, policy: undefined };
  const refused = runBatchSteps(draft, ports);
  const { compiled } = draft;
  if (refused !== undefined || compiled === undefined) {
    if (compiled !== undefined) gate.refused(compiled.notice, compiled.practice, refused ?? "unknown telemetry");
    return {
      body,
      ...(compiled === undefined ? {} : { compiled }),
      refused: refused ?? "unknown telemetry",
      events: [],
      fields: [],
    };
  }
  const events = new Map<EventDrop, number>();
  const fields = new Map<FieldDrop, number>();
  const kept: StoredEvent[] = [];
  let held = { practice: "", version: "" };
  for (const given of body.events) {
    const event = startEvent(given, compiled, today);
    const reason = runEventSteps(event, ports);
    for (const each of event.dropped) bump(fields, each);
    if (reason !== undefined) {
      bump(events, reason);
      continue;
    }
    held = { practice: event.practice, version: event.version };
    kept.push({ event: event.id, data: JSON.parse(`{${event.fields}}`) as StoredEvent["data"] });
  }
  for (const [reason, count] of [...events, ...fields]) gate.refused(compiled.notice, compiled.practice, reason, count);
  const told = { body, compiled, events: counted(events), fields: counted(fields) };
  return kept.length === 0 ? { ...told, refused: "nothing kept" } : { ...told, stored: { ...held, events: kept } };
}

function startEvent(given: unknown, compiled: CompiledTelemetry, today: string): EventDraft {
  return {
    given,
    compiled,
    today,
    id: "",
    event: undefined,
    data: {},
    terms: [],
    fields: "",
    practice: "",
    version: "",
    dropped: [],
  };
}

function bump<Reason>(counts: Map<Reason, number>, reason: Reason): void {
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
}

function counted<Reason extends string>(counts: ReadonlyMap<Reason, number>): readonly Counted<Reason>[] {
  return [...counts].map(([reason, count]) => ({ reason, count }));
}
