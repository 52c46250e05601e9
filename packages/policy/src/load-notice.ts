// One call from a path to a policy: reads the notice and those above it, parses, checks and compiles them.
import { checkNotice } from "./check/check-notice.ts";
import { compileNotice } from "./compile/compile-notice.ts";
import type { DiagnosticCode } from "./model/diagnostic-codes.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import type { Notice } from "./model/notice.ts";
import type { Policy } from "./model/policy.ts";
import type { Vocabulary } from "./model/vocabulary.ts";
import { resolvePath } from "./resolve-path.ts";
import { parseNotice } from "./syntax/parse-notice.ts";
import { standardVocabulary } from "./vocabulary/standard-vocabulary.ts";

export interface Loaded {
  /** Absent when anything is an error. */
  readonly policy?: Policy;
  /** Absent when the file itself cannot be read as a notice. */
  readonly notice?: Notice;
  /** Those of the file, and the errors of its parents under their own paths. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface LoadOptions {
  readonly today?: string;
  /** Default: the standard vocabulary. */
  readonly vocabulary?: Vocabulary;
}

/** Gives a file's text; undefined or a rejection means that there is none. */
export type ReadText = (path: string) => string | undefined | Promise<string | undefined>;

/** A chain of addenda longer than this is a mistake. */
const mostParents = 8;

export async function loadNotice(path: string, read: ReadText, options: LoadOptions = {}): Promise<Loaded> {
  return load(path, read, options, []);
}

async function load(path: string, read: ReadText, options: LoadOptions, below: readonly string[]): Promise<Loaded> {
  const text = await textOf(path, read);
  if (text === undefined) {
    return {
      diagnostics: [atStart(path, "unreadable", "the file cannot be read", "check that it exists and may be read")],
    };
  }
  const { notice, diagnostics } = parseNotice(text, path);
  if (notice === undefined) return { diagnostics };
  const above = await loadParent(notice, read, options, [...below, path]);
  if ("fault" in above) return { notice, diagnostics: [...diagnostics, ...above.fault] };
  const { parent } = above;
  const { today, vocabulary = standardVocabulary } = options;
  const chosen = { vocabulary, ...(parent === undefined ? {} : { parent }) };
  const found = [...diagnostics, ...checkNotice(notice, { ...chosen, ...(today === undefined ? {} : { today }) })];
  if (found.some((each) => each.severity === "error")) return { notice, diagnostics: found };
  return { policy: compileNotice(notice, chosen), notice, diagnostics: found };
}

type Above = { readonly parent: Policy | undefined } | { readonly fault: readonly Diagnostic[] };

async function loadParent(
  notice: Notice,
  read: ReadText,
  options: LoadOptions,
  below: readonly string[],
): Promise<Above> {
  if (notice.addendumTo === undefined) return { parent: undefined };
  const span = notice.spans["addendum to"] ?? { line: 1, column: 1 };
  const fault = (code: DiagnosticCode, message: string, help: string): Diagnostic => ({
    severity: "error",
    code,
    message,
    help,
    path: notice.path,
    span,
  });
  const path = resolvePath(notice.path, notice.addendumTo);
  if (below.includes(path) || below.length >= mostParents) {
    return {
      fault: [
        fault(
          "parent-cycle",
          `\`${notice.addendumTo}\` leads back to this notice`,
          "an addendum stands below one notice, which does not stand below it",
        ),
      ],
    };
  }
  if ((await textOf(path, read)) === undefined) {
    return {
      fault: [
        fault(
          "parent-missing",
          `\`${notice.addendumTo}\` was not found`,
          `looked for it at ${path}: write its path, seen from this file`,
        ),
      ],
    };
  }
  const { policy, diagnostics } = await load(path, read, options, below);
  if (policy !== undefined) return { parent: policy };
  const errors = diagnostics.filter((each) => each.severity === "error");
  return {
    fault: [fault("parent-invalid", `\`${notice.addendumTo}\` has errors`, "mend the parent first"), ...errors],
  };
}

async function textOf(path: string, read: ReadText): Promise<string | undefined> {
  try {
    return await read(path);
  } catch {
    return undefined;
  }
}

function atStart(path: string, code: DiagnosticCode, message: string, help: string): Diagnostic {
  return { severity: "error", code, message, help, path, span: { line: 1, column: 1 } };
}
