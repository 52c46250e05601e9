// A YAML or JSON file as plain values, each with its place: schemas come as their projects wrote them, so anchors are followed, within limits.
import type { Diagnostic } from "@avow/policy";
import { type Document, LineCounter, type Node, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { TelemetryCode } from "./telemetry-codes.ts";

export type Span = Diagnostic["span"];

/** A value with where it stands. Objects are maps: no name in them means anything to JavaScript. */
export interface Placed {
  readonly span: Span;
  readonly value: string | number | boolean | null | readonly Placed[] | ReadonlyMap<string, Placed>;
}

export interface Reading {
  readonly path: string;
  readonly diagnostics: Diagnostic[];
}

const longestFile = 262_144;
const mostNodes = 20_000;
const deepest = 48;
/** Looking one up takes as long as the file is. */
const mostAliases = 200;
const mostSaid = 200;
const start: Span = { line: 1, column: 1 };

export function say(
  { path, diagnostics }: Reading,
  code: TelemetryCode,
  span: Span,
  message: string,
  help?: string,
  severity: Diagnostic["severity"] = "error",
): void {
  // More would bury the first.
  if (diagnostics.length >= mostSaid) return;
  diagnostics.push({ severity, code, message, ...(help === undefined ? {} : { help }), path, span });
}

/** Undefined when it cannot be read; why is said. */
export function readPlaced(reading: Reading, text: string): Placed | undefined {
  if (text.length > longestFile) {
    say(reading, "telemetry-too-large", start, `the file is larger than ${longestFile} characters`, "split it");
    return undefined;
  }
  if (isTooDeep(text)) {
    say(reading, "telemetry-too-large", start, "the file is nested too deeply to be read", "write it flatter");
    return undefined;
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      version: "1.2",
      lineCounter: lines,
      prettyErrors: false,
      logLevel: "error",
    });
    for (const { message, pos } of document.errors) {
      const [first = ""] = message.split("\n");
      const says = first.replace(/\.$/, "").replace(/^./, (letter) => letter.toLowerCase());
      say(reading, "telemetry-syntax", spanAt(lines, pos[0]), says.slice(0, 200), "check indentation and quotes");
    }
    return document.errors.length > 0 ? undefined : placed(reading, lines, document);
  } catch {
    // Brackets by the thousand end in the parser's own stack.
    say(reading, "telemetry-too-large", start, "the file is nested too deeply to be read", "write it flatter");
    return undefined;
  }
}

/** Before anything is composed, which takes the square of the depth. Brackets in texts count too: nobody writes so many. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [mark] of text.matchAll(/[[\]{}]|^ {400}|(?:- ){48}/gm)) {
    if (mark.length > 1 || depth > 4 * deepest) return true;
    depth += mark === "[" || mark === "{" ? 1 : depth > 0 ? -1 : 0;
  }
  return false;
}

function placed(reading: Reading, lines: LineCounter, document: Document.Parsed): Placed | undefined {
  let nodes = 0;
  let aliases = 0;
  const place = (node: Node | null, depth: number, otherwise: Span): Placed => {
    const offset = node?.range?.[0];
    const span = offset === undefined ? otherwise : spanAt(lines, offset);
    nodes += 1;
    // An alias is placed anew each time it stands somewhere: many of many run out of nodes.
    if (nodes > mostNodes || depth > deepest) throw new RangeError("too much");
    if (isAlias(node) && (aliases += 1) > mostAliases) throw new RangeError("too much");
    if (isAlias(node)) return { ...place(node.resolve(document) ?? null, depth + 1, span), span };
    if (isMap(node)) {
      const entries = new Map<string, Placed>();
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : "";
        const at = isScalar(key) && key.range ? spanAt(lines, key.range[0]) : span;
        entries.set(name, place(value as Node | null, depth + 1, at));
      }
      return { span, value: entries };
    }
    if (isSeq(node)) return { span, value: node.items.map((item) => place(item as Node | null, depth + 1, span)) };
    return { span, value: scalarOf(isScalar(node) ? node.value : null) };
  };
  try {
    return place(document.contents, 0, start);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    say(reading, "telemetry-too-large", start, `more than ${mostNodes} parts, or deeper than ${deepest}`, "split it");
    return undefined;
  }
}

function scalarOf(value: unknown): string | number | boolean | null {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function spanAt(lines: LineCounter, offset: number): Span {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

export function mapOf(placedValue: Placed | undefined): ReadonlyMap<string, Placed> | undefined {
  return placedValue?.value instanceof Map ? placedValue.value : undefined;
}

export function listOf(placedValue: Placed | undefined): readonly Placed[] | undefined {
  return Array.isArray(placedValue?.value) ? (placedValue.value as readonly Placed[]) : undefined;
}

export function textOf(placedValue: Placed | undefined): string | undefined {
  return typeof placedValue?.value === "string" ? placedValue.value : undefined;
}

/** As JSON would have it. */
export function plainOf({ value }: Placed): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...(value as ReadonlyMap<string, Placed>)].map(([name, each]) => [name, plainOf(each)]));
  }
  return Array.isArray(value) ? (value as readonly Placed[]).map(plainOf) : value;
}
