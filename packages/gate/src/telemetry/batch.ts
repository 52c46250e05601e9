// A batch: the exact text that is shown and sent, made of the lines that wait, once a day at most (docs/reference/telemetry-protocol.md).
import type { CompiledTelemetry } from "./compiled.ts";
import { nextEnd } from "./emitter.ts";
import { type Envelope, addDays, dayOf, readEnvelope, timeText } from "./envelope.ts";
import { fieldWriter } from "./field-writer.ts";
import { limits } from "./limits.ts";

/** A batch on this machine. The collector gets `body` and, if it is ever asked to delete it, `token`. */
export interface Sealed {
  /** SHA-256 (hex) of the token: its name. */
  readonly batch: string;
  readonly token: string;
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  /** Of the compiled telemetry it was filtered by. */
  readonly version: string;
  /** Categories that were agreed to. */
  readonly agreed: readonly string[];
  /** From this day on it is filtered anew before it is sent. */
  readonly filterFrom: string;
  readonly events: number;
  /** Lines that found no room or may not leave any more. */
  readonly leftOut: number;
  readonly body: string;
}

export interface Sealing {
  readonly compiled: CompiledTelemetry<unknown>;
  readonly agreed: ReadonlySet<string>;
  readonly nowMs: number;
  readonly envelope: Envelope;
  readonly batch: string;
  readonly token: string;
  readonly day: string;
}

/** Undefined where no line may leave. Lines are read anew: what ended or was answered since dies here. */
export function sealBatch(lines: readonly string[], sealing: Sealing): Sealed | undefined {
  const { compiled, agreed, nowMs, batch, token, day } = sealing;
  const filter = lineFilter(sealing);
  const head = `{"avow":1,"telemetry":${JSON.stringify(compiled.telemetry)},"version":"${compiled.version}","batch":"${batch}","day":"${day}","events":[\n`;
  const kept: string[] = [];
  let bytes = utf8Length(head) + 4;
  for (const line of lines) {
    const left = filter(line);
    if (left === undefined) continue;
    const size = utf8Length(left) + 2;
    if (kept.length >= limits.batchEvents || bytes + size > limits.batchBytes) continue;
    kept.push(left);
    bytes += size;
  }
  if (kept.length === 0) return undefined;
  return {
    batch,
    token,
    day,
    version: compiled.version,
    agreed: [...agreed].toSorted(),
    filterFrom: nextEnd(compiled, dayOf(nowMs)),
    events: kept.length,
    leftOut: lines.length - kept.length,
    body: `${head}${kept.join(",\n")}\n]}\n`,
  };
}

/** Whether it may leave as it is: same declaration, same answers, nothing of it past its end since. */
export function isCurrent(
  sealed: Sealed,
  { compiled, agreed, nowMs }: Omit<Sealing, "batch" | "token" | "day">,
): boolean {
  return (
    sealed.version === compiled.version &&
    dayOf(nowMs) < sealed.filterFrom &&
    sealed.agreed.every((each) => agreed.has(each))
  );
}

/** Whether a collector would still take it; one of another century's clock neither. */
export function isInTime({ day }: Sealed, { openDays }: CompiledTelemetry<unknown>, nowMs: number): boolean {
  const today = dayOf(nowMs);
  return day > addDays(today, -openDays) && day <= addDays(today, 1);
}

/** The lines of a batch, as they stand in it. */
export function linesOf({ body }: Sealed): readonly string[] {
  return body
    .split("\n")
    .slice(1, -2)
    .map((line) => line.replace(/,$/, ""));
}

/** Undefined for a line that cannot be read (a crash cut it) or may not leave. */
function lineFilter({ compiled, agreed, nowMs, envelope }: Sealing): (line: string) => string | undefined {
  const today = dayOf(nowMs);
  const writers = new Map(
    Object.entries(compiled.events)
      .filter(([, { expires, categories }]) => today < expires && categories.every((each) => agreed.has(each)))
      .map(([id, event]) => {
        const taking = { agreed, today, isChecked: true, nulls: envelope === "jupyter" };
        return [id, { event, write: fieldWriter(event.fields, taking) }] as const;
      }),
  );
  return (line) => {
    const read = readEnvelope(parsed(line));
    const found = read === undefined ? undefined : writers.get(read.schema);
    if (read === undefined || found === undefined || read.version !== found.event.version) return undefined;
    const fields = found.write(read.data);
    const named = `"__schema__":${JSON.stringify(read.schema)},"__schema_version__":${JSON.stringify(read.version)}`;
    const time = `{"__timestamp__":"${timeText(read.atMs ?? nowMs, envelope)}"`;
    return `${time},${named},"__metadata_version__":1${fields === "" ? "" : `,${fields}`}}`;
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const isPair = unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
    if (isPair) at += 1;
    length += unit < 0x80 ? 1 : unit < 0x800 ? 2 : isPair ? 4 : 3;
  }
  return length;
}
