// A table from a file, as `avow types --table` writes it: read whole or not at all (docs/design/inside-software.md).
import type { ProgramContact, ProgramFeature, ProgramTable } from "@avow/policy";

/** Longest table, in characters. */
export const longestTable = 1_000_000;

/** Undefined for whatever is no table; then nothing is declared, and nothing is let out. */
export function readTable(text: string): ProgramTable | undefined {
  if (text.length > longestTable) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isTable(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isTable(value: unknown): value is ProgramTable {
  if (!isFields(value) || !["notice", "title", "version", "contact"].every((key) => isText(value[key]))) return false;
  const { features } = value;
  if (!Array.isArray(features) || !features.every((each) => isFeature(each))) return false;
  return new Set(features.map(({ id }) => id)).size === features.length;
}

function isFeature(value: unknown): value is ProgramFeature {
  if (!isFields(value) || !["id", "does", "declaration"].every((key) => isText(value[key]))) return false;
  const { contacts, sends, within, off } = value;
  if (!isOptional(within) || !isOptional(off)) return false;
  if (!Array.isArray(contacts) || !contacts.every((each) => isContact(each))) return false;
  return isTexts(sends) && isTexts(value["for"]);
}

function isContact(value: unknown): value is ProgramContact {
  if (!isFields(value) || !["id", "name", "does", "holds"].every((key) => isText(value[key]))) return false;
  const { hosts, isBehind, sees, keeps, usesFor, privacy } = value;
  if (!isTexts(hosts) || !(isBehind === undefined || isBehind === true)) return false;
  return (
    isOptional(keeps) && isOptional(privacy) && [sees, usesFor].every((each) => each === undefined || isTexts(each))
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isOptional(value: unknown): boolean {
  return value === undefined || isText(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}
