// A batch and its events on their way to being stored: what the steps read and fill in.
import type { CompiledEvent, CompiledTelemetry, FieldDrop } from "@avow/gate/telemetry-schema";
import type { Policy } from "@avow/policy";
import type { BatchBody } from "./read-batch.ts";

export interface BatchDraft {
  readonly body: BatchBody;
  /** `Sec-GPC: 1` or `DNT: 1` came with the request. */
  readonly signal: boolean;
  /** The collector's own, UTC. */
  readonly today: string;
  compiled: CompiledTelemetry | undefined;
  policy: Policy | undefined;
}

export interface EventDraft {
  readonly given: unknown;
  readonly compiled: CompiledTelemetry;
  readonly today: string;
  id: string;
  event: CompiledEvent | undefined;
  data: Readonly<Record<string, unknown>>;
  /** Vocabulary terms of what is left. */
  terms: readonly string[];
  /** Declared fields as text, `"name":value` joined by commas. */
  fields: string;
  practice: string;
  version: string;
  readonly dropped: FieldDrop[];
}

/** One event as it is stored: no time, no envelope. */
export interface StoredEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One batch as it is stored. */
export interface StoredBatch {
  readonly practice: string;
  /** Policy version it is held under. */
  readonly version: string;
  readonly events: readonly StoredEvent[];
}
