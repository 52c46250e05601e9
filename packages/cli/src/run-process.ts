// One command line run in this process: real terminal, real clock, real signals.
import type { Context } from "./context.ts";
import { run } from "./program.ts";
import { shownSafely, wantsColour } from "./terminal.ts";

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
}

export async function main(): Promise<void> {
  const context: Context = {
    terminal: {
      out: (text) => process.stdout.write(`${shownSafely(text)}\n`),
      err: (text) => process.stderr.write(`${shownSafely(text)}\n`),
      hasColour: wantsColour(process.stdout.isTTY, process.env),
    },
    nowMs: () => Date.now(),
    untilStopped,
    exitCode: 0,
  };
  // `avow check | head`: the reader has gone, and that is no failure of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  process.exitCode = await run(process.argv.slice(2), context);
}
