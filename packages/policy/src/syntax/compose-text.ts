// From text to YAML nodes with every limit applied: what a notice and a file of terms are both read from.
import { LineCounter, type Node, type YAMLError, parseDocument } from "yaml";
import type { Diagnostic } from "../model/diagnostic.ts";
import { type Reading, report, spanAt } from "./reading.ts";
import { longestNotice, plainText, scanText } from "./scan-text.ts";

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
    const root = compose(reading, text);
    const value = root === undefined ? undefined : read(reading, root.node);
    if (value === undefined || reading.diagnostics.length > 0) return { diagnostics: inOrder(reading) };
    return { value, diagnostics: [] };
  } catch (error) {
    // The scan bounds depth and size, so this is a fault of ours or a depth the scan did not see: refused either way.
    const code = error instanceof RangeError ? "too-deep" : "unreadable";
    report(reading, code, start, `the file cannot be read as ${what}`, "write it flatter and in plain YAML");
    return { diagnostics: inOrder(reading) };
  }
}

function compose(reading: Reading, original: string): { readonly node: Node | null } | undefined {
  if (original.length > longestNotice) {
    const message = `the file is larger than ${longestNotice} characters`;
    report(reading, "too-large", start, message, "split it into a notice and addenda");
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
  const isBroken = reading.diagnostics.some(({ code }) => code === "yaml-syntax" || code === "several-documents");
  return isBroken ? undefined : { node: document.contents };
}

function reportYaml(reading: Reading, error: YAMLError): void {
  const span = spanAt(reading, error.pos[0]);
  if (error.code === "MULTIPLE_DOCS") {
    const help = "one file holds one notice: delete the `---` line";
    report(reading, "several-documents", span, "a second document begins here", help);
    return;
  }
  if (error.code === "BAD_ALIAS" || error.code === "TAG_RESOLVE_FAILED") return;
  const [first] = error.message.split("\n");
  const message = (first ?? "").replace(/\.$/, "").replace(/^./, (letter) => letter.toLowerCase());
  const help = "check the indentation, the quotes and the brackets around this place";
  report(reading, "yaml-syntax", span, message.slice(0, 200), help);
}

function inOrder(reading: Reading): readonly Diagnostic[] {
  return reading.diagnostics.toSorted((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
}
