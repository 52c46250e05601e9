// Writes docs/reference/vocabulary.md: every word of the vocabulary, its place, its identifier, and where it departs from DPV.
import { type Term, termKinds } from "../model/vocabulary.ts";
import { type Departure, departures } from "./departures.ts";
import { standardVocabulary } from "./standard-vocabulary.ts";

const headings: Readonly<Record<Term["kind"], string>> = {
  data: "What is known about somebody",
  purpose: "What it is for",
  subject: "Whose it is",
  condition: "When it may be done",
  basis: "On what legal basis",
  ground: "On what ground it may be disclosed",
  role: "What a recipient is",
  event: "What keeping is counted from",
  right: "What people may ask for",
};

/** The whole page as Markdown. */
export function vocabularyPage(): string {
  const { terms } = standardVocabulary;
  return [
    "# The words of a notice",
    "",
    `The ${terms.length} words that \`from\`, \`data\`, \`for\`, \`when\`, \`basis\`, \`role\`, \`keep\` and \`rights\` may use, each bound to one identifier of the [Data Privacy Vocabulary 2.3](https://w3id.org/dpv). A word below another is covered by it: a practice that declares \`location data\` covers \`country\`, never the other way round. A word that is missing is added below one of these: under \`terms\` of a notice, or for a whole installation in a file that \`avow serve\`, \`check\` and \`explain\` take as \`--terms\`. Generated from the code; a test compares.`,
    "",
    "The identifiers and most of the order come from the Data Privacy Vocabulary, under the W3C Software and Document Licence (2023); this is a subset, and every definition is our own.",
    "",
    ...termKinds.flatMap((kind) => kindSection(kind, terms)),
    "## Where the order is not DPV's",
    "",
    "Several of our words may share one identifier; then none of them stands above another because of it.",
    "",
    "| kind | words | how | because |",
    "|---|---|---|---|",
    ...departures.map(departureRow),
    "",
  ].join("\n");
}

function kindSection(kind: Term["kind"], terms: readonly Term[]): string[] {
  return [
    `## ${headings[kind]}`,
    "",
    `Kind: \`${kind}\`.`,
    "",
    "| word | below | means | other words | identifier |",
    "|---|---|---|---|---|",
    ...terms.filter((term) => term.kind === kind).map(termRow),
    "",
  ];
}

function termRow({ key, parents, means, also, dpv }: Term): string {
  const name = dpv.slice("https://w3id.org/".length);
  return `| ${key} | ${parents.join(", ")} | ${means}. | ${(also ?? []).join(", ")} | [${name}](${dpv}) |`;
}

function departureRow({ kind, how, keys, because }: Departure): string {
  const meaning = how === "adds" ? "has a broader word DPV does not give it" : "lacks a broader word DPV gives it";
  return `| ${kind} | ${keys.join(", ")} | ${meaning} | ${because} |`;
}
