// Opens the store of records with the driver that is asked for; SQLite unless told otherwise.
import type { Records } from "./contract.ts";

export type RecordsOptions =
  | { readonly driver: "memory" }
  | { readonly driver?: "sqlite"; readonly dir: string; readonly nowMs?: number };

export async function openRecords(options: RecordsOptions): Promise<Records> {
  if (options.driver === "memory") return (await import("./drivers/memory-records.ts")).openMemoryRecords();
  return (await import("./drivers/sqlite-records.ts")).openSqliteRecords(options);
}
