// Comparisons a person can check by hand: the words of witnesses, promises, covers, prose, vocabulary edits and addenda.
import { describe, expect, it } from "vitest";
import type { Notice } from "../model/notice.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { compareAddendum } from "./compare-addendum.ts";
import { compareNotices } from "./compare-notices.ts";
import type { Comparison } from "./comparison.ts";
import { proseHash } from "./prose-hash.ts";
import type { Side } from "./side.ts";

function read(text: string): Notice {
  const { notice, diagnostics } = parseNotice(text, "n.yaml");
  if (notice === undefined) throw new Error(diagnostics.map((each) => each.message).join("; "));
  return notice;
}

const old = { notice: read(exampleNotice), vocabulary: smallVocabulary };

function after(from: string | RegExp, to: string): Comparison {
  const text = exampleNotice.replace(from, to);
  expect(text).not.toBe(exampleNotice);
  return compareNotices(old, { ...old, notice: read(text) });
}

const weaker = (comparison: Comparison): string[] =>
  comparison.changes.filter((each) => each.direction === "weaker").map((each) => each.witness);

describe("witnesses", () => {
  it.each([
    [
      "keep: 30 days, to: public",
      "keep: 90 days, to: public",
      "less protective",
      "e-mail address → the public: kept 30 days → 90 days",
    ],
    ["keep: 30 days, to: public", "keep: 7 days, to: public", "more protective", undefined],
    [
      "keep: 30 days, to: public",
      "keep: 1 month, to: public",
      "incomparable",
      "e-mail address: kept 30 days → 1 month",
    ],
    [
      "aggregate of 10: 25",
      "aggregate of 5: 25",
      "less protective",
      "page, country: form aggregate of 10 → aggregate of 5",
    ],
    ["when: opt-out", "when: always", "less protective", "page, country: when opt-out → always"],
    ["when: opt-out", "when: opt-in", "more protective", undefined],
    [
      "data: [e-mail address], form",
      "data: [contact data], form",
      "less protective",
      "contact data: data e-mail address → contact data",
    ],
    [
      "to: [stripe], needs: card-form",
      "to: [stripe]",
      "less protective",
      "payment card → Stripe: when necessary, with a yes to card-form → necessary",
    ],
    [
      "holds: transits",
      "holds: stores",
      "less protective",
      "page → Fastly: to Fastly → Fastly (holds: transits → stores)",
    ],
    [
      "hosts: [js.stripe.com]",
      "hosts: [js.stripe.com, m.stripe.com]",
      "less protective",
      "payment card → Stripe: to Stripe → Stripe (new hosts m.stripe.com)",
    ],
    ["from: sponsor", "from: visitor", "less protective", "payment card → Stripe: from sponsor → visitor"],
    [
      "when: fraud or misuse",
      "when: required by law",
      "incomparable",
      "e-mail address: when fraud or misuse → required by law",
    ],
    [
      "1 year after the account closes",
      "1 year",
      "incomparable",
      "e-mail address, page: kept 1 year after the account closes → 1 year",
    ],
    [
      "name: Python Software Foundation",
      "name: Somebody Else",
      "incomparable",
      "controller: Python Software Foundation → Somebody Else",
    ],
  ])("%s → %s", (from, to, verdict, witness) => {
    const comparison = after(from, to);
    expect([comparison.verdict, weaker(comparison)]).toEqual([
      verdict,
      witness === undefined ? [] : expect.arrayContaining([witness]),
    ]);
  });

  it("names the nearest practice and the dimension", () => {
    const [change] = after("keep: 30 days, to: public", "keep: 90 days, to: public").changes;
    expect(change).toMatchObject({
      clause: "abuse",
      differs: [{ dimension: "keep", old: "30 days", new: "90 days" }],
      nearest: { side: "old", clause: "abuse" },
    });
  });

  it("tells a new practice whole", () => {
    const added = "promises:\n";
    const practice =
      "  - { id: spy, from: user, data: [user agent], form: raw, for: [statistics], when: always, basis: consent, keep: 30 days, to: [stripe] }\n";
    const comparison = after(added, `${practice}${added}`);
    expect(comparison.verdict).toBe("less protective");
    expect(comparison.changes.map((each) => each.clause)).toContain("spy");
    expect(comparison.changes[0]?.witness).toContain("user agent");
  });
});

