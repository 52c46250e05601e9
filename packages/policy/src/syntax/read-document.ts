// From a text to the one YAML document it holds: 1.2 core schema, within limits, nothing that hides meaning.
import { type Node, type YAMLError, parseDocument } from "yaml";
import { type Reading, report, spanAt } from "./reading.ts";
import { longestNotice, plainText, scanText } from "./scan-text.ts";

/** Its contents, null where it is empty; undefined when it cannot be read at all. Every mistake is reported. */
export function readDocument(reading: Reading, original: string): Node | null | undefined {
  if (original.length > longestNotice) {
    report(
      reading,
      "too-large",
      { line: 1, column: 1 },
      `the file is larger than ${longestNotice} characters`,
      "split it into a notice and addenda",
    );
    return undefined;
  }
  const text = plainText(original);
  if (!scanText(reading, text)) return undefined;
  // Unique keys are checked by the readers: the library's own check compares each key with each other.
  const document = parseDocument(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    // Silent would also keep a second document from being an error.
    logLevel: "error",
    stringKeys: false,
  });
  const found = [...document.errors, ...document.warnings];
  // Where the shape is lost, what follows is the parser's guess: the first place is the one to mend.
  const first = found.find((each) => !isTold(each));
  for (const error of found) if (error === first || isTold(error)) reportYaml(reading, error);
  if (reading.diagnostics.some((each) => each.code === "yaml-syntax" || each.code === "several-documents"))
    return undefined;
  return document.contents;
}

/** What is reported by a code of its own, or by the scan. */
function isTold({ code }: YAMLError): boolean {
  return code === "MULTIPLE_DOCS" || code === "BAD_ALIAS" || code === "TAG_RESOLVE_FAILED";
}

/** In words for people who write a notice; the parser's own where nothing else fits. */
function syntaxWords({ code, message }: YAMLError): readonly [message: string, help: string] {
  switch (code) {
    case "BAD_INDENT":
    case "UNEXPECTED_TOKEN":
    case "MULTILINE_IMPLICIT_KEY":
    case "BLOCK_AS_IMPLICIT_KEY":
    case "BLOCK_IN_FLOW":
    case "IMPOSSIBLE":
    case "MISSING_CHAR":
      return [
        "the text loses its shape here",
        "look here and on the line before: keys of one block begin in one column, a colon is followed by a space, brackets and quotes are closed; a text with `: ` or a comma in it stands in quotes",
      ];
    default: {
      const [first = ""] = message.split("\n");
      const plain = first.replace(/\.$/, "").replace(/^./, (letter) => letter.toLowerCase());
      return [plain.slice(0, 200), "check the indentation, the quotes and the brackets around this place"];
    }
  }
}

function reportYaml(reading: Reading, error: YAMLError): void {
  const span = spanAt(reading, error.pos[0]);
  if (error.code === "MULTIPLE_DOCS") {
    report(
      reading,
      "several-documents",
      span,
      "a second document begins here",
      "one file holds one notice: delete the `---` line",
    );
    return;
  }
  if (error.code === "BAD_ALIAS" || error.code === "TAG_RESOLVE_FAILED") return;
  report(reading, "yaml-syntax", span, ...syntaxWords(error));
}
