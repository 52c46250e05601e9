// A form of questions as organisations send it, reduced to what can be answered from a notice (clauses.md JP9; docs/design/reading-a-notice.md).
import type { Node } from "yaml";
import type { Diagnostic } from "../model/diagnostic.ts";
import { readBlock } from "../syntax/blocks.ts";
import { composeText } from "../syntax/compose-text.ts";
import { field, mayText, mayWord, needText } from "../syntax/fields.ts";
import { readKeyed } from "../syntax/read-items.ts";
import { readVersionOf } from "../syntax/read-head.ts";
import { type Reading, report } from "../syntax/reading.ts";

/** What a question can be about; a question about anything else has no `about` and is answered `unknown`. */
export const topics = [
  "controller",
  "contact",
  "hosts",
  "version",
  "features",
  "holds",
  "form",
  "keeps",
  "why",
  "recipients",
  "public",
  "uses for",
  "condition",
  "agreement",
  "stores",
  "right",
  "promise",
  "secured",
] as const;
export type Topic = (typeof topics)[number];

export interface FormQuestion {
  readonly id: string;
  /** In the words of whoever asks. */
  readonly asks: string;
  readonly about?: Topic;
  /** The data, purpose, recipient, right, kind of promise or measure that is asked about. */
  readonly of?: string;
}

export interface QuestionForm {
  readonly id: string;
  readonly title: string;
  /** Who sent it. */
  readonly from?: string;
  readonly questions: readonly FormQuestion[];
}

export interface ParsedForm {
  /** Absent when anything is wrong. */
  readonly form?: QuestionForm;
  readonly diagnostics: readonly Diagnostic[];
}

const start = { line: 1, column: 1 };
const needsOf: readonly Topic[] = [
  "holds",
  "form",
  "keeps",
  "why",
  "public",
  "uses for",
  "condition",
  "agreement",
  "stores",
  "right",
  "promise",
  "secured",
];

/** Reads `avow form: 1`, `form`, `title`, `from` and `questions: { id: { asks, about, of } }`. Never throws. */
export function parseForm(text: string, path: string): ParsedForm {
  const { value, diagnostics } = composeText(text, path, "a form of questions", readForm);
  return { diagnostics, ...(value === undefined ? {} : { form: value }) };
}

function readForm(reading: Reading, node: Node | null): QuestionForm | undefined {
  if (node === null) {
    report(reading, "empty-file", start, "the file is empty", "begin it with `avow form: 1` and `questions: …`");
    return undefined;
  }
  const what = "a form of questions";
  const keys = ["avow form", "form", "title", "from", "questions"];
  const block = readBlock(reading, { at: "", span: start, node }, what, keys);
  if (block === undefined) return undefined;
  readVersionOf(reading, block, "avow form");
  const place = field(block, "questions");
  if (place === undefined)
    report(reading, "missing-key", start, "the form needs `questions`", "add `questions: { id: { asks, about, of } }`");
  const from = mayText(reading, block, "from", what);
  return {
    id: needText(reading, block, "form", what),
    title: needText(reading, block, "title", what),
    ...(from === undefined ? {} : { from }),
    questions: readKeyed(reading, place, "question", ["asks", "about", "of"], (id, item, each): FormQuestion => {
      const about = mayWord(reading, item, "about", each, topics);
      const of = mayText(reading, item, "of", each);
      if (about !== undefined && of === undefined && needsOf.includes(about))
        report(reading, "missing-key", item.span, `${each} needs \`of\``, `say what \`${about}\` is asked about`);
      return {
        id,
        asks: needText(reading, item, "asks", each),
        ...(about === undefined ? {} : { about }),
        ...(of === undefined ? {} : { of }),
      };
    }),
  };
}