describe("promises", () => {
  it.each([
    [
      "within: 30 days",
      "within: 60 days",
      "less protective",
      "promise: the right to delete within 30 days → the right to delete within 60 days",
    ],
    [
      "within: 30 days",
      "within: 1 month",
      "incomparable",
      "promise: the right to correct within 30 days → the right to correct within 1 month",
    ],
    ["within: 30 days", "within: 7 days", "more protective", undefined],
    [
      "[correct, delete, restrict]",
      "[correct, restrict]",
      "less protective",
      "promise lost: the right to delete within 30 days",
    ],
    [
      "never: { data: postal address, from: voting member, to: public }",
      "never: { data: contact data, from: voting member, to: public }",
      "more protective",
      undefined,
    ],
    ["from: voting member, to: public }", "from: member, to: public }", "equivalent", undefined],
    [
      "data: postal address, from: voting member",
      "data: postal address, from: sponsor",
      "incomparable",
      "promise: never postal address from voting member to public → never postal address from sponsor to public",
    ],
    [
      "together: [IP address, display name]",
      "together: [IP address, display name, page]",
      "less protective",
      "promise: never IP address with display name → never IP address with display name with page",
    ],
    [
      "until: 2027-01-01 } }\npage",
      "until: 2026-06-01 } }\npage",
      "less protective",
      "promise: vouched until 2027-01-01: the servers stand in a locked room → vouched until 2026-06-01: the servers stand in a locked room",
    ],
    [
      "covers: [pypi.org,",
      "covers: [pypi.org, other.org,",
      "incomparable",
      "other.org: the practices now extend to it",
    ],
    [
      "{ host: nbviewer.org, stores: nothing, caution",
      "{ host: nbviewer.org, caution",
      "less protective",
      "nbviewer.org: no longer stores nothing",
    ],
  ])("%s → %s", (from, to, verdict, witness) => {
    const comparison = after(from, to);
    if (verdict !== "equivalent")
      expect([comparison.verdict, weaker(comparison)]).toEqual([
        verdict,
        witness === undefined ? [] : expect.arrayContaining([witness]),
      ]);
    else expect(weaker(comparison)).toEqual([]);
  });
});

describe("what has no order", () => {
  it("lists changed prose until somebody named has read these very words", () => {
    const text = "We rarely count visitors.";
    const next = { ...old, notice: read(exampleNotice.replace("We count visits, never visitors.", text)) };
    const was = "We count visits, never visitors.";
    const [toReview] = compareNotices(old, next).toReview;
    const hashes = { old: proseHash(was), new: proseHash(text) };
    expect(toReview).toEqual({
      clause: "web-traffic",
      notice: "pypi",
      old: was,
      new: text,
      oldHash: hashes.old,
      newHash: hashes.new,
    });
    const review = { clause: "web-traffic", ...hashes, by: "J. Doe", on: "2026-11-20" };
    const reviewed = (change: object): unknown =>
      compareNotices(old, next, { reviews: [{ ...review, ...change }] }).toReview[0]?.reviewed;
    expect(reviewed({})).toEqual({ by: "J. Doe", on: "2026-11-20" });
    // The words of both sides and the clause are what was read: another of them was not.
    expect(reviewed({ new: proseHash("We never count.") })).toBeUndefined();
    expect(reviewed({ old: proseHash("We count.") })).toBeUndefined();
    expect(reviewed({ clause: "card-form" })).toBeUndefined();
  });

  it("does not list a line broken elsewhere, and lists what a parent says under the same id", () => {
    const wrapped = { ...old.notice, words: { "web-traffic": "We count visits,\n  never visitors." } };
    expect(compareNotices(old, { ...old, notice: wrapped }).toReview).toEqual([]);
    const said = (words: string): Notice => ({ ...old.notice, id: "above", words: { "web-traffic": words } });
    const below = (words: string): Side => ({ ...old, parent: { notice: said(words) } });
    const [hidden, ...others] = compareNotices(below("We never look."), below("We look.")).toReview;
    expect([hidden?.notice, hidden?.old, hidden?.new, others]).toEqual(["above", "We never look.", "We look.", []]);
  });

  it("reports a basis as a label and a title as editorial, and judges neither", () => {
    const basis = after("basis: contract, keep: 1 year", "basis: consent, keep: 1 year");
    expect([basis.verdict, basis.labels]).toEqual([
      "equivalent",
      [{ clause: "delivery", label: "basis", old: "contract", new: "consent" }],
    ]);
    const title = after("title: PyPI Privacy Notice", "title: Privacy");
    expect([title.verdict, title.editorial]).toEqual(["equivalent", ["title: PyPI Privacy Notice → Privacy"]]);
  });
});

const edited = (key: string, parents: readonly string[]): Vocabulary => ({
  terms: smallVocabulary.terms.map((each) => (each.key === key ? { ...each, parents } : each)),
});

const banning = (what: string): Notice =>
  read(exampleNotice.replace("data: postal address, from: voting member, to", `data: ${what}, to`));

