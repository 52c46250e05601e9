// A version as an archive holds it: the text its hash is of, from which the very same policy is compiled again (clauses.md PS11).
import { canonicalJson } from "../compile/canonical-json.ts";
import { compileNotice } from "../compile/compile-notice.ts";
import { sha256Hex } from "../compile/sha256-hex.ts";
import type { Notice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import type { Term } from "../model/vocabulary.ts";

/** Texts by their SHA-256 (hex): versions of notices and vocabularies alike. */
export type Archive = (hash: string) => string | undefined;

/** The text `policy.version` is the hash of: where the file lies and how it is formatted are no part of it. */
export function versionText({ notice, parent, vocabularyVersion }: Policy): string {
  const { path: _path, spans: _spans, ...said } = notice;
  return canonicalJson({ notice: said, parent: parent?.version, vocabulary: vocabularyVersion });
}

/** More notices above one another than anyone writes; an archive is read from outside. */
const mostParents = 16;

/** The policy that had this version, or nothing where a text is missing, does not have its hash, or no longer compiles to it. */
export function reopenVersion(version: string, archive: Archive, depth = 0): Policy | undefined {
  const said: Said | undefined = read(version, archive);
  if (said?.notice === undefined || said.vocabulary === undefined || depth > mostParents) return undefined;
  const terms: readonly Term[] | undefined = read(said.vocabulary, archive);
  if (terms === undefined) return undefined;
  const parent = said.parent === undefined ? undefined : reopenVersion(said.parent, archive, depth + 1);
  if (said.parent !== undefined && parent === undefined) return undefined;
  const notice: Notice = { ...said.notice, path: "", spans: {} };
  try {
    const policy = compileNotice(notice, { vocabulary: { terms }, ...(parent === undefined ? {} : { parent }) });
    return policy.version === version ? policy : undefined;
  } catch {
    return undefined;
  }
}

/** What was hashed is what was written, so its shape is known where its hash is right. */
interface Said {
  readonly notice?: Notice;
  readonly parent?: string;
  readonly vocabulary?: string;
}

// oxlint-disable-next-line typescript/no-explicit-any -- whoever asks names the shape the hash stands for
function read(hash: string, archive: Archive): any {
  const text = archive(hash);
  if (text === undefined || sha256Hex(text) !== hash) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
