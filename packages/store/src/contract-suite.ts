// What every driver must do, as tests: a driver that passes is a driver. A driver that cannot run here is skipped by name.
export { eventsContract } from "./contract-suite/events-contract.ts";
export { recordsContract } from "./contract-suite/records-contract.ts";
export { telemetryContract } from "./contract-suite/telemetry-contract.ts";
export { visitorsContract } from "./contract-suite/visitors-contract.ts";