describe("vocabulary edits", () => {
  const contact = read(exampleNotice.replace("data: [e-mail address], form", "data: [contact data], form"));

  it("flag a term moved below what an unchanged practice names, and say which", () => {
    const side = { notice: contact, vocabulary: smallVocabulary };
    const comparison = compareNotices(side, {
      ...side,
      vocabulary: edited("IP address", ["device data", "contact data"]),
    });
    // The ban on it reaches further too, so the verdict is not only weaker.
    expect(comparison.verdict).toBe("incomparable");
    expect(weaker(comparison)).toContain(
      "contact data → the public: data contact data → contact data (which takes in IP address)",
    );
  });

  it("flag a term merged into one that is named", () => {
    const side = { notice: contact, vocabulary: smallVocabulary };
    const terms = smallVocabulary.terms
      .filter((each) => each.key !== "display name")
      .map((each) => (each.key === "e-mail address" ? { ...each, also: ["display name"] } : each));
    expect(weaker(compareNotices(side, { ...side, vocabulary: { terms } })).join()).toContain("takes in display name");
  });

  it("weaken a ban that no longer reaches a term", () => {
    const comparison = compareNotices(old, { ...old, vocabulary: edited("voting member", ["visitor"]) });
    expect(weaker(comparison).join()).toContain("never postal address from voting member");
  });

  it("keep a ban apart from another that fires on all its words today", () => {
    const terms = [
      ...smallVocabulary.terms,
      {
        kind: "data" as const,
        key: "billing address",
        dpv: "",
        means: "",
        parents: ["postal address", "payment card"],
      },
    ];
    const comparison = compareNotices(
      { notice: banning("billing address"), vocabulary: { terms } },
      { notice: banning("payment card"), vocabulary: { terms } },
    );
    expect(comparison.verdict).toBe("more protective");
    const back = compareNotices(
      { notice: banning("postal address"), vocabulary: { terms } },
      { notice: banning("[payment card, contact data]"), vocabulary: { terms } },
    );
    expect(weaker(back)).toEqual([]);
    const lost = compareNotices(
      { notice: banning("postal address"), vocabulary: { terms } },
      { notice: banning("payment card"), vocabulary: { terms } },
    );
    expect(weaker(lost)).toContain("promise: never postal address to public → never payment card to public");
    // Once every word a ban fires on is one the other fires on, it still leaves out kinds not yet named.
    const close = terms
      .filter((each) => each.key !== "e-mail address")
      .map((each) => (each.key === "payment card" ? { ...each, parents: ["contact data"] } : each));
    const overlap = compareNotices(
      { notice: banning("postal address"), vocabulary: { terms: close } },
      { notice: banning("payment card"), vocabulary: { terms: close } },
    );
    expect(weaker(overlap)).toContain("promise: never postal address to public → never payment card to public");
  });

  it("find nothing in a new word below a known one", () => {
    const terms = [
      ...smallVocabulary.terms,
      { kind: "data" as const, key: "telephone number", dpv: "", means: "", parents: ["contact data"] },
    ];
    expect(
      compareNotices({ notice: contact, vocabulary: smallVocabulary }, { notice: contact, vocabulary: { terms } })
        .verdict,
    ).toBe("equivalent");
  });
});

describe("addenda", () => {
  const head =
    "avow: 1\nnotice: child\ntitle: C\ncontroller: { name: Python Software Foundation, contact: psf@python.org }\naddendum to: n.yaml\n";
  const child = (rest: string): Notice => read(`${head}${rest}\npage: [{ All: [it] }]`);
  const findings = (rest: string): string[] =>
    compareAddendum(old, child(rest), smallVocabulary).map((each) => `${each.kind} ${each.promise} by ${each.clause}`);

  it("may add what the parent does not speak of", () => {
    expect(findings("promises: [{ id: more, rights: [access], within: 60 days }]")).toEqual([]);
    expect(findings("promises: [{ id: sooner, rights: [delete], within: 7 days }]")).toEqual([]);
  });

  it("may not take back a promise of the parent, by a promise or by a practice", () => {
    expect(findings("promises: [{ id: later, rights: [delete], within: 60 days }]")).toEqual([
      "weakened rights by later",
    ]);
    expect(
      findings(
        "practices: [{ id: letters, from: member, data: contact data, form: raw, for: payment, when: always, basis: contract, keep: 30 days, to: public }]",
      ),
    ).toEqual(["contradicted address-private by letters"]);
  });

  it("are compared together with their parent, each side with its own", () => {
    const side = { notice: child("covers: [c.org]"), parent: old, vocabulary: smallVocabulary };
    const parent = {
      ...old,
      notice: read(exampleNotice.replace("keep: 30 days, to: public", "keep: 90 days, to: public")),
    };
    expect(compareNotices(side, { ...side, parent }).verdict).toBe("less protective");
    expect(compareNotices(side, side).verdict).toBe("equivalent");
  });
});
