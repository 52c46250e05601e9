// Compiled telemetry beside the notices it belongs to: `NOTICES/ID/NAME.telemetry.json`, read once at the start (docs/reference/telemetry-declaration.md).
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Gate } from "@avow/gate/server";
import { type CompiledTelemetry, TelemetryUnreadable, loadTelemetry } from "@avow/gate/telemetry-schema";
import type { Log } from "../http/request-log.ts";
import { readPlainText } from "../notices/read-plain-file.ts";

const longestFile = 8_388_608;

/** By id; what cannot be used is told and collects nothing. */
export async function readTelemetryFiles(
  dirs: readonly string[],
  gate: Pick<Gate, "policy">,
  log: Log,
): Promise<ReadonlyMap<string, CompiledTelemetry>> {
  const declared = new Map<string, CompiledTelemetry>();
  for (const path of await pathsIn(dirs)) {
    const compiled = await readOne(path, log);
    if (compiled === undefined) continue;
    const { telemetry, notice } = compiled;
    if (gate.policy(notice) === undefined) {
      log(`telemetry \`${telemetry}\` (${path}) collects nothing: its notice \`${notice}\` is not being served`);
    } else if (declared.has(telemetry)) {
      log(`telemetry \`${telemetry}\` (${path}) collects nothing: another file has its id`);
    } else declared.set(telemetry, compiled);
  }
  return declared;
}

async function pathsIn(dirs: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const dir of dirs) {
    for (const notice of (await readdir(dir).catch(() => [])).toSorted()) {
      const names = await readdir(join(dir, notice)).catch(() => []);
      for (const name of names.toSorted()) if (name.endsWith(".telemetry.json")) found.push(join(dir, notice, name));
    }
  }
  return found;
}

async function readOne(path: string, log: Log): Promise<CompiledTelemetry | undefined> {
  try {
    const text = await readPlainText(path);
    if (text.length > longestFile) throw new TelemetryUnreadable("it is too large");
    return loadTelemetry(text);
  } catch (error) {
    const why = error instanceof TelemetryUnreadable ? error.message : "it cannot be read";
    log(`${path} collects nothing: ${why}`);
    return undefined;
  }
}
