// Where a command writes: the real terminal in main.ts, a recording in tests.

export interface Terminal {
  /** One line, or several, to standard output; the newline is added. */
  out(text: string): void;
  /** The same to standard error. */
  err(text: string): void;
  readonly hasColour: boolean;
}

/** Colour carries no meaning of its own: every coloured word says it too. */
export function painted(terminal: Terminal, colour: "red" | "green" | "yellow", text: string): string {
  if (!terminal.hasColour) return text;
  const code = { red: 31, green: 32, yellow: 33 }[colour];
  return `\u001B[${code}m${text}\u001B[0m`;
}

/** Only on a terminal, and never against https://no-color.org or a terminal that cannot. */
export function wantsColour(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): boolean {
  const refused = environment["NO_COLOR"];
  return isTerminal && (refused === undefined || refused === "") && environment["TERM"] !== "dumb";
}

/** Rows as columns, aligned, without trailing blanks; an empty cell stays empty. */
export function aligned(rows: readonly (readonly string[])[], indent = ""): string {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows
    .map(
      (row) =>
        indent +
        row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join("  ")
          .trimEnd(),
    )
    .join("\n");
}
