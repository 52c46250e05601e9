// A batch as a program sent it: its shape, before anything is looked at (docs/reference/telemetry-protocol.md).
import { isRecord, limits } from "@avow/gate/telemetry-schema";

export interface BatchBody {
  readonly telemetry: string;
  /** SHA-256 (hex) of a token only the sender has. */
  readonly batch: string;
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  readonly events: readonly unknown[];
}

/** What is wrong, naming the key; never what was sent. */
export interface InvalidBatch {
  readonly invalid: string;
}

/** Never throws. */
export function readBatch(body: string): BatchBody | InvalidBatch {
  // Characters are at least as many as bytes are allowed; the server counts bytes before it decodes them.
  if (body.length > limits.batchBytes) return { invalid: `a batch has at most ${limits.batchBytes} bytes` };
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { invalid: "the body is not JSON" };
  }
  if (!isRecord(value) || value["avow"] !== 1) return { invalid: "avow must be 1" };
  const { telemetry, batch, day, events } = value;
  if (typeof telemetry !== "string" || telemetry.length > 64) return { invalid: "telemetry must be its id" };
  if (typeof batch !== "string" || !/^[\da-f]{64}$/.test(batch)) return { invalid: "batch must be a SHA-256 in hex" };
  if (typeof day !== "string" || !isDay(day)) return { invalid: "day must be a day like 2026-11-20" };
  if (!Array.isArray(events) || events.length === 0 || events.length > limits.batchEvents) {
    return { invalid: `events must be a list of 1 to ${limits.batchEvents}` };
  }
  return { telemetry, batch, day, events };
}

export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
