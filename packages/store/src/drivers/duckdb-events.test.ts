// DuckDB behind its spool under the contract of events.
import { eventsContract } from "../contract-suite.ts";
import { driverSuite } from "../contract-suite/suite.ts";
import { tempDir } from "../contract-suite/temp-dir.ts";
import { openDuckdbEvents } from "./duckdb-events.ts";

const cannotRun = await import("@duckdb/node-api").then(
  () => undefined,
  () => "@duckdb/node-api has no build for this machine",
);

driverSuite("events in DuckDB", cannotRun, () =>
  eventsContract(async () => {
    const { dir, remove } = await tempDir();
    return { store: await openDuckdbEvents({ dir }), remove, again: () => openDuckdbEvents({ dir }) };
  }),
);
