// From a checked notice to a policy: clauses numbered in page order, a version that is a hash, and the decision table.
import type { Notice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { extendVocabulary, indexVocabulary } from "../terms/index-vocabulary.ts";
import { settleNotice } from "../terms/settle-notice.ts";
import { buildTable } from "./build-table.ts";
import { canonicalJson } from "./canonical-json.ts";
import { numberClauses } from "./number-clauses.ts";
import { sha256Hex } from "./sha256-hex.ts";
import { seal } from "./table.ts";

export interface CompileOptions {
  readonly vocabulary: Vocabulary;
  /** The policy of the notice this one is an addendum to, compiled with the same vocabulary. */
  readonly parent?: Policy;
}

/** Expects a notice without errors (`checkNotice`); terms it does not know permit nothing. */
export function compileNotice(written: Notice, options: CompileOptions): Policy {
  const { parent } = options;
  const vocabulary = extendVocabulary(options.vocabulary, lineage(written, parent));
  const index = indexVocabulary(vocabulary);
  const notice = settleNotice(written, index);
  const vocabularyVersion = hashVocabulary(options.vocabulary);
  const version = versionOf(notice, parent?.version, vocabularyVersion);
  return {
    id: notice.id,
    title: notice.title,
    version,
    vocabularyVersion,
    ...(notice.example === undefined ? {} : { example: notice.example }),
    controller: notice.controller,
    covers: notice.covers,
    ...(parent === undefined ? {} : { parent }),
    notice,
    clauses: numberClauses(notice, index, parent),
    table: seal(buildTable(notice, version, index, parent)),
  };
}

/** SHA-256, hex, of the terms sorted by kind and key, so that their order in the file is no change. */
export function hashVocabulary(vocabulary: Vocabulary): string {
  return sha256Hex(vocabularyText(vocabulary));
}

/** The text that is hashed, a JSON array of terms: what an archive keeps of a vocabulary. */
export function vocabularyText({ terms }: Vocabulary): string {
  return canonicalJson(terms.toSorted((a, b) => compare(a.kind, b.kind) || compare(a.key, b.key)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where the file lies and how it is formatted are no part of what it says. */
function versionOf(notice: Notice, parent: string | undefined, vocabulary: string): string {
  const { path: _path, spans: _spans, ...said } = notice;
  return sha256Hex(canonicalJson({ notice: said, parent, vocabulary }));
}

/** The notice and those above it, topmost first. */
export function lineage(notice: Notice, parent: Policy | undefined): readonly Notice[] {
  return parent === undefined ? [notice] : [...lineage(parent.notice, parent.parent), notice];
}
