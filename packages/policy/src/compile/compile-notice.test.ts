// Versions name what a notice says, not how its file is written; clauses follow the page.
import { describe, expect, it } from "vitest";
import type { Policy } from "../model/policy.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { canonicalJson } from "./canonical-json.ts";
import { compileNotice } from "./compile-notice.ts";
import { sha256Hex } from "./sha256-hex.ts";

function compile(text: string, parent?: Policy, vocabulary = smallVocabulary): Policy {
  const { notice, diagnostics } = parseNotice(text, "notice.yaml");
  if (notice === undefined) throw new Error(JSON.stringify(diagnostics));
  return compileNotice(notice, { vocabulary, ...(parent === undefined ? {} : { parent }) });
}

const { version } = compile(exampleNotice);

describe("compileNotice", () => {
  it("gives one version to one meaning: key order, format, path and remarks make no difference", () => {
    expect(version).toMatch(/^[0-9a-f]{64}$/);
    const reordered = exampleNotice
      .replace(
        "controller: { name: Python Software Foundation, contact: psf@python.org }",
        'controller:\n  contact: "psf@python.org" # whom to ask\n  name: Python Software Foundation',
      )
      .replace(
        "avow: 1\nnotice: pypi\ntitle: PyPI Privacy Notice\n",
        "title: 'PyPI Privacy Notice'\n\navow: 1\nnotice: pypi\n",
      )
      .replace(
        "    when: opt-out\n    basis: legitimate interest\n",
        "    basis: legitimate interest\n    when: opt-out\n",
      )
      .replaceAll("\n", "\r\n");
    expect(reordered).not.toBe(exampleNotice);
    expect(compile(reordered).version).toBe(version);
  });

  it.each([
    ["a number", "30 days }", "31 days }"],
    ["a word of prose", "never visitors", "rarely visitors"],
    ["the order of clauses", "[web-traffic, payment,", "[payment, web-traffic,"],
    ["an assumption", "assumed: [when, basis, keep]", "assumed: [when, basis]"],
  ])("gives another version to another %s", (_, from, to) => {
    expect(exampleNotice).toContain(from);
    expect(compile(exampleNotice.replace(from, to)).version).not.toBe(version);
  });

  it("gives another version under another vocabulary or parent, and not under its order", () => {
    const { terms } = smallVocabulary;
    expect(compile(exampleNotice, undefined, { terms: terms.toReversed() }).version).toBe(version);
    const moved = terms.map((term) => (term.key === "country" ? { ...term, parents: ["device data"] } : term));
    expect(compile(exampleNotice, undefined, { terms: moved }).version).not.toBe(version);
    const child = exampleNotice.replace("title: PyPI", "addendum to: ../x.yaml\ntitle: PyPI");
    const other = compile(exampleNotice.replace("25 months", "26 months"));
    expect(compile(child, compile(exampleNotice)).version).not.toBe(compile(child, other).version);
  });

  it("numbers clauses by section and place, with the author's words beside the sentence", () => {
    const { clauses } = compile(exampleNotice);
    expect(clauses.map(({ number, id, kind }) => `${number} ${id} ${kind}`)).toEqual([
      "1.1 web-traffic practice",
      "1.2 payment practice",
      "1.3 delivery practice",
      "1.4 abuse practice",
      "2.1 fastly recipient",
      "2.2 stripe recipient",
      "2.3 card-form feature",
      "2.4 forum venue",
      "3.1 address-private promise",
      "3.2 no-join promise",
      "3.3 rights promise",
      "3.4 locked-room attestation",
    ]);
    expect(clauses[0]).toMatchObject({
      section: "What we collect",
      words: "We count visits, never visitors.",
      assumed: ["when", "basis", "keep"],
    });
    expect(clauses[1]).not.toHaveProperty("words");
  });
});

describe("canonicalJson", () => {
  it("writes the values of RFC 8785", () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27],
      string: "\u20ac$\u000F\nA'\u0042\u0022\u005c\\\"\u002f",
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });
  it("sorts keys by UTF-16 code units and leaves out what is undefined", () => {
    expect(
      canonicalJson({
        "\u20ac": 1,
        "\r": 2,
        "\ufb33": 3,
        "1": 4,
        "\ud83d\ude00": 5,
        "\u0080": 6,
        "\u00f6": 7,
        gone: undefined,
      }),
    ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });
});

describe("sha256Hex", () => {
  it("hashes UTF-8", () => {
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
