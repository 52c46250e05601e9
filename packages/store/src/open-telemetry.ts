// Opens the store of telemetry with the driver that is asked for; files unless told otherwise.
import type { TelemetryStore } from "./contract.ts";

export type TelemetryStoreOptions = { readonly driver: "memory" } | { readonly driver?: "files"; readonly dir: string };

export async function openTelemetryStore(options: TelemetryStoreOptions): Promise<TelemetryStore> {
  if (options.driver === "memory") return (await import("./drivers/memory-telemetry.ts")).openMemoryTelemetry();
  return (await import("./drivers/file-telemetry.ts")).openFileTelemetry(options.dir);
}
