// What a well-formed notice can still get wrong, one change of the example at a time.
import { describe, expect, it } from "vitest";
import { compileNotice } from "../compile/compile-notice.ts";
import { formatDiagnostic } from "../format-diagnostic.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Policy } from "../model/policy.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { checkNotice } from "./check-notice.ts";

const vocabulary = smallVocabulary;

function check(text: string, today?: string, parent?: Policy): readonly Diagnostic[] {
  const { notice, diagnostics } = parseNotice(text, "n.yaml");
  if (notice === undefined) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  return checkNotice(notice, {
    vocabulary,
    ...(today === undefined ? {} : { today }),
    ...(parent === undefined ? {} : { parent }),
  });
}

const found = (from: string, to: string, today?: string): string[] => {
  expect(exampleNotice).toContain(from);
  return check(exampleNotice.replace(from, to), today).map((each) => `${each.severity} ${each.code}`);
};

function lines(to: string): string[] {
  return check(exampleNotice.replace("data: [page, country]", `data: [page, ${to}]`)).map(formatDiagnostic);
}

function withTerms(terms: string): string[] {
  return check(`${exampleNotice}terms:\n${terms}`).map((each) => `${each.code}: ${each.message}`);
}

describe("checkNotice", () => {
  it("finds nothing in the example", () => {
    expect(check(exampleNotice, "2026-11-20")).toEqual([]);
  });

  it("names the nearest known word, by its own name or another", () => {
    expect(lines("contry")).toEqual([
      "n.yaml:37:18: unknown-term: unknown kind of data `contry`\n  help: did you mean `country`?",
    ]);
    expect(lines("mail")[0]).toContain("did you mean `e-mail address`?");
    expect(lines("zzzzzzzzzzz")[0]).toContain("known are e.g.");
  });

  it.each<[string, string, string, string[]]>([
    ["an unknown purpose", "for: [payment]", "for: [paymemt]", ["error unknown-term"]],
    ["an unknown subject", "from: sponsor", "from: sponser", ["error unknown-term"]],
    ["an unknown basis", "basis: contract, keep: never", "basis: habit, keep: never", ["error unknown-term"]],
    ["an unknown event", "after the account closes", "after the moon rises", ["error unknown-term"]],
    ["an unknown right", "rights: [correct,", "rights: [forget,", ["error unknown-term"]],
    [
      "an unknown word in a ban",
      "never: { data: postal address",
      "never: { data: postal adress",
      ["error unknown-term"],
    ],
    ["an unknown recipient", "to: [fastly, stripe]", "to: [fastly, strip]", ["error unknown-recipient"]],
    ["a feature that needs nobody known", "needs: stripe", "needs: paypal", ["error unknown-recipient"]],
    ["a recipient behind itself", "through: fastly", "through: stripe", ["error unknown-recipient"]],
    ["an unknown feature", "needs: card-form", "needs: card-frm", ["error unknown-feature"]],
    ["a feature within itself", "when: opt-in }", "when: opt-in, within: card-form }", ["error feature-cycle"]],
    ["a clause off the page", "payment, delivery, abuse]", "payment, abuse]", ["error not-on-page"]],
    ["a clause twice on the page", "[fastly, stripe,", "[fastly, fastly, stripe,", []],
    ["a clause under two headings", "[address-private,", "[fastly, address-private,", ["error twice-on-page"]],
    ["a stranger on the page", "[address-private,", "[adress-privat, address-private,", ["error unknown-id"]],
    ["words for no clause", "  web-traffic: We count", "  web-trafic: We count", ["error unknown-id"]],
    ["one id for two clauses", "id: rights,", "id: payment,", ["error duplicate-id", "error unknown-id"]],
    [
      "JP6 a host that stores nothing and cautions nobody",
      ", caution: Do not open sensitive notebooks here.",
      "",
      ["error missing-caution"],
    ],
    [
      "a link that runs a script",
      "privacy: https://www.fastly.com/privacy/",
      'privacy: "javascript:alert(1)"',
      ["error bad-link"],
    ],
    ["a link in the clear", 'url: "https://discuss', 'url: "http://discuss', ["error bad-link"]],
    [
      "a stage that protects less",
      "pseudonymous: until the day closes, aggregate of 10: 25 months",
      "aggregate of 10: 1 month, raw: 25 months",
      ["error stage-order"],
    ],
    [
      "a stage after one without end",
      "pseudonymous: until the day closes,",
      "pseudonymous: without limit,",
      ["error stage-order"],
    ],
    [
      "a stage that ends before the one before",
      "pseudonymous: until the day closes,",
      "pseudonymous: 3 years,",
      ["error stage-order"],
    ],
    ["sending what is not held", "sends: [page]", "sends: [country]", ["error practice-incomplete"]],
    [
      "PS7 a processor without an agreement",
      "    agreement: https://stripe.com/legal/dpa\n",
      "",
      ["warning no-agreement"],
    ],
    ["a recipient without a policy", "    privacy: https://stripe.com/privacy\n", "", ["warning no-privacy-link"]],
    [
      "a recipient nobody vouches for",
      "vouched: { says: same protection, by: treasurer, on: 2024-10-04, until: 2027-10-04 }",
      "vouched: not yet",
      ["warning not-vouched"],
    ],
    [
      "an addendum without its parent",
      "title: PyPI",
      "addendum to: ../psf/notice.yaml\ntitle: PyPI",
      ["error parent-missing"],
    ],
  ])("finds %s", (_, from, to, codes) => {
    if (codes.length === 0)
      expect(parseNotice(exampleNotice.replace(from, to), "").diagnostics.map((each) => each.code)).toEqual([
        "repeated-value",
      ]);
    else expect(found(from, to)).toEqual(codes);
  });

  it("finds words that have run out on the day after their last", () => {
    expect(check(exampleNotice, "2027-01-01")).toEqual([]);
    expect(check(exampleNotice, "2027-01-02").map((each) => each.code)).toEqual(["attestation-expired"]);
    expect(check(exampleNotice, "2028-01-01").map((each) => each.code)).toEqual([
      "attestation-expired",
      "attestation-expired",
      "attestation-expired",
    ]);
    expect(check(exampleNotice)).toEqual([]);
  });
});

