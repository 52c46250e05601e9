// What every command gets from outside: the terminal, the clock, the end of a server's life.
import type { ExitCode } from "./failure.ts";
import type { Terminal } from "./terminal.ts";

export interface Context {
  readonly terminal: Terminal;
  nowMs(): number;
  /** Default: the process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Resolves when the process is asked to stop; `serve` lives until then. */
  untilStopped(): Promise<void>;
  /** What the process will end with; commands report findings here. */
  exitCode: ExitCode;
}

/** Options every command has. */
export interface CommonOptions {
  readonly json?: boolean;
}

/** One result, two faces: JSON for programs, text for people. */
export function report(context: Context, options: CommonOptions, result: unknown, text: string): void {
  context.terminal.out(options.json === true ? JSON.stringify(result, undefined, 2) : text);
}
