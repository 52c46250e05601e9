// Where a command writes: the real terminal in main.ts, a recording in tests.
import { randomUUID } from "node:crypto";

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
  return `${brush}${code}m${text}${brush}0m`;
}

/** Stands for `ESC [` until it is shown: what a file says cannot begin with it, so it can paint nothing. */
const brush = `\u001B${randomUUID()}[`;

/** What a terminal would obey or hide; line ends and tabs are neither. */
const commanding = new RegExp(
  String.raw`[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]`,
  "gu",
);

/** Text of files and of others as it may be shown: control characters and turned writing are spelled out. */
export function shownSafely(text: string): string {
  return text.split(brush).map(spelledOut).join("\u001B[");
}

function spelledOut(text: string): string {
  return text.replace(commanding, (found) => `\\u${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
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
