// A vocabulary made searchable: its order flattened, so that "at or below" and "overlaps" are look-ups.
import type { ExtensionTerm, Notice } from "../model/notice.ts";
import type { Term, TermKind, Vocabulary } from "../model/vocabulary.ts";
import { termKinds } from "../model/vocabulary.ts";
import { nearest } from "./nearest.ts";

export interface VocabularyIndex {
  has(kind: TermKind, key: string): boolean;
  term(kind: TermKind, key: string): Term | undefined;
  /** Every key of a kind, in vocabulary order. */
  keys(kind: TermKind): readonly string[];
  /** True when `narrow` is `broad` or stands below it. Unknown terms are below nothing. */
  isAtOrBelow(kind: TermKind, narrow: string, broad: string): boolean;
  /** The term and all that stand below it; nothing for an unknown one. */
  below(kind: TermKind, key: string): readonly string[];
  /** True when something can be both: the two share a term at or below them. */
  overlaps(kind: TermKind, one: string, other: string): boolean;
  /** The known term somebody probably meant, by its key or by one of its other words. */
  nearest(kind: TermKind, word: string): string | undefined;
}

export function indexVocabulary(vocabulary: Vocabulary): VocabularyIndex {
  const byKind = new Map(
    termKinds.map((kind) => [kind, indexKind(vocabulary.terms.filter((each) => each.kind === kind))]),
  );
  const of = (kind: TermKind): KindIndex => byKind.get(kind) ?? indexKind([]);
  return {
    has: (kind, key) => of(kind).terms.has(key),
    term: (kind, key) => of(kind).terms.get(key),
    keys: (kind) => of(kind).keys,
    isAtOrBelow: (kind, narrow, broad) => of(kind).above.get(narrow)?.has(broad) === true,
    below: (kind, key) => [...(of(kind).below.get(key) ?? [])],
    overlaps: (kind, one, other) => shareOne(of(kind).below.get(one), of(kind).below.get(other)),
    nearest: (kind, word) => nearestTerm(of(kind), word),
  };
}

/** The vocabulary a notice speaks: the given one, its parents' additions, then its own. An added term has its parent's DPV identifier. */
export function extendVocabulary(vocabulary: Vocabulary, notices: readonly Notice[]): Vocabulary {
  return notices.every((each) => each.terms.length === 0)
    ? vocabulary
    : addTerms(
        vocabulary,
        notices.flatMap((each) => each.terms),
      );
}

/** The vocabulary with more terms below its own; one that is there already stays as it is. */
export function addTerms(vocabulary: Vocabulary, added: readonly ExtensionTerm[]): Vocabulary {
  const known = new Map(vocabulary.terms.map((each) => [nameOf(each.kind, each.key), each]));
  for (const { key, kind, is, means } of added) {
    const sort = termKinds.find((each) => each === kind);
    if (sort === undefined || known.has(nameOf(kind, key))) continue;
    known.set(nameOf(kind, key), { key, kind: sort, dpv: "", parents: is, means });
  }
  return {
    terms: [...known.values()].map((each) => (each.dpv === "" ? { ...each, dpv: dpvAbove(each, known) } : each)),
  };
}

function nameOf(kind: string, key: string): string {
  return `${kind} ${key}`;
}

/** The identifier of the nearest term above that has one. */
function dpvAbove(term: Term, known: ReadonlyMap<string, Term>): string {
  const walked = new Set([term]);
  for (const each of walked) {
    if (each.dpv !== "") return each.dpv;
    for (const parent of each.parents) {
      const above = known.get(nameOf(each.kind, parent));
      if (above !== undefined) walked.add(above);
    }
  }
  return "";
}

interface KindIndex {
  readonly terms: ReadonlyMap<string, Term>;
  readonly keys: readonly string[];
  /** Each key with itself and all broader keys. */
  readonly above: ReadonlyMap<string, ReadonlySet<string>>;
  /** Each key with itself and all narrower keys. */
  readonly below: ReadonlyMap<string, ReadonlySet<string>>;
}

function indexKind(list: readonly Term[]): KindIndex {
  const terms = new Map(list.map((term) => [term.key, term]));
  const above = new Map<string, Set<string>>();
  const below = new Map<string, Set<string>>([...terms.keys()].map((key) => [key, new Set<string>()]));
  for (const key of terms.keys()) {
    const found = new Set([key]);
    // A set grows while it is walked: this visits every broader term once and ends on cycles.
    for (const each of found)
      for (const parent of terms.get(each)?.parents ?? []) if (terms.has(parent)) found.add(parent);
    above.set(key, found);
    for (const broad of found) below.get(broad)?.add(key);
  }
  return { terms, keys: [...terms.keys()], above, below };
}

function shareOne(one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  for (const key of one) if (other.has(key)) return true;
  return false;
}

function nearestTerm(index: KindIndex, word: string): string | undefined {
  const words = new Map<string, string>();
  for (const term of index.terms.values()) for (const other of term.also ?? []) words.set(other, term.key);
  for (const key of index.keys) words.set(key, key);
  const found = nearest(word, words.keys());
  return found === undefined ? undefined : words.get(found);
}
