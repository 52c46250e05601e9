// The command as a program can run it: one command line, with its own terminal and clock.
export { run } from "./program.ts";
export type { Context } from "./context.ts";
export type { ExitCode } from "./failure.ts";
export type { Terminal } from "./terminal.ts";
