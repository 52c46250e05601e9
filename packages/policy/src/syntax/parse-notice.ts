// From the text of a notice file to a notice: YAML 1.2 core schema, read by hand-written readers that collect every mistake.
import { LineCounter } from "yaml";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Notice } from "../model/notice.ts";
import { readDocument } from "./read-document.ts";
import { readNotice } from "./read-notice.ts";
import { type Reading, report } from "./reading.ts";

export interface Parsed {
  /** Absent when anything is wrong. */
  readonly notice?: Notice;
  readonly diagnostics: readonly Diagnostic[];
}

const start = { line: 1, column: 1 };

/** Never throws; ends within a second on any text. `path` is what diagnostics call the file. */
export function parseNotice(text: string, path: string): Parsed {
  const reading: Reading = { path, lines: new LineCounter(), diagnostics: [], spans: new Map() };
  try {
    const notice = read(reading, text);
    if (notice === undefined || reading.diagnostics.length > 0) return { diagnostics: inOrder(reading) };
    return { notice, diagnostics: [] };
  } catch (error) {
    // The scan bounds depth and size, so this is a fault of ours or a depth the scan did not see: refused either way.
    const code = error instanceof RangeError ? "too-deep" : "unreadable";
    report(reading, code, start, "the file cannot be read as a notice", "write it flatter and in plain YAML");
    return { diagnostics: inOrder(reading) };
  }
}

function read(reading: Reading, text: string): Notice | undefined {
  const document = readDocument(reading, text);
  return document === undefined ? undefined : readNotice(reading, document);
}

function inOrder(reading: Reading): readonly Diagnostic[] {
  return reading.diagnostics.toSorted((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
}
