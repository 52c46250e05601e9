// What the version log beside a notice declares of a material change; a log that cannot be read declares nothing.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { logName, readVersionLog } from "@avow/policy";
import type { Declared } from "./in-force.ts";

/** `noticePath` is the notice's file; the log stands beside it. */
export async function readDeclared(noticePath: string, version: string): Promise<Declared | undefined> {
  let text: string;
  try {
    text = await readFile(join(dirname(noticePath), logName), "utf8");
  } catch {
    return undefined;
  }
  const entry = readVersionLog(text).log?.log.findLast((each) => each.version === version);
  return entry?.material === undefined ? undefined : { effective: entry.material.effective };
}
