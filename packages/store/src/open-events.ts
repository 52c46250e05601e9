// Opens the store of events with the driver that is asked for; DuckDB behind a spool unless told otherwise.
import type { Events } from "./contract.ts";
import type { DuckdbEventsOptions } from "./drivers/duckdb-events.ts";

export type EventsOptions = { readonly driver: "memory" } | ({ readonly driver?: "duckdb" } & DuckdbEventsOptions);

export async function openEvents(options: EventsOptions): Promise<Events> {
  if (options.driver === "memory") return (await import("./drivers/memory-events.ts")).openMemoryEvents();
  return (await import("./drivers/duckdb-events.ts")).openDuckdbEvents(options);
}
