// What is wrong with a notice, in the author's world: printed as `path:line:column: code: message`, help on its own line.
import type { Span } from "./notice.ts";

/** An `error` stops compilation; a `warning` is a finding of `avow check` that does not. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** Stable, kebab-case, documented under its own heading in docs/reference/diagnostics.md. */
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  readonly path: string;
  readonly span: Span;
}
