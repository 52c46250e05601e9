// Collectors: raw input to declared record, as visible lists of named steps with closed drop reasons.
export { columnTerms, columns } from "./page-views/columns.ts";
export type { Column } from "./page-views/columns.ts";
export { createPageViews } from "./page-views/create-page-views.ts";
export type { Collected, PageViewInput, PageViewPorts, PageViews } from "./page-views/create-page-views.ts";
export type { ClientTraits, MeasuredSite, PageViewRow } from "./page-views/draft.ts";
export { matchesAny } from "./page-views/matches-pattern.ts";
export { readEvent } from "./page-views/read-event.ts";
export type { EventBody, Invalid } from "./page-views/read-event.ts";
export { dropReasons, steps } from "./page-views/steps.ts";
export type { DropReason } from "./page-views/steps.ts";
export { truncateAddress } from "./page-views/truncate-address.ts";
export { type CountedDay, type CountedEvent, DayCounter, notSaid } from "./telemetry/count-day.ts";
export {
  type CollectedBatch,
  type TelemetryCollector,
  createTelemetryCollector,
} from "./telemetry/create-telemetry.ts";
export type { StoredBatch } from "./telemetry/draft.ts";
export { isDay } from "./telemetry/read-batch.ts";
export { batchDrops, eventDrops } from "./telemetry/steps.ts";
