// Telemetry, pure: what client and collector share, and the client itself (docs/design/telemetry.md).
export { type Sealed, utf8Length } from "./batch.ts";
export {
  type AnyEvents,
  type CompiledEvent,
  type CompiledField,
  type CompiledTelemetry,
  type Interval,
  type Precision,
  type Stewardship,
  TelemetryUnreadable,
  intervals,
  loadTelemetry,
  occurrence,
  precisions,
} from "./compiled.ts";
export { type Outcome, outcomes } from "./emitter.ts";
export { type Envelope, type ReadEvent, addDays, dayOf, readEnvelope, timeText } from "./envelope.ts";
export { type FieldDrop, type Taking, type WriteFields, fieldDrops, fieldWriter } from "./field-writer.ts";
export { isRecord } from "./is-record.ts";
export { forbiddenKeys, limits } from "./limits.ts";
export { type Kept, type LedgerEntry, type Sending, type TelemetryQueue } from "./queue.ts";
export { type Schema, type SchemaObject, checkOf, patternOf } from "./schema.ts";
export {
  DeclarationMismatch,
  type Erased,
  type Reply,
  type Sent,
  type Telemetry,
  type TelemetryGate,
  type TelemetryNote,
  type TelemetryPorts,
} from "./contract.ts";
export { openTelemetry } from "./telemetry.ts";
