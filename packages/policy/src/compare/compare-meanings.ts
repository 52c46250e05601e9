// Words that mean something else than they did: the vocabulary's own words under what the notice names.
import { type Term, termKinds } from "../model/vocabulary.ts";
import { indexVocabulary } from "../terms/index-vocabulary.ts";
import { type Side, upward } from "./side.ts";

export interface MeaningChange {
  /** As the prose of a notice's own terms is called: `data page.means`. */
  readonly clause: string;
  readonly old: string;
  readonly new: string;
}

/** A word the two vocabularies both have, with another definition or DPV identifier, that either side speaks of. */
export function changedMeanings(old: Side, next: Side): readonly MeaningChange[] {
  if (old.vocabulary === next.vocabulary) return [];
  const before = new Map(old.vocabulary.terms.map((each) => [nameOf(each), each]));
  const changed = next.vocabulary.terms.flatMap((term) => {
    const was = before.get(nameOf(term));
    return was === undefined || meaningOf(was) === meaningOf(term) ? [] : [[was, term] as const];
  });
  if (changed.length === 0) return [];
  const spoken = new Set([...spokenOf(old), ...spokenOf(next)]);
  return changed
    .filter(([, term]) => spoken.has(nameOf(term)))
    .map(([was, is]) => ({ clause: `${nameOf(is)}.means`, old: meaningOf(was), new: meaningOf(is) }));
}

function nameOf({ kind, key }: Pick<Term, "kind" | "key">): string {
  return `${kind} ${key}`;
}

function meaningOf({ means, dpv }: Term): string {
  return `${means} (${dpv})`;
}

/** Whatever stands in the notice as a word of the vocabulary, and all below it: a broad word speaks of its parts. */
function spokenOf(side: Side): ReadonlySet<string> {
  const index = indexVocabulary(side.vocabulary);
  const words = new Set<string>();
  for (const { notice } of upward(side)) collect({ ...notice, spans: {}, words: {}, page: [] }, words);
  return new Set(
    termKinds.flatMap((kind) =>
      [...words].flatMap((word) => index.below(kind, word).map((key) => nameOf({ kind, key }))),
    ),
  );
}

function collect(value: unknown, words: Set<string>): void {
  if (typeof value === "string") words.add(value);
  else if (Array.isArray(value)) for (const each of value) collect(each, words);
  else if (typeof value === "object" && value !== null) for (const each of Object.values(value)) collect(each, words);
}
