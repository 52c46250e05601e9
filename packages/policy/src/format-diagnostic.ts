// A diagnostic as people and editors read it: `path:line:column: code: message`, help on its own line.
import type { Diagnostic } from "./model/diagnostic.ts";

export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { path, span, code, message, help } = diagnostic;
  const first = `${path}:${span.line}:${span.column}: ${code}: ${message}`;
  return help === undefined ? first : `${first}\n  help: ${help}`;
}
