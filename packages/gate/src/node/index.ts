// The gate of a program that runs in Node: answers in the person's own directory, questions in the terminal.
import {
  type AnswerStore,
  type ProgramNote,
  type ProgramTable,
  type Prompt,
  type QuestionWords,
  createProgramGate,
} from "../program/index.ts";
import { createGuardedFetch } from "../web/guarded-fetch.ts";
import { type DeclaredFeatures, type Gate, typedGate, webDigest } from "../web/typed-gate.ts";
import { answersDir, createFileStore } from "./file-store.ts";
import { installationPath, installationRule } from "./installation-file.ts";
import { createTerminalPrompt } from "./terminal-prompt.ts";

export { createMemoryStore } from "../program/index.ts";
export type {
  AnswerStore,
  FeatureState,
  Prompt,
  Question,
  Receipt,
  Reply,
  State,
  StoredAnswer,
} from "../program/index.ts";
export { NotAllowed } from "../web/guarded-fetch.ts";
export type { DeclaredFeatures, Gate } from "../web/typed-gate.ts";
export { answersDir, createFileStore, createTerminalPrompt, installationPath, installationRule };

export interface GateOptions {
  /** Default: files below the person's configuration directory. */
  readonly store?: AnswerStore;
  /** Default: the terminal, if there is one. */
  readonly prompt?: Prompt;
  /** Hosts that come from configuration, by feature; asked anew when they change. */
  readonly configured?: Readonly<Record<string, () => readonly string[]>>;
  readonly words?: QuestionWords;
  /** Default: standard error. */
  readonly report?: (note: ProgramNote | { readonly kind: "set aside"; readonly path: string }) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For tests; never a user's to say. */
  readonly installationFile?: string;
}

/** `table` as `avow types --table` wrote it; `D` is `Declared` of the module beside it. */
export function createGate<D extends DeclaredFeatures = DeclaredFeatures>(
  table: ProgramTable,
  options: GateOptions = {},
): Gate<D> {
  const { env = process.env, report = toStandardError, installationFile } = options;
  const dir = answersDir(table.notice, env);
  const setAside = (path: string): void => report({ kind: "set aside", path });
  const gate = createProgramGate(table, {
    store: options.store ?? createFileStore({ dir, notice: table.notice, report: setAside }),
    signals: () => ({ env, installation: installationRule(installationFile) }),
    prompt: options.prompt ?? createTerminalPrompt({ input: process.stdin, output: process.stderr }),
    nowMs: () => Date.now(),
    digest: webDigest,
    asker: "program",
    report,
    ...(options.configured === undefined ? {} : { configured: options.configured }),
    ...(options.words === undefined ? {} : { words: options.words }),
  });
  return typedGate(
    gate,
    createGuardedFetch(gate, (url, init) => fetch(url, init)),
  );
}

function toStandardError(note: Parameters<NonNullable<GateOptions["report"]>>[0]): void {
  const says =
    note.kind === "set aside"
      ? `an answer could not be read; it was moved to ${note.path} and counts as none`
      : `${note.kind}: ${note.feature}`;
  process.stderr.write(`avow: ${says}\n`);
}
