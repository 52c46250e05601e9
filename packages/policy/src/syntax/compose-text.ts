// A text read as one block of known keys, every mistake collected: how a notice and a file of terms are both parsed.
import { LineCounter, type Node } from "yaml";
import type { Diagnostic } from "../model/diagnostic.ts";
import { readDocument } from "./read-document.ts";
import { type Reading, report } from "./reading.ts";

const start = { line: 1, column: 1 };

export interface Composed<T> {
  /** Absent when anything is wrong. */
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Never throws; ends within a second on any text. `read` gets the root of the document, null when the file is empty. */
export function composeText<T>(
  text: string,
  path: string,
  what: string,
  read: (reading: Reading, node: Node | null) => T | undefined,
): Composed<T> {
  const reading: Reading = { path, lines: new LineCounter(), diagnostics: [], spans: new Map() };
  try {
    const root = readDocument(reading, text);
    const value = root === undefined ? undefined : read(reading, root);
    if (value === undefined || reading.diagnostics.length > 0) return { diagnostics: inOrder(reading) };
    return { value, diagnostics: [] };
  } catch (error) {
    // The scan bounds depth and size, so this is a fault of ours or a depth the scan did not see: refused either way.
    const code = error instanceof RangeError ? "too-deep" : "unreadable";
    report(reading, code, start, `the file cannot be read as ${what}`, "write it flatter and in plain YAML");
    return { diagnostics: inOrder(reading) };
  }
}

function inOrder(reading: Reading): readonly Diagnostic[] {
  return reading.diagnostics.toSorted((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
}