describe("checkNotice on promises", () => {
  const ban = "never: { data: postal address, from: voting member, to: public }";
  it.each<[string, string, boolean]>([
    ["the very datum", "never: { data: e-mail address, to: public }", true],
    ["a datum above the declared", "never: { data: contact data, to: public }", true],
    ["a subject below the declared", "never: { data: e-mail address, from: voting member, to: public }", true],
    ["a subject above the declared", "never: { data: e-mail address, from: visitor, to: public }", true],
    ["a subject apart", "never: { data: e-mail address, from: sponsor, to: public }", false],
    ["a purpose apart", "never: { data: e-mail address, for: payment, to: public }", false],
    ["what is held but not sent", "never: { data: country, to: fastly }", false],
    ["what is sent", "never: { data: page, to: fastly }", true],
    ["a recipient, when it is published", "never: { data: e-mail address, for: fraud detection, to: stripe }", true],
    ["two data apart on two practices", "never: { together: [payment card, country] }", false],
    ["two data of one practice", "never: { together: [page, IP address] }", true],
    ["a parent and a datum of one practice", "never: { together: [device data, country] }", true],
    ["what is only read", "never: { data: IP address }", true],
  ])("compares by overlap: %s", (_, other, isBroken) => {
    const codes = found(ban, other);
    expect(codes.includes("error promise-broken")).toBe(isBroken);
    expect(codes.every((each) => each === "error promise-broken")).toBe(true);
  });

  it("fires on a practice that declares the parent of what is banned (a ban on e-mail, a practice on contact data)", () => {
    const text = exampleNotice.replace(
      "data: [e-mail address], form: raw, for: [fraud",
      "data: [contact data], form: raw, for: [fraud",
    );
    expect(check(text).map((each) => each.code)).toEqual(["promise-broken"]);
  });

  it("PY1 holds an addendum to its parent's promises, and its parent to its own", () => {
    const { notice } = parseNotice(exampleNotice, "n.yaml");
    const parent = compileNotice(notice!, { vocabulary });
    const head = "avow: 1\nnotice: child\ntitle: C\ncontroller: { name: A, contact: a@b.c }\naddendum to: ../n.yaml\n";
    const practice =
      "practices: [{ id: list, from: member, data: postal address, form: raw, for: payment, when: always, basis: contract, keep: 1 day, to: public }]\npage: [{ All: [list] }]";
    const [broken, ...rest] = check(head + practice, undefined, parent);
    expect(rest).toEqual([]);
    expect(broken?.message).toBe("practice `list` breaks promise `address-private` of `pypi`: `postal address`");
    const promise = "promises: [{ id: no-page, never: { data: page } }]\npage: [{ All: [no-page] }]";
    expect(check(head + promise, undefined, parent).map((each) => each.code)).toEqual([
      "promise-broken",
      "promise-broken",
    ]);
    expect(check(head + practice.replace("to: public", "to: stripe"), undefined, parent)).toEqual([]);
  });
});

describe("checkNotice on added words", () => {
  it("accepts a word below a known one, and one below that", () => {
    expect(
      withTerms(
        "  download record: { kind: data, is: usage data, means: One line. }\n  mirror line: { kind: data, is: download record, means: One line. }",
      ),
    ).toEqual(["vacuous: the added word `mirror line` is used nowhere in this notice"]);
  });
  it("refuses a known word, a stranger above, and a circle", () => {
    expect(withTerms("  page: { kind: data, is: usage data, means: x }")).toEqual([
      "term-exists: `page` is a known word already",
    ]);
    expect(withTerms("  log: { kind: data, is: usage dta, means: x }")).toEqual([
      "unknown-term: `log` stands below `usage dta`, which is not known",
    ]);
    expect(withTerms("  a: { kind: data, is: b, means: x }\n  b: { kind: data, is: a, means: x }")).toEqual([
      "term-cycle: `a` stands below no known word",
      "term-cycle: `b` stands below no known word",
    ]);
  });
});
