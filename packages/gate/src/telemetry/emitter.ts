// From an event as a program emits it to the line that would leave: known, in time, agreed to, as declared, only declared fields (clauses.md JP1).
import { type CompiledEvent, type CompiledTelemetry, type Precision, precisions } from "./compiled.ts";
import { type Envelope, addDays, dayOf, spanOf, timeText } from "./envelope.ts";
import { type WriteFields, fieldWriter } from "./field-writer.ts";
import { isRecord } from "./is-record.ts";
import { forbiddenKeys, limits } from "./limits.ts";
import type { Once } from "./once.ts";
import { type Check, checkOf } from "./schema.ts";

/** What became of an event. */
export const outcomes = [
  "kept",
  /** Nobody agreed, or something forbids it. */
  "off",
  "undeclared event",
  "expired event",
  /** The event is in a category that nobody agreed to. */
  "not agreed",
  "forbidden key",
  "not as declared",
  "too large",
  "not sampled",
  "said before",
  "queue full",
] as const;
export type Outcome = (typeof outcomes)[number];

export interface EmitterPorts {
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly once: Once;
  readonly envelope: Envelope;
}

/** An event that may leave today, ready to be written. */
interface Ready {
  readonly event: CompiledEvent;
  readonly check: Check;
  readonly write: WriteFields;
  /** All of the envelope behind the time. */
  readonly tail: string;
}

interface Stamp {
  from: number;
  until: number;
  text: string;
}

export class Emitter {
  readonly #compiled: CompiledTelemetry<unknown>;
  readonly #ports: EmitterPorts;
  readonly #checks: ReadonlyMap<string, Check>;
  readonly #stamps: Record<Precision, Stamp>;
  #agreed: ReadonlySet<string> = new Set();
  #ready = new Map<string, Ready | Outcome>();
  #today = { from: 0, until: 0 };
  /** Of the last event that was kept. */
  line = "";

  constructor(compiled: CompiledTelemetry<unknown>, ports: EmitterPorts) {
    this.#compiled = compiled;
    this.#ports = ports;
    this.#checks = new Map(Object.entries(compiled.events).map(([id, { schema }]) => [id, checkOf(schema)]));
    const [day, hour, minute] = precisions.map((): Stamp => ({ from: 0, until: 0, text: "" })) as [Stamp, Stamp, Stamp];
    this.#stamps = { day, hour, minute };
  }

  /** Categories that are agreed to; none: everything is off. */
  agree(agreed: ReadonlySet<string>): void {
    this.#agreed = agreed;
    this.#today = { from: 0, until: 0 };
  }

  emit(id: string, data: unknown, nowMs: number): Outcome {
    if (this.#agreed.size === 0) return "off";
    if (nowMs >= this.#today.until || nowMs < this.#today.from) this.#plan(nowMs);
    const ready = this.#ready.get(id);
    if (ready === undefined) return "undeclared event";
    if (typeof ready === "string") return ready;
    const { event, check, write, tail } = ready;
    const { random, once } = this.#ports;
    if (event.sample < 1 && event.once === undefined && random() >= event.sample) return "not sampled";
    if (!isRecord(data)) return "not as declared";
    for (const key of forbiddenKeys) if (Object.hasOwn(data, key)) return "forbidden key";
    if (!check(data)) return "not as declared";
    const fields = write(data);
    if (event.once !== undefined) {
      if (!once.isFirst(event.once, nowMs, `${id} ${fields}`)) return "said before";
      if (event.sample < 1 && random() >= event.sample) return "not sampled";
    }
    const line = this.#stamp(event.time, nowMs) + tail + (fields === "" ? "}" : `,${fields}}`);
    if (line.length > limits.eventLength) return "too large";
    this.line = line;
    return "kept";
  }

  /** Once a day, and whenever an answer changes: what is past its end today is not in the plan. */
  #plan(nowMs: number): void {
    this.#today = spanOf(nowMs, "day");
    const today = dayOf(nowMs);
    this.#ready = new Map(
      Object.entries(this.#compiled.events).map(([id, event]) => [id, this.#readyOf(id, event, today)]),
    );
  }

  #readyOf(id: string, event: CompiledEvent, today: string): Ready | Outcome {
    const check = this.#checks.get(id);
    if (check === undefined) return "undeclared event";
    if (today >= event.expires) return "expired event";
    if (!event.categories.every((each) => this.#agreed.has(each))) return "not agreed";
    const nulls = this.#ports.envelope === "jupyter";
    const write = fieldWriter(event.fields, { agreed: this.#agreed, today, isChecked: false, nulls });
    const named = `"__schema__":${JSON.stringify(id)},"__schema_version__":${JSON.stringify(event.version)}`;
    return { event, check, write, tail: `,${named},"__metadata_version__":1` };
  }

  #stamp(precision: Precision, nowMs: number): string {
    const stamp = this.#stamps[precision];
    if (nowMs >= stamp.until || nowMs < stamp.from || stamp.text === "") {
      const { from, until } = spanOf(nowMs, precision);
      Object.assign(stamp, { from, until, text: `{"__timestamp__":"${timeText(from, this.#ports.envelope)}"` });
    }
    return stamp.text;
  }
}

/** Earliest day on which something of an event ends after `today`; until then a line that was filtered stays right. */
export function nextEnd({ events }: CompiledTelemetry<unknown>, today: string): string {
  const ends = Object.values(events).flatMap((event) => [event.expires, ...fieldEnds(event.fields)]);
  return ends.filter((end) => end > today).toSorted()[0] ?? addDays(today, 366);
}

function fieldEnds(fields: CompiledEvent["fields"]): readonly string[] {
  return Object.values(fields).flatMap(({ expires, fields: inner = {} }) => [expires, ...fieldEnds(inner)]);
}
