// `--terms FILE`: words an installation adds to the vocabulary, read the same way by every command.
import { type ParsedTerms, type Vocabulary, formatDiagnostic, parseTerms, standardVocabulary } from "@avow/policy";
import { CommandFailure } from "./failure.ts";
import { readPlainFile } from "./plain-files.ts";

export const termsOption = ["--terms <file>", "a YAML file of words your notices use beside the vocabulary's"] as const;

/** The standard vocabulary where no file is given. @throws misuse when there is no such file. */
export function readTermFile(path: string | undefined): ParsedTerms {
  if (path === undefined) return { vocabulary: standardVocabulary, diagnostics: [] };
  return parseTerms(readPlainFile(path, "give a file that begins with `avow terms: 1`"), path, standardVocabulary);
}

/** @throws CommandFailure with every mistake of the file. */
export function vocabularyWith(path: string | undefined): Vocabulary {
  const { vocabulary, diagnostics } = readTermFile(path);
  if (vocabulary !== undefined) return vocabulary;
  throw new CommandFailure(`\`${path ?? ""}\` has errors\n${diagnostics.map(formatDiagnostic).join("\n")}`, {
    help: "each word stands below a known one: `word: { kind: data, is: identity data, means: … }`",
  });
}
