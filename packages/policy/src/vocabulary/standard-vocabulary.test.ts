// The vocabulary holds together, stands on known identifiers, and departs from DPV only where it says so.
import { describe, expect, it } from "vitest";
import type { Term, TermKind } from "../model/vocabulary.ts";
import { indexVocabulary } from "../terms/index-vocabulary.ts";
import { departures } from "./departures.ts";
import { dpvTerms } from "./dpv-terms.ts";
import { standardVocabulary } from "./standard-vocabulary.ts";
import { vocabularyPage } from "./vocabulary-page.ts";

const { terms } = standardVocabulary;
const index = indexVocabulary(standardVocabulary);
const named = (kind: TermKind, key: string): Term | undefined =>
  terms.find((term) => term.kind === kind && term.key === key);
const identifier = (term: Term): string => term.dpv.slice("https://w3id.org/".length);

/** Everything above, itself included. */
function above<T>(start: T, broader: (each: T) => readonly T[], seen = new Set<T>()): ReadonlySet<T> {
  if (!seen.has(start)) {
    seen.add(start);
    for (const each of broader(start)) above(each, broader, seen);
  }
  return seen;
}

const ours = (term: Term): ReadonlySet<Term> =>
  above(term, ({ kind, parents }) => parents.flatMap((key) => named(kind, key) ?? []));
const theirs = (term: Term): ReadonlySet<string> => above(identifier(term), (each) => dpvTerms[each] ?? []);

/** Our parents that DPV does not have above the term. */
const adds = (term: Term): boolean =>
  term.parents.some((key) => {
    const parent = named(term.kind, key);
    return parent !== undefined && !theirs(term).has(identifier(parent));
  });

/** DPV's broader identifiers that words of ours are bound to, none of which stands above the term here. */
const leavesOut = (term: Term): boolean => {
  const mine = new Set([...ours(term)].map(identifier));
  return terms.some(
    (each) => each.kind === term.kind && theirs(term).has(identifier(each)) && !mine.has(identifier(each)),
  );
};

describe("the standard vocabulary", () => {
  it("names each word once in its kind, and no other word twice", () => {
    const keys = terms.map(({ kind, key }) => `${kind} ${key}`);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    const also = terms.flatMap((term) => (term.also ?? []).map((word) => `${term.kind} ${word}`));
    expect(also.filter((word, at) => also.indexOf(word) !== at || keys.includes(word))).toEqual([]);
  });

  it("has every parent, in the same kind, and no cycle", () => {
    for (const term of terms) {
      for (const key of term.parents) expect(named(term.kind, key), `${term.key} below ${key}`).toBeDefined();
      for (const key of term.parents) {
        const parent = named(term.kind, key);
        if (parent !== undefined) expect([...ours(parent)], `${term.key} below itself`).not.toContain(term);
      }
    }
  });

  it.each(terms)("$kind `$key` is defined, and stands on an identifier of DPV 2.3", (term) => {
    expect(term.means).toMatch(/^[A-Z].{3,}[^.\s]$/);
    expect(term.dpv).toMatch(/^https:\/\/w3id\.org\/dpv(?:\/pd)?#[A-Z]\w+$/);
    expect(dpvTerms[identifier(term)], term.dpv).toBeDefined();
  });

  it("pins no identifier that nothing stands on", () => {
    const used = new Set(terms.flatMap((term) => [...theirs(term)]));
    expect(Object.keys(dpvTerms).filter((each) => !used.has(each))).toEqual([]);
    expect([...used].filter((each) => dpvTerms[each] === undefined)).toEqual([]);
  });

  it.each([
    ["adds", adds],
    ["leaves out", leavesOut],
  ] as const)("says of every word where its order %s something of DPV's", (how, departs) => {
    const said = departures
      .filter((each) => each.how === how)
      .flatMap(({ kind, keys }) => keys.map((key) => `${kind} ${key}`));
    const found = terms.filter(departs).map(({ kind, key }) => `${kind} ${key}`);
    expect(said.toSorted()).toEqual(found.toSorted());
  });
});

describe("the order the rest of the house relies on", () => {
  it.each<[TermKind, string, string]>([
    ["data", "page", "usage data"],
    ["data", "time of visit", "usage data"],
    ["data", "source", "referrer"],
    ["data", "country", "location data"],
    ["data", "IP address", "personal data"],
    ["data", "card number", "payment card"],
    ["data", "postal address", "contact data"],
    ["purpose", "usage statistics", "improving the service"],
    ["purpose", "sending mailings", "informing"],
    // PS12: everyone has at least a visitor's protection.
    ["subject", "user", "visitor"],
    ["subject", "member", "user"],
    ["subject", "supporting member", "member"],
    ["subject", "contributing member", "voting member"],
    ["subject", "managing member", "voting member"],
    ["subject", "voting member", "member"],
    ["subject", "sponsor", "visitor"],
    ["subject", "donor", "visitor"],
    ["subject", "software user", "visitor"],
    ["condition", "opt-in", "opt-out"],
    ["condition", "opt-out", "always"],
    ["condition", "necessary", "always"],
  ])("%s: %s lies below %s, and not the other way round", (kind, narrow, broad) => {
    expect(index.isAtOrBelow(kind, narrow, broad)).toBe(true);
    expect(index.isAtOrBelow(kind, broad, narrow)).toBe(false);
  });

  it.each<[TermKind, string, string]>([
    ["purpose", "marketing", "improving the service"],
    ["purpose", "marketing", "informing"],
    ["purpose", "usage statistics", "preventing fraud"],
    ["purpose", "preventing fraud", "security"],
    ["data", "city", "country"],
    ["data", "postal address", "city"],
    ["subject", "supporting member", "voting member"],
    ["subject", "owner", "visitor"],
    ["condition", "necessary", "opt-out"],
  ])("%s: %s and %s stand apart", (kind, one, other) => {
    expect(index.isAtOrBelow(kind, one, other)).toBe(false);
    expect(index.isAtOrBelow(kind, other, one)).toBe(false);
  });

  it.each([
    ["email", "e-mail address"],
    ["ip", "IP address"],
    ["User-Agent", "user agent"],
    ["hostname", "page host"],
    ["os", "operating system"],
    ["utm", "campaign"],
    ["contry", "country"],
  ])("`%s` leads to `%s`", (word, key) => {
    expect(index.nearest("data", word)).toBe(key);
  });
});

it("docs/reference/vocabulary.md is what the vocabulary says; `vitest -u` writes it", async () => {
  await expect(vocabularyPage()).toMatchFileSnapshot("../../../../docs/reference/vocabulary.md");
});
