// The vocabulary notices are read in: the one that comes with Avow, and below it the terms of this installation.
import { type Vocabulary, formatDiagnostic, parseTerms, standardVocabulary } from "@avow/policy";
import { readPlainText } from "./read-plain-file.ts";
import { StartRefused } from "../start-refused.ts";

/** @throws StartRefused with every mistake of the file, or that it cannot be read. */
export async function readVocabulary(path: string | undefined): Promise<Vocabulary> {
  if (path === undefined) return standardVocabulary;
  const text = await readPlainText(path).catch((cause: unknown) => {
    throw new StartRefused(`the file of terms \`${path}\` cannot be read\n  check that it exists and may be read`, {
      cause,
      isMisuse: true,
    });
  });
  const { vocabulary, diagnostics } = parseTerms(text, path, standardVocabulary);
  if (vocabulary !== undefined) return vocabulary;
  throw new StartRefused(`a file of terms with errors is not used\n${diagnostics.map(formatDiagnostic).join("\n")}`);
}
