// One notice file and the parents it names, from disk through the language.
import { readFile } from "node:fs/promises";
import { type Diagnostic, type Policy, type Vocabulary, loadNotice } from "@avow/policy";

export interface ReadNotice {
  readonly path: string;
  readonly policy?: Policy;
  readonly diagnostics: readonly Diagnostic[];
}

export async function readNotice(path: string, vocabulary: Vocabulary): Promise<ReadNotice> {
  const { policy, diagnostics } = await loadNotice(path, (each) => readFile(each, "utf8"), { vocabulary });
  return { path, diagnostics, ...(policy === undefined ? {} : { policy }) };
}
