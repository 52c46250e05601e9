// What the version log beside a notice declares of a material change; a log that cannot be read declares nothing.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Declared } from "./in-force.ts";

const mostBytes = 16 * 1024 * 1024;

/** `noticePath` is the notice's file; the log is `versions.json` beside it. */
export async function readDeclared(noticePath: string, version: string): Promise<Declared | undefined> {
  try {
    const text = await readFile(join(dirname(noticePath), "versions.json"), "utf8");
    return text.length > mostBytes ? undefined : declaredIn(JSON.parse(text), version);
  } catch {
    return undefined;
  }
}

function declaredIn(log: unknown, version: string): Declared | undefined {
  const entries: unknown = Array.isArray(log) ? log : property(log, "versions");
  if (!Array.isArray(entries)) return undefined;
  const entry: unknown = entries.findLast((each: unknown) => property(each, "version") === version);
  const material = property(entry, "material");
  const [effective, question] = [property(material, "effective"), property(material, "question")];
  if (typeof effective !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(effective)) return undefined;
  // Without the question nobody could agree, and then nothing was declared to anybody.
  return typeof question === "string" && question.trim() !== "" ? { effective } : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
