// From the text of a notice file to a notice: YAML 1.2 core schema, read by hand-written readers that collect every mistake.
import { LineCounter, type YAMLError, parseDocument } from "yaml";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Notice } from "../model/notice.ts";
import { readNotice } from "./read-notice.ts";
import { type Reading, report, spanAt } from "./reading.ts";
import { longestNotice, plainText, scanText } from "./scan-text.ts";

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

function read(reading: Reading, original: string): Notice | undefined {
  if (original.length > longestNotice) {
    report(
      reading,
      "too-large",
      start,
      `the file is larger than ${longestNotice} characters`,
      "split it into a notice and addenda",
    );
    return undefined;
  }
  const text = plainText(original);
  if (!scanText(reading, text)) return undefined;
  // Unique keys are checked by the readers: the library's own check compares each key with each other.
  const document = parseDocument(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    // Silent would also keep a second document from being an error.
    logLevel: "error",
    stringKeys: false,
  });
  for (const error of [...document.errors, ...document.warnings]) reportYaml(reading, error);
  if (reading.diagnostics.some((each) => each.code === "yaml-syntax" || each.code === "several-documents"))
    return undefined;
  return readNotice(reading, document.contents);
}

function reportYaml(reading: Reading, error: YAMLError): void {
  const span = spanAt(reading, error.pos[0]);
  if (error.code === "MULTIPLE_DOCS") {
    report(
      reading,
      "several-documents",
      span,
      "a second document begins here",
      "one file holds one notice: delete the `---` line",
    );
    return;
  }
  if (error.code === "BAD_ALIAS" || error.code === "TAG_RESOLVE_FAILED") return;
  const [first] = error.message.split("\n");
  const message = (first ?? "").replace(/\.$/, "").replace(/^./, (letter) => letter.toLowerCase());
  report(
    reading,
    "yaml-syntax",
    span,
    message.slice(0, 200),
    "check the indentation, the quotes and the brackets around this place",
  );
}

function inOrder(reading: Reading): readonly Diagnostic[] {
  return reading.diagnostics.toSorted((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
}
