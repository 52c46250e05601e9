// A file of terms an installation adds to the vocabulary for all its notices; each stands below a known one and so has a DPV identifier.
import type { Node } from "yaml";
import { checkAddedTerms } from "../check/check-terms.ts";
import type { Checking } from "../check/checking.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ExtensionTerm, Notice } from "../model/notice.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { readBlock } from "../syntax/blocks.ts";
import { composeText } from "../syntax/compose-text.ts";
import { field } from "../syntax/fields.ts";
import { readTerms, readVersionOf } from "../syntax/read-head.ts";
import { type Reading, report } from "../syntax/reading.ts";
import { addTerms, indexVocabulary } from "./index-vocabulary.ts";

export interface ParsedTerms {
  /** The given vocabulary with the file's terms; absent when anything is wrong. Its hash is part of every version. */
  readonly vocabulary?: Vocabulary;
  readonly diagnostics: readonly Diagnostic[];
}

export const termFileKeys = ["avow terms", "terms"] as const;

const start = { line: 1, column: 1 };

/** Reads `avow terms: 1` and `terms: { word: { kind, is, means } }`. Never throws; ends within a second on any text. */
export function parseTerms(text: string, path: string, vocabulary: Vocabulary): ParsedTerms {
  const { value, diagnostics } = composeText(text, path, "a file of terms", readTermFile);
  if (value === undefined) return { diagnostics };
  const spoken = addTerms(vocabulary, value.terms);
  const checking: Checking = {
    notice: { ...nothing, path, ...value },
    parent: undefined,
    vocabulary: indexVocabulary(spoken),
    today: undefined,
    diagnostics: [],
    counts: { error: 0, warning: 0 },
  };
  checkAddedTerms(checking, indexVocabulary(vocabulary));
  return checking.diagnostics.length > 0
    ? { diagnostics: checking.diagnostics }
    : { vocabulary: spoken, diagnostics: [] };
}

type TermFile = Pick<Notice, "spans"> & { readonly terms: readonly ExtensionTerm[] };

function readTermFile(reading: Reading, node: Node | null): TermFile | undefined {
  if (node === null) {
    report(reading, "empty-file", start, "the file is empty", "begin it with `avow terms: 1` and `terms: …`");
    return undefined;
  }
  const block = readBlock(reading, { at: "", span: start, node }, "a file of terms", termFileKeys);
  if (block === undefined) return undefined;
  readVersionOf(reading, block, "avow terms");
  const place = field(block, "terms");
  if (place === undefined)
    report(reading, "missing-key", start, "the file needs `terms`", "add `terms: { word: { kind, is, means } }`");
  const terms = readTerms(reading, place);
  return { terms, spans: Object.fromEntries(reading.spans) };
}

const nothing: Omit<Notice, "path" | "terms" | "spans"> = {
  id: "",
  title: "",
  controller: { name: "", contact: "" },
  covers: [],
  installed: {},
  seeAlso: [],
  recipients: [],
  features: [],
  venues: [],
  practices: [],
  promises: [],
  page: [],
  words: {},
};
