// Definitions the schema repeats: ids, lengths of time, forms, dates, links and the words of the vocabulary.
import { hostShape } from "../covers-host.ts";
import type { TermKind, Vocabulary } from "../model/vocabulary.ts";
import { termKinds } from "../model/vocabulary.ts";
import { conditions, grounds, simpleForms } from "../model/values.ts";
import { idShape } from "../syntax/fields.ts";
import { lengthUnits } from "../syntax/read-keep.ts";
import { type Schema, oneOf, oneOrMore, reference, text } from "./json-schema.ts";

export const idPattern = idShape.source;
const units = lengthUnits.join("|");
const length = `[1-9]\\d{0,4} (?:${units})s?(?: after \\S.*)?`;
const forms = `(?:${simpleForms.join("|")}|aggregate of (?:[2-9]|[1-9]\\d{1,5}|1000000))`;
export const formPattern = `^${forms}$`;
export const keepPattern = `^(?:never by us|without limit|until \\S.*|${length})$`;
export const keepsPattern = `^(?:without limit|until \\S.*|${length})$`;

/** `open`: other words may stand beside those of the vocabulary, because the notice or its parent adds some. */
export function wordDefinitions(vocabulary: Vocabulary): Readonly<Record<string, Schema>> {
  const keysOf = (kind: TermKind): string[] =>
    vocabulary.terms.filter((each) => each.kind === kind).map((each) => each.key);
  const used = termKinds.filter((kind) => ["data", "subject", "purpose", "basis", "event", "right"].includes(kind));
  return {
    id: { type: "string", pattern: idPattern, maxLength: 64 },
    host: { type: "string", pattern: hostShape.source },
    day: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    link: { type: "string", pattern: "^(?:https://|mailto:)", maxLength: 500 },
    path: { type: "string", pattern: "\\.ya?ml$" },
    form: {
      description: "raw, truncated, pseudonymous, hashed, encrypted, or aggregate of N",
      type: "string",
      pattern: formPattern,
    },
    keep: {
      description: "30 days, 1 year after EVENT, until EVENT, never by us, or without limit",
      type: "string",
      pattern: keepPattern,
    },
    condition: { enum: [...conditions, ...grounds] },
    ...Object.fromEntries(used.map((kind) => [kind, oneOf(`a ${kind} of the vocabulary`, keysOf(kind))])),
    ...Object.fromEntries(used.map((kind) => [`${kind} or added`, open(kind, keysOf(kind))])),
  };
}

/** The known words are offered, others are allowed. */
function open(kind: TermKind, keys: readonly string[]): Schema {
  return { anyOf: [oneOf(`a ${kind} of the vocabulary`, keys), text(`a ${kind} the notice adds under \`terms\``)] };
}

/** How a definition names words of a kind. */
export function word(kind: TermKind, isOpen: boolean): Schema {
  return reference(isOpen ? `${kind} or added` : kind);
}

export function words(description: string, kind: TermKind, isOpen: boolean): Schema {
  return oneOrMore(description, word(kind, isOpen));
}
