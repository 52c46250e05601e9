// The first look at a notice's text: limits, and the parts of YAML that hide meaning, found before anything is composed.
import { CST, Lexer, type LineCounter } from "yaml";
import type { DiagnosticCode } from "../model/diagnostic-codes.ts";
import { hiddenCharacter } from "./hidden-character.ts";
import { type Reading, report, spanAt } from "./reading.ts";

/** Characters; longer files are refused unread. */
export const longestNotice = 1_000_000;
const mostParts = 60_000;
const deepestNesting = 24;

const hidden: Readonly<
  Record<string, { readonly code: DiagnosticCode; readonly message: string; readonly help: string }>
> = {
  anchor: { code: "anchor", message: "anchors hide what is written where", help: "write the value out" },
  alias: {
    code: "alias",
    message: "aliases hide what is written where",
    help: "write the value out; put a text that begins with `*` in quotes",
  },
  tag: {
    code: "tag",
    message: "tags change what a value means",
    help: "leave the tag out; put a text that begins with `!` in quotes",
  },
  "directive-line": {
    code: "directive",
    message: "directives change how the file is read",
    help: "leave the `%` line out",
  },
};

/** Line ends made one, a byte order mark taken off: what positions count in. */
export function plainText(text: string): string {
  const unmarked = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return unmarked.replaceAll(/\r\n?/g, "\n");
}

/** True when the text may be composed. What is merely forbidden is reported and composed all the same, so that more is found. */
export function scanText(reading: Reading, text: string): boolean {
  const control = hiddenCharacter(text);
  if (control !== undefined) {
    const span = placeOf(text, control.index);
    report(
      reading,
      "control-character",
      span,
      `an invisible control character (${control.name})`,
      "delete it; save the file as plain UTF-8 text",
    );
    return false;
  }
  const tab = /^[ ]*\t/m.exec(text);
  if (tab !== null) {
    const help = "YAML is indented with spaces: replace the tab";
    report(reading, "yaml-syntax", placeOf(text, tab.index), "a tab stands at the beginning of the line", help);
    return false;
  }
  return scanTokens(reading, text, reading.lines);
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function scanTokens(reading: Reading, text: string, lines: LineCounter): boolean {
  let offset = 0;
  let parts = 0;
  let flow = 0;
  let marks = 0;
  let isNextScalar = false;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  lines.lineStarts.unshift(0);
  for (const token of new Lexer().lex(text)) {
    const type = isNextScalar ? "text" : CST.tokenType(token);
    isNextScalar = token === CST.SCALAR && !isNextScalar;
    if (isNextScalar || type === "doc-mode" || type === "flow-error-end") continue;
    const span = spanAt(reading, offset);
    parts += 1;
    offset += token.length;
    if (type === "newline") marks = 0;
    else if (type === "flow-map-start" || type === "flow-seq-start") flow += 1;
    else if (type === "flow-map-end" || type === "flow-seq-end") flow -= 1;
    else if (flow === 0 && (type === "seq-item-ind" || type === "explicit-key-ind" || type === "map-value-ind"))
      marks += 1;
    // Every deeper block stands at least one column further right or behind one more mark on its line.
    const isDeep =
      flow > deepestNesting ||
      (flow === 0 && marks > deepestNesting) ||
      (type === "space" && span.column === 1 && token.length > 400);
    if (isDeep) {
      report(
        reading,
        "too-deep",
        span,
        `nested deeper than ${deepestNesting} levels`,
        "a notice needs five; write it flatter",
      );
      return false;
    }
    if (parts > mostParts) {
      report(
        reading,
        "too-many-parts",
        span,
        `more than ${mostParts} words and marks`,
        "split the notice into a notice and addenda",
      );
      return false;
    }
    const found = hidden[type ?? ""];
    if (found !== undefined) report(reading, found.code, span, found.message, found.help);
  }
  return true;
}
