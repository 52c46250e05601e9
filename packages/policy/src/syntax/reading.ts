// What a reader carries along: where it stands in the file, and what it found wrong so far.
import type { LineCounter, Node } from "yaml";
import type { DiagnosticCode } from "../model/diagnostic-codes.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Span } from "../model/notice.ts";

/** More would bury the first; one last diagnostic says that there are more. */
export const mostDiagnostics = 200;

export interface Reading {
  readonly path: string;
  readonly lines: LineCounter;
  readonly diagnostics: Diagnostic[];
  /** Positions by path in the file, e.g. `practices.web-traffic.keep`. */
  readonly spans: Map<string, Span>;
}

export function report(reading: Reading, code: DiagnosticCode, span: Span, message: string, help?: string): void {
  const { diagnostics, path } = reading;
  if (diagnostics.length > mostDiagnostics) return;
  diagnostics.push(
    diagnostics.length === mostDiagnostics
      ? moreThanShown(path, span)
      : { severity: "error", code, message, ...(help === undefined ? {} : { help }), path, span },
  );
}

export function moreThanShown(path: string, span: Span): Diagnostic {
  const code: DiagnosticCode = "more-than-shown";
  const message = `more than ${mostDiagnostics} mistakes`;
  return { severity: "error", code, message, help: "mend those shown, then check again", path, span };
}

/** Where a node begins; the given place when it has none (a key without a value). */
export function spanOf(reading: Reading, node: Node | null | undefined, otherwise: Span): Span {
  const offset = node?.range?.[0];
  return offset === undefined ? otherwise : spanAt(reading, offset);
}

export function spanAt(reading: Reading, offset: number): Span {
  const { line, col } = reading.lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
