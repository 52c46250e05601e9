// From the text of a notice file to a notice: YAML 1.2 core schema, read by hand-written readers that collect every mistake.
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Notice } from "../model/notice.ts";
import { composeText } from "./compose-text.ts";
import { readNotice } from "./read-notice.ts";

export interface Parsed {
  /** Absent when anything is wrong. */
  readonly notice?: Notice;
  readonly diagnostics: readonly Diagnostic[];
}

/** Never throws; ends within a second on any text. `path` is what diagnostics call the file. */
export function parseNotice(text: string, path: string): Parsed {
  const { value, diagnostics } = composeText(text, path, "a notice", readNotice);
  return value === undefined ? { diagnostics } : { notice: value, diagnostics };
}
