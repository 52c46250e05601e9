// The pipeline of telemetry, in order: every step by name, with the reasons for which it may drop a batch or an event (clauses.md JP1).
import type { Actor, Gate } from "@avow/gate/server";
import {
  type CompiledField,
  type CompiledTelemetry,
  addDays,
  forbiddenKeys,
  isRecord,
  occurrence,
  readEnvelope,
} from "@avow/gate/telemetry-schema";
import type { BatchDraft, EventDraft } from "./draft.ts";
import type { TakeFields } from "./take-fields.ts";

export interface TelemetryPorts {
  readonly compiledOf: (telemetry: string) => CompiledTelemetry | undefined;
  readonly gate: Pick<Gate, "policy">;
  readonly actorOf: (compiled: CompiledTelemetry) => Actor;
  readonly take: TakeFields;
}

function step<const Reason extends string, Draft>(
  name: string,
  drops: readonly Reason[],
  run: (draft: Draft, ports: TelemetryPorts) => NoInfer<Reason> | undefined,
) {
  return { name, drops, run } as const;
}

export const batchSteps = [
  step("find the declaration", ["unknown telemetry"], findDeclaration),
  step("find the notice", ["outside the notice"], findNotice),
  step("honour a refusal signal", ["refusal signal"], honourSignal),
  step("check the day", ["day closed", "day to come"], checkDay),
] as const;
export type BatchDrop = (typeof batchSteps)[number]["drops"][number];

export const eventSteps = [
  step("read the envelope", ["not an event"], readEvent),
  step("find the event", ["undeclared event", "another version"], findEvent),
  step("stop at its end", ["expired event"], stopAtEnd),
  step("keep declared fields", [], keepFields),
  step("ask the gate", ["not declared"], askGate),
] as const;
export type EventDrop = (typeof eventSteps)[number]["drops"][number];

/** Each reason once, in the order of the steps. */
export const batchDrops: readonly BatchDrop[] = batchSteps.flatMap((each): readonly BatchDrop[] => each.drops);
export const eventDrops: readonly EventDrop[] = eventSteps.flatMap((each): readonly EventDrop[] => each.drops);

export function runBatchSteps(draft: BatchDraft, ports: TelemetryPorts): BatchDrop | undefined {
  for (const { run } of batchSteps) {
    const reason = run(draft, ports);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

export function runEventSteps(draft: EventDraft, ports: TelemetryPorts): EventDrop | undefined {
  for (const { run } of eventSteps) {
    const reason = run(draft, ports);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function findDeclaration(draft: BatchDraft, ports: TelemetryPorts): "unknown telemetry" | undefined {
  draft.compiled = ports.compiledOf(draft.body.telemetry);
  return draft.compiled === undefined ? "unknown telemetry" : undefined;
}

function findNotice(draft: BatchDraft, ports: TelemetryPorts): "outside the notice" | undefined {
  draft.policy = draft.compiled === undefined ? undefined : ports.gate.policy(draft.compiled.notice);
  return draft.policy === undefined ? "outside the notice" : undefined;
}

/** The client has looked at every signal; one that comes with the request says no all the same. */
function honourSignal(draft: BatchDraft): "refusal signal" | undefined {
  return draft.signal ? "refusal signal" : undefined;
}

/** A day is open as long as the notice keeps raw data; a clock may be a day ahead. */
function checkDay({ body, compiled, today }: BatchDraft): "day closed" | "day to come" | undefined {
  if (body.day <= addDays(today, -(compiled?.openDays ?? 0))) return "day closed";
  return body.day > addDays(today, 1) ? "day to come" : undefined;
}

function readEvent(draft: EventDraft): "not an event" | undefined {
  const read = readEnvelope(draft.given);
  if (read === undefined || read.schema.length > 500) return "not an event";
  // Own names of what JSON made; nothing is looked up through a prototype.
  if (forbiddenKeys.some((key) => isRecord(draft.given) && Object.hasOwn(draft.given, key))) return "not an event";
  draft.id = read.schema;
  draft.data = read.data;
  draft.version = read.version ?? "";
  return undefined;
}

function findEvent(draft: EventDraft): "undeclared event" | "another version" | undefined {
  const { events } = draft.compiled;
  draft.event = Object.hasOwn(events, draft.id) ? events[draft.id] : undefined;
  if (draft.event === undefined) return "undeclared event";
  return draft.version === draft.event.version ? undefined : "another version";
}

function stopAtEnd({ event, today }: EventDraft): "expired event" | undefined {
  return event === undefined || today >= event.expires ? "expired event" : undefined;
}

/** By the same writer as in the client; which categories were agreed to is the client's to know. */
function keepFields(draft: EventDraft, ports: TelemetryPorts): undefined {
  const { event, compiled, today, dropped } = draft;
  if (event === undefined) return undefined;
  const taken = ports.take(compiled, event, today, draft.data);
  dropped.push(...taken.dropped);
  draft.fields = taken.fields;
  const kept: unknown = JSON.parse(`{${taken.fields}}`);
  draft.terms = [...new Set([occurrence, ...termsIn(event.fields, kept)])];
  return undefined;
}

function termsIn(fields: Readonly<Record<string, CompiledField>>, kept: unknown): readonly string[] {
  const values = Array.isArray(kept) ? (kept as readonly unknown[]) : [kept];
  return values.flatMap((value) =>
    isRecord(value)
      ? Object.entries(value).flatMap(([name, each]) => {
          const field = fields[name];
          if (field === undefined) return [];
          return field.fields === undefined ? [field.data] : [field.data, ...termsIn(field.fields, each)];
        })
      : [],
  );
}

/** All of it or nothing: the build made sure that what leaves together may be held together, and notices change. */
function askGate(draft: EventDraft, ports: TelemetryPorts): "not declared" | undefined {
  const { compiled, terms } = draft;
  const admission = ports.actorOf(compiled).admit(compiled.from, terms, { form: "raw", answer: "yes" });
  if (admission.practice === undefined || admission.dropped.length > 0) return "not declared";
  draft.practice = admission.practice;
  draft.version = admission.version;
  return undefined;
}
