// One notice file and the parents it names, from disk through the language.
import { type Diagnostic, type Policy, type Vocabulary, loadNotice } from "@avow/policy";
import { readPlainText } from "./read-plain-file.ts";

export interface ReadNotice {
  readonly path: string;
  readonly policy?: Policy;
  readonly diagnostics: readonly Diagnostic[];
}

export async function readNotice(path: string, vocabulary: Vocabulary): Promise<ReadNotice> {
  const { policy, diagnostics } = await loadNotice(path, readPlainText, { vocabulary });
  return { path, diagnostics, ...(policy === undefined ? {} : { policy }) };
}
