// The memory drivers under the contract.
import { randomBytes } from "node:crypto";
import { describe } from "vitest";
import { eventsContract, recordsContract, telemetryContract, visitorsContract } from "../contract-suite.ts";
import { openMemoryEvents } from "./memory-events.ts";
import { openMemoryRecords } from "./memory-records.ts";
import { openMemoryTelemetry } from "./memory-telemetry.ts";
import { createVisitors } from "./memory-visitors.ts";

const nothingToRemove = async (): Promise<void> => undefined;

describe("records in memory", () =>
  recordsContract(async () => ({ store: openMemoryRecords(), remove: nothingToRemove })));
describe("events in memory", () =>
  eventsContract(async () => ({ store: openMemoryEvents(), remove: nothingToRemove })));
describe("telemetry in memory", () =>
  telemetryContract(async () => ({ store: openMemoryTelemetry(), remove: nothingToRemove })));
describe("visitors in memory", () => visitorsContract(() => createVisitors({ randomBytes })));
