// Where data rests. Drivers are opened by the server's compose.ts and the command; nobody else names them.
export type * from "./contract.ts";
export { dimensionColumns, metrics, notKeptReasons } from "./contract.ts";
export {
  DayClosedError,
  DiskFullError,
  StoreBusyError,
  StoreClosedError,
  StoreDamagedError,
  StoreTooNewError,
  StoreValueError,
} from "./errors.ts";
export { layout, type LaidColumn, type Reason, type RecordsPractice, recordsPractices } from "./layout.ts";
export { type IsDeclared, undeclaredColumns, type UndeclaredColumn } from "./undeclared-columns.ts";
export { shapesOf, type ShapeSettings } from "./closing/shapes-of.ts";
export { type EventsOptions, openEvents } from "./open-events.ts";
export { openRecords, type RecordsOptions } from "./open-records.ts";
export { openTelemetryStore, type TelemetryStoreOptions } from "./open-telemetry.ts";
export { createVisitors, type VisitorsInMemory, type VisitorsOptions } from "./drivers/memory-visitors.ts";
export { isMemoryOnly, takeSnapshot, writeSnapshot } from "./visitor-snapshot.ts";
export { emptyLabel } from "./question/empty-label.ts";
export { noteText, type StoreNote } from "./drivers/store-note.ts";
