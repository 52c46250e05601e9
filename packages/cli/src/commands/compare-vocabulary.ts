// In which words each version is written: the standard vocabulary, one from an archive of versions, and an installation's own.
import { type Term, type Vocabulary, formatDiagnostic, parseTerms, standardVocabulary, termKinds } from "@avow/policy";
import { CommandFailure, misuse } from "../failure.ts";
import { readPlainFile } from "../plain-files.ts";
import type { Revision } from "./compare-git.ts";

/** Files of words: `vocabulary` is whole, a JSON list; `terms` are an installation's, in YAML, beside it. */
export interface WordFiles {
  readonly vocabulary?: string;
  readonly terms?: string;
  readonly oldVocabulary?: string;
  readonly oldTerms?: string;
}

/** The words of the new version. @throws misuse for a file that is none. */
export async function vocabularyNow({ vocabulary, terms }: WordFiles): Promise<Vocabulary> {
  const whole = vocabulary === undefined ? standardVocabulary : vocabularyFrom(await textOf(vocabulary), vocabulary);
  return terms === undefined ? whole : withTerms(await textOf(terms), terms, whole);
}

/** Those of the old one: as named, else the same files, at the revision where there is one. */
export async function vocabularyBefore(files: WordFiles, revision?: Revision): Promise<Vocabulary> {
  const { oldVocabulary, oldTerms } = files;
  const named = { ...optional("vocabulary", oldVocabulary), ...optional("terms", oldTerms) };
  if (revision === undefined) return vocabularyNow({ ...files, ...named });
  const [whole, added] = await Promise.all([then(files.vocabulary, revision), then(files.terms, revision)]);
  const base =
    oldVocabulary !== undefined
      ? await vocabularyNow({ vocabulary: oldVocabulary })
      : whole === undefined
        ? standardVocabulary
        : vocabularyFrom(whole, `${revision.name}:${files.vocabulary ?? ""}`);
  if (oldTerms !== undefined) return withTerms(await textOf(oldTerms), oldTerms, base);
  return added === undefined ? base : withTerms(added, `${revision.name}:${files.terms ?? ""}`, base);
}

function optional(key: string, value: string | undefined): object {
  return value === undefined ? {} : { [key]: value };
}

/** A file of words that did not exist then added none. */
async function then(path: string | undefined, revision: Revision): Promise<string | undefined> {
  return path === undefined ? undefined : revision.read(await revision.pathOf(path));
}

async function textOf(path: string): Promise<string> {
  return readPlainFile(path);
}

function withTerms(text: string, path: string, whole: Vocabulary): Vocabulary {
  const { vocabulary, diagnostics } = parseTerms(text, path, whole);
  if (vocabulary !== undefined) return vocabulary;
  throw new CommandFailure(`\`${path}\` has errors\n${diagnostics.map(formatDiagnostic).join("\n")}`, {
    exitCode: 2,
    help: "each word stands below a known one: `word: { kind: data, is: identity data, means: … }`",
  });
}

const longest = 4_000_000;

/** A vocabulary as an archive of versions keeps it. @throws misuse when the text is no list of terms. */
function vocabularyFrom(text: string, path: string): Vocabulary {
  const help = "give a JSON list of terms: [{ kind, key, dpv, parents, means }, …]";
  const terms = text.length > longest ? undefined : parsed(text);
  const list: unknown = Array.isArray(terms) ? terms : (terms as { terms?: unknown } | undefined)?.terms;
  if (!Array.isArray(list)) throw misuse(`\`${path}\` is no vocabulary`, help);
  const at = list.findIndex((each) => !isTerm(each));
  if (at !== -1) throw misuse(`term ${at + 1} of \`${path}\` cannot be read`, help);
  return { terms: list as readonly Term[] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTerm(value: unknown): value is Term {
  if (typeof value !== "object" || value === null) return false;
  const { kind, key, dpv, means, parents, also } = value as Record<string, unknown>;
  return (
    (termKinds as readonly unknown[]).includes(kind) &&
    [key, dpv, means].every(isText) &&
    key !== "" &&
    areTexts(parents) &&
    (also === undefined || areTexts(also))
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
