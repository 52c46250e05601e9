// What a check carries along: the notice, its lineage, the vocabulary it speaks, and the findings so far.
import type { DiagnosticCode } from "../model/diagnostic-codes.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Notice, Recipient, Span } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import type { TermKind } from "../model/vocabulary.ts";
import { moreThanShown, mostDiagnostics } from "../syntax/reading.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";

export interface Checking {
  readonly notice: Notice;
  readonly parent: Policy | undefined;
  readonly vocabulary: VocabularyIndex;
  /** ISO day; absent, nothing expires. */
  readonly today: string | undefined;
  readonly diagnostics: Diagnostic[];
  /** How many were found. Errors and warnings are counted apart, so that none hides the other. */
  readonly counts: { error: number; warning: number };
}

/** True when no further error would be shown: looking for the word that was meant is then work for nobody. */
export function isFull({ counts }: Checking): boolean {
  return counts.error > mostDiagnostics;
}

/** `at` is a path in the file; the nearest part above it that has a position is pointed at. */
export function find(checking: Checking, code: DiagnosticCode, at: string, message: string, help?: string): void {
  add(checking, "error", code, at, message, help);
}

export function warn(checking: Checking, code: DiagnosticCode, at: string, message: string, help?: string): void {
  add(checking, "warning", code, at, message, help);
}

function add(
  { diagnostics, notice, counts }: Checking,
  severity: Diagnostic["severity"],
  code: DiagnosticCode,
  at: string,
  message: string,
  help: string | undefined,
): void {
  const count = (counts[severity] += 1);
  if (count === mostDiagnostics + 1 && severity === "error")
    diagnostics.push(moreThanShown(notice.path, spanOf(notice, at)));
  if (count > mostDiagnostics) return;
  diagnostics.push({
    severity,
    code,
    message,
    ...(help === undefined ? {} : { help }),
    path: notice.path,
    span: spanOf(notice, at),
  });
}

function spanOf({ spans }: Notice, at: string): Span {
  for (let path = at; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf(".")))) {
    const span = Object.hasOwn(spans, path) ? spans[path] : undefined;
    if (span !== undefined) return span;
  }
  return { line: 1, column: 1 };
}

/** Recipients of the notice and of those above it; its own come first and stand for one of the same id. */
export function knownRecipients(notice: Notice, parent: Policy | undefined): readonly Recipient[] {
  return parent === undefined
    ? notice.recipients
    : [...notice.recipients, ...knownRecipients(parent.notice, parent.parent)];
}

export function knownFeatureIds(notice: Notice, parent: Policy | undefined): readonly string[] {
  const own = notice.features.map((each) => each.id);
  return parent === undefined ? own : [...own, ...knownFeatureIds(parent.notice, parent.parent)];
}

export function didYouMean(word: string | undefined, otherwise: string): string {
  return word === undefined ? otherwise : `did you mean \`${word}\`?`;
}

/** Reports a word that is no term of its kind, with the nearest that is. */
export function checkTerm(checking: Checking, kind: TermKind, word: string, at: string): void {
  const { vocabulary } = checking;
  if (word === "" || vocabulary.has(kind, word) || isFull(checking)) return;
  const shown = word.length > 60 ? `${word.slice(0, 57)}...` : word;
  const others = vocabulary
    .keys(kind)
    .slice(0, 6)
    .map((each) => `\`${each}\``)
    .join(", ");
  const help = didYouMean(
    vocabulary.nearest(kind, word),
    `known are e.g. ${others}; or add the word under \`terms\`, below a known one`,
  );
  find(checking, "unknown-term", at, `unknown ${kindWord(kind)} \`${shown}\``, help);
}

export function checkTerms(checking: Checking, kind: TermKind, words: readonly string[], at: string): void {
  for (const [number, word] of words.entries()) checkTerm(checking, kind, word, `${at}.${number}`);
}

function kindWord(kind: TermKind): string {
  return kind === "data" ? "kind of data" : kind === "basis" ? "legal basis" : kind;
}
