// Everything a well-formed notice can still get wrong: unknown words and names, clauses off the page, broken promises.
import { lineage } from "../compile/compile-notice.ts";
import type { DiagnosticCode } from "../model/diagnostic-codes.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Notice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { extendVocabulary, indexVocabulary } from "../terms/index-vocabulary.ts";
import { settleNotice } from "../terms/settle-notice.ts";
import { checkBans } from "./check-bans.ts";
import { checkExceptions } from "./check-except.ts";
import { checkHead, checkLinks, checkVouchers } from "./check-head.ts";
import { lintNotice } from "../lint/lint-notice.ts";
import { checkMessages } from "./check-messages.ts";
import { checkPage, checkReferences } from "./check-names.ts";
import { checkPractices, checkRecipients } from "./check-practices.ts";
import { checkAddedTerms, checkVocabularyUse } from "./check-terms.ts";
import { type Checking, find } from "./checking.ts";

export interface CheckOptions {
  readonly vocabulary: Vocabulary;
  /** The policy of the notice this one is an addendum to. */
  readonly parent?: Policy;
  /** ISO day against which vouchers expire; absent, none does. */
  readonly today?: string;
}

/** Of a notice and its parents together: every word is compared with all above it. */
const mostAddedTerms = 1_000;

function tooManyTerms({ path, spans }: Notice): Diagnostic {
  const code: DiagnosticCode = "too-many-parts";
  const message = `the notice and its parents add more than ${mostAddedTerms} words`;
  const help = "a notice names what it is about: use the words there are, or broader ones";
  return { severity: "error", code, message, help, path, span: spans["terms"] ?? { line: 1, column: 1 } };
}

/** All findings, in file order. */
export function checkNotice(written: Notice, options: CheckOptions): readonly Diagnostic[] {
  const { parent, today } = options;
  const added = lineage(written, parent).reduce((sum, each) => sum + each.terms.length, 0);
  if (added > mostAddedTerms) return [tooManyTerms(written)];
  const above = extendVocabulary(options.vocabulary, lineage(written, parent).slice(0, -1));
  const vocabulary = indexVocabulary(extendVocabulary(above, [written]));
  const asWritten: Checking = {
    notice: written,
    parent,
    vocabulary,
    today,
    diagnostics: [],
    counts: { error: 0, warning: 0 },
  };
  const checking: Checking = { ...asWritten, notice: settleNotice(written, vocabulary) };
  checkHead(checking);
  checkParent(checking);
  checkAddedTerms(checking, indexVocabulary(above));
  checkVocabularyUse(asWritten);
  checkExceptions(asWritten);
  checkMessages(checking);
  checkReferences(checking);
  checkPractices(asWritten);
  checkRecipients(checking);
  checkLinks(checking);
  checkVouchers(checking);
  checkBans(checking);
  checkPage(checking);
  if (checking.counts.error === 0) lintNotice(checking, options.vocabulary);
  return checking.diagnostics.toSorted((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
}

function checkParent(checking: Checking): void {
  const { notice, parent } = checking;
  if (notice.addendumTo !== undefined && parent === undefined) {
    find(
      checking,
      "parent-missing",
      "addendum to",
      `\`${notice.addendumTo}\` was not found`,
      "an addendum is read together with its parent: write its path, seen from this file",
    );
  }
  if (notice.addendumTo === undefined && parent !== undefined) {
    find(
      checking,
      "parent-invalid",
      "notice",
      `a parent \`${parent.id}\` is given, but the notice is an addendum to nothing`,
      "add `addendum to: …`",
    );
  }
  if (parent?.id === notice.id)
    find(checking, "parent-cycle", "addendum to", "the notice is an addendum to itself", "give it an id of its own");
}
