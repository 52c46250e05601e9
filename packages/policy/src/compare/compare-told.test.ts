// What a comparison tells besides its verdict: names, labels, meanings, parents, and witnesses in words.
import { describe, expect, it } from "vitest";
import type { Vocabulary } from "../model/vocabulary.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { standardVocabulary } from "../vocabulary/standard-vocabulary.ts";
import { compareNotices } from "./compare-notices.ts";
import type { Comparison } from "./comparison.ts";
import type { Side } from "./side.ts";
import { type Written, compared, read } from "./testing/written-side.ts";

const vouched = (by: string, on: string): Written => ({
  promise: `attested: { says: audited yearly, by: ${by}, on: ${on}, until: 2027-01-01 }`,
});
const meaning = (key: string, change: object): Vocabulary => ({
  terms: standardVocabulary.terms.map((each) =>
    each.kind === "data" && each.key === key ? { ...each, ...change } : each,
  ),
});
const parent = (text: string): Side => ({ notice: read(text), vocabulary: smallVocabulary });
const witnesses = (old: Written, next: Written): string =>
  compared(old, next)
    .changes.map((each) => each.witness)
    .join("\n");
const within = (days: number): Written => ({ promise: `rights: [access], within: ${days} days` });
const nearest = (side: string, days: number): object => ({ side, text: `the right to access within ${days} days` });
const keep = (text: string): Written => ({ practice: "reads: [IP address], data: [page]", keep: text });

describe("what is only called otherwise", () => {
  const text = exampleNotice;
  const named = (...turns: readonly (readonly [RegExp, string])[]): Comparison =>
    compareNotices(
      { notice: read(text), vocabulary: smallVocabulary },
      { notice: read(turns.reduce((was, [from, to]) => was.replaceAll(from, to), text)), vocabulary: smallVocabulary },
    );

  it.each([
    ["a feature", [[/\bcard-form\b/g, "pay-by-card"]]],
    ["a recipient", [[/\bstripe\b(?!\.com)/g, "card-company"]]],
    ["a practice, with its words", [[/\bweb-traffic\b/g, "visits"]]],
    ["a promise", [[/\baddress-private\b/g, "no-address"]]],
    [
      "all at once",
      [
        [/\bcard-form\b/g, "pay-by-card"],
        [/\bstripe\b(?!\.com)/g, "card-company"],
        [/\bweb-traffic\b/g, "visits"],
      ],
    ],
  ] as const)("%s is the same", (_, turns) => {
    const { verdict, changes, toReview, labels, editorial } = named(...turns);
    expect({ verdict, changes, toReview, labels }).toEqual({
      verdict: "equivalent",
      changes: [],
      toReview: [],
      labels: [],
    });
    expect(editorial).toHaveLength(turns.length);
  });

  it("and a recipient of another name is another", () => {
    expect(named([/\bstripe\b(?!\.com)/g, "card-company"], [/name: Stripe/g, "name: Other"]).verdict).toBe(
      "incomparable",
    );
  });

  it("a name that two could bear pairs with neither", () => {
    const twice = named(
      [/\bstripe\b(?!\.com)/g, "one"],
      [/\bfastly\b(?!\.com)/g, "two"],
      [/name: Fastly/g, "name: Stripe"],
    );
    expect(twice.editorial.filter((each) => each.includes("now called"))).toEqual([]);
  });
});

describe("what is told without an order", () => {
  it("who vouches, and since when", () => {
    const { verdict, labels } = compared(vouched("the auditors", "2026-01-01"), vouched("our intern", "2025-01-01"));
    expect(verdict).toBe("equivalent");
    expect(labels).toEqual([
      { clause: "q", label: "vouched by", old: "the auditors", new: "our intern" },
      { clause: "q", label: "vouched on", old: "2026-01-01", new: "2025-01-01" },
    ]);
  });

  it("what of a recipient is assumed", () => {
    const assumed = compared(
      { recipient: "holds: stores, keeps: 30 days" },
      { recipient: "holds: stores, keeps: 30 days, assumed: [keeps]" },
    );
    expect(assumed.labels).toEqual([{ clause: "host", label: "assumed", old: "", new: "keeps" }]);
  });
});

describe("a word that is given another meaning", () => {
  it.each([
    ["its definition", "page", { means: "Everything on your passport" }],
    ["its identifier", "page", { dpv: "https://w3id.org/dpv/pd#MedicalHealth" }],
  ])("is to review: %s", (_, key, change) => {
    const { toReview } = compared({}, {}, meaning(key, change));
    expect(toReview.map((each) => each.clause)).toEqual([`data ${key}.means`]);
  });

  it("also below a word that is named, and not where nobody speaks of it", () => {
    const broad = { practice: "data: [contact data]" };
    const change = meaning("e-mail address", { means: "Anything" });
    expect(compared(broad, broad, change).toReview.map((each) => each.clause)).toEqual(["data e-mail address.means"]);
    expect(compared({}, {}, change).toReview).toEqual([]);
  });
});

describe("a parent that changed", () => {
  const child = read(
    `avow: 1\nnotice: child\ntitle: C\ncontroller: { name: Child, contact: a@b.example }\naddendum to: n.yaml\ncovers: [c.example]\npromises: [{ id: it, says: hello }]\npage: [{ All: [it] }]`,
  );
  const under = (text: string): Comparison =>
    compareNotices(
      { notice: child, parent: parent(exampleNotice), vocabulary: smallVocabulary },
      { notice: child, parent: parent(text), vocabulary: smallVocabulary },
    );

  it("hands, with another controller, its practices to somebody else", () => {
    const text = exampleNotice.replace("name: Python Software Foundation", "name: Somebody Else");
    expect(text).not.toBe(exampleNotice);
    const { verdict, changes } = under(text);
    expect([verdict, changes[0]?.witness]).toEqual([
      "incomparable",
      "controller: Python Software Foundation → Somebody Else",
    ]);
  });

  it("is told where it speaks elsewhere", () => {
    const { verdict, editorial } = under(exampleNotice.replace("covers: [pypi.org,", "covers: [pypi.org, other.org,"));
    expect([verdict, editorial.join()]).toEqual(["equivalent", expect.stringContaining("pypi.org, other.org")]);
  });
});

describe("witnesses in words", () => {
  it("a link of a recipient that came, and that went", () => {
    const [bare, linked] = [
      { recipient: "holds: stores" },
      { recipient: 'holds: stores, privacy: "https://a.example/"' },
    ];
    expect(witnesses(bare, linked)).toContain("Host → Host (privacy policy now named)");
    expect(witnesses(linked, bare)).toContain("Host → Host (privacy policy no longer named)");
  });

  it("what was added to, and dropped from, data that stays", () => {
    const [fewer, more] = [{ practice: "data: [page, country]" }, { practice: "data: [page, country, browser]" }];
    expect(witnesses(fewer, more)).toContain("page, country, browser: browser added");
    expect(witnesses(more, fewer)).toContain("page, country, browser: browser dropped");
  });

  it("the nearest promise by the version it stands in", () => {
    expect(compared(within(14), within(30)).changes[0]).toMatchObject({
      direction: "weaker",
      nearest: nearest("new", 30),
    });
    expect(compared(within(14), within(7)).changes[0]).toMatchObject({
      direction: "stronger",
      nearest: nearest("old", 14),
    });
  });

  it("a keep that became longer once, and never of what is only looked at", () => {
    expect(witnesses(keep("30 days"), keep("60 days")).split("\n")).toEqual([
      "page: kept 30 days → 60 days",
      "page → Host: kept 30 days → 60 days",
    ]);
  });
});
