// How the terms of one vocabulary stand to those of another: what a word covers here, said in the words of there.
import type { Term, TermKind, Vocabulary } from "../model/vocabulary.ts";

export interface TermRelation {
  /** Terms of the other vocabulary that cover the witness `term` of this one: itself and all broader. */
  above(kind: TermKind, term: string): ReadonlySet<string>;
  /**
   * The fewest terms at or below `term` such that whatever covers them all covers everything at or below it.
   * With one vocabulary on both sides it is the term alone; a re-parented term below it stands on its own.
   */
  frontier(kind: TermKind, term: string): readonly string[];
  /** Terms that share something with `term`, each by itself: what a ban on it fires on, in this vocabulary. */
  overlapping(kind: TermKind, term: string): ReadonlySet<string>;
}

interface Graph {
  readonly terms: ReadonlyMap<string, Term>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

export function relateTerms(from: Vocabulary, to: Vocabulary): TermRelation {
  const here = graphsOf(from);
  const there = from === to ? here : graphsOf(to);
  const isSame = from === to || isSameVocabulary(from, to);
  const merged = isSame ? new Map<string, string[]>() : mergedTerms(from, to);
  const above = memo((kind, term) => {
    const known = there(kind);
    if (known.terms.has(term)) return climb([term], known);
    // A word new here names what its broader words covered already, there unnamed.
    const broader = [...climb([term], here(kind))].filter((each) => known.terms.has(each));
    return broader.length === 0 ? new Set([term]) : climb(broader, known);
  });
  const frontier = memo((kind, term) => {
    if (isSame) return [term];
    const below = [...descend(term, here(kind), (each) => merged.get(`${kind} ${each}`) ?? [])];
    return below.filter((each, at) => !below.some((other, rank) => isCovered(above, kind, each, other, at < rank)));
  });
  const overlapping = memo((kind, term) => {
    const found = new Set<string>();
    for (const each of descend(term, here(kind), () => [])) for (const up of climb([each], here(kind))) found.add(up);
    return found;
  });
  return { above, frontier, overlapping };
}

/** Whatever covers `other` covers `each` too; of two with the same meaning the first stays. */
function isCovered(
  above: TermRelation["above"],
  kind: TermKind,
  each: string,
  other: string,
  isFirst: boolean,
): boolean {
  if (each === other) return false;
  const [high, low] = [above(kind, other), above(kind, each)];
  for (const term of high) if (!low.has(term)) return false;
  return !(isFirst && high.size === low.size);
}

/** A term that is gone lives on in one that has its DPV identifier or names it among its other words: by kind and the new key. */
function mergedTerms(from: Vocabulary, to: Vocabulary): Map<string, string[]> {
  const kept = new Set(from.terms.map((each) => `${each.kind} ${each.key}`));
  const known = new Set(to.terms.map((each) => `${each.kind} ${each.key}`));
  const gone = to.terms.filter((each) => !kept.has(`${each.kind} ${each.key}`));
  const merged = new Map<string, string[]>();
  if (gone.length === 0) return merged;
  for (const term of from.terms) {
    const isNew = !known.has(`${term.kind} ${term.key}`);
    const names = gone.filter(
      (each) =>
        each.kind === term.kind &&
        (term.also?.includes(each.key) === true || (isNew && each.dpv !== "" && each.dpv === term.dpv)),
    );
    if (names.length > 0)
      merged.set(
        `${term.kind} ${term.key}`,
        names.map((each) => each.key),
      );
  }
  return merged;
}

function graphsOf(vocabulary: Vocabulary): (kind: TermKind) => Graph {
  const graphs = new Map<TermKind, { terms: Map<string, Term>; children: Map<string, string[]> }>();
  for (const term of vocabulary.terms) {
    const graph = graphs.get(term.kind) ?? { terms: new Map<string, Term>(), children: new Map<string, string[]>() };
    graphs.set(term.kind, graph);
    graph.terms.set(term.key, term);
    for (const parent of term.parents) {
      const children = graph.children.get(parent);
      if (children === undefined) graph.children.set(parent, [term.key]);
      else children.push(term.key);
    }
  }
  const none: Graph = { terms: new Map(), children: new Map() };
  return (kind) => graphs.get(kind) ?? none;
}

/** A set grows while it is walked: this visits each term once and ends on cycles. */
function climb(terms: readonly string[], graph: Graph): ReadonlySet<string> {
  const found = new Set(terms);
  for (const each of found)
    for (const parent of graph.terms.get(each)?.parents ?? []) if (graph.terms.has(parent)) found.add(parent);
  return found;
}

function descend(term: string, graph: Graph, more: (term: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set([term]);
  for (const each of found) {
    for (const child of graph.children.get(each) ?? []) found.add(child);
    for (const other of more(each)) found.add(other);
  }
  return found;
}

function isSameVocabulary(one: Vocabulary, other: Vocabulary): boolean {
  return (
    one.terms.length === other.terms.length &&
    one.terms.every((term, at) => {
      const twin = other.terms[at];
      return (
        twin === term ||
        (twin !== undefined &&
          twin.key === term.key &&
          twin.kind === term.kind &&
          twin.dpv === term.dpv &&
          sameWords(twin.parents, term.parents) &&
          sameWords(twin.also ?? [], term.also ?? []))
      );
    })
  );
}

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, at) => each === other[at]);
}

function memo<T>(make: (kind: TermKind, term: string) => T): (kind: TermKind, term: string) => T {
  const kinds = new Map<TermKind, Map<string, T>>();
  return (kind, term) => {
    let known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, (known = new Map<string, T>()));
    let value = known.get(term);
    if (value === undefined) known.set(term, (value = make(kind, term)));
    return value;
  };
}
