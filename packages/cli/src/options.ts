// Options that several commands share, read the same way everywhere.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { InvalidArgumentError } from "commander";

/** `--notices` and others may be given several times. */
export function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

export function portNumber(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
    throw new InvalidArgumentError("a port is a number from 0 to 65535");
  return Number(value);
}

/** The notices that came with this checkout, else the `notices` of the current directory. */
export function shippedNotices(): string {
  const beside = resolve(import.meta.dirname, "../../../notices");
  return existsSync(beside) ? beside : resolve("notices");
}

export const defaultData = "data";
export const exampleNotice = (): string => join(shippedNotices(), "example", "notice.yaml");

/** Lines for the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;
}

const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** A host name as sites are keyed by it: lower case, without `www.`; undefined when it is none. */
export function domainOf(value: string): string | undefined {
  const domain = value.toLowerCase().replace(/^www\./, "");
  if (domain.length > 253) return undefined;
  return domain.split(".").every((part) => label.test(part)) ? domain : undefined;
}
