// What a question was taken to say: words that name nothing, with the word that was meant, and what was assumed where it said nothing.
import {
  type Notice,
  type Policy,
  type Request,
  type TermKind,
  type Vocabulary,
  extendVocabulary,
  formOf,
  indexVocabulary,
  nearest,
} from "@avow/policy";

const places = ["public", "their own device"];

/** In words, one line for each; empty where every word is known. */
export function unknownWords(policy: Policy, vocabulary: Vocabulary, request: Request): readonly string[] {
  const words = indexVocabulary(extendVocabulary(vocabulary, noticesOf(policy)));
  const term = (option: string, kind: TermKind, what: string, word: string): readonly string[] =>
    words.has(kind, word) ? [] : [`${option}: \`${word}\` is no ${what}${meant(words.nearest(kind, word))}`];
  const { data, from, to, form } = request;
  const receivers = [...noticesOf(policy).flatMap(({ recipients }) => recipients.map(({ id }) => id)), ...places];
  return [
    ...(typeof data === "string" ? [data] : data).flatMap((each) => term("--data", "data", "kind of data", each)),
    ...term("--from", "subject", "sort of person", from),
    ...term("--for", "purpose", "purpose", request.for),
    ...(to === undefined || receivers.includes(to)
      ? []
      : [`--to: \`${to}\` is no recipient of this notice${meant(nearest(to, receivers))}`]),
    ...(form === undefined || formOf(form) !== undefined
      ? []
      : [`--form: \`${form}\` is no form; write raw, truncated, pseudonymous, hashed, encrypted or aggregate of N`]),
  ];
}

/** The defaults a decision depends on, said aloud. */
export function assumedText({ form, ageDays, answer, signal }: Request): string | undefined {
  const assumed = [
    ...(form === undefined ? ["form raw (--form)"] : []),
    ...(ageDays === undefined ? ["on the day it comes (--age-days)"] : []),
    ...(answer === undefined && signal !== true ? ["no answer given (--answer)"] : []),
  ];
  return assumed.length === 0 ? undefined : `taken as: ${assumed.join(", ")}`;
}

function meant(word: string | undefined): string {
  return word === undefined ? "" : `; did you mean \`${word}\`?`;
}

function noticesOf({ notice, parent }: Policy): readonly Notice[] {
  return parent === undefined ? [notice] : [...noticesOf(parent), notice];
}
