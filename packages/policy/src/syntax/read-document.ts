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
  for (const error of [...document.errors, ...document.warnings]) reportYaml(reading, error);
  if (reading.diagnostics.some((each) => each.code === "yaml-syntax" || each.code === "several-documents"))
    return undefined;
  return document.contents;
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
  const [first] = error.message.split("\n");
  const message = (first ?? "").replace(/\.$/, "").replace(/^./, (letter) => letter.toLowerCase());
  report(
    reading,
    "yaml-syntax",
    span,
    message.slice(0, 200),
    "check the indentation, the quotes and the brackets around this place",
  );
}
