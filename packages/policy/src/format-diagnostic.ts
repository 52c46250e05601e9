// A diagnostic as people and editors read it: `path:line:column: code: message`, a warning called one, help on its own line.
import type { Diagnostic } from "./model/diagnostic.ts";

export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { path, span, severity, code, message, help } = diagnostic;
  const sort = severity === "warning" ? "warning: " : "";
  const first = `${path}:${span.line}:${span.column}: ${sort}${code}: ${message}`;
  return help === undefined ? first : `${first}\n  help: ${help}`;
}
