// An installation's own words: below known ones, in the version, with every mistake in its place.
import { describe, expect, it } from "vitest";
import { checkNotice } from "../check/check-notice.ts";
import { compileNotice } from "../compile/compile-notice.ts";
import { decide } from "../decide/decide.ts";
import { formatDiagnostic } from "../format-diagnostic.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { standardVocabulary } from "../vocabulary/standard-vocabulary.ts";
import { parseTerms } from "./parse-terms.ts";

const terms = `avow terms: 1
terms:
  gate number: { kind: data, is: badge number, means: Number of the gate a badge opened. }
  badge number: { kind: data, is: identity data, means: Number on a badge. }
`;
const notice = parseNotice(
  `avow: 1
notice: doors
title: Doors
controller: { name: A, contact: a@example.org }
practices: [{ id: doors, from: visitor, data: [badge number], form: raw, for: opening secure areas, when: necessary, basis: contract, keep: 1 day, to: nobody }]
page: [{ All: [doors] }]
`,
  "n.yaml",
).notice!;
const read = (text: string) => parseTerms(text, "t.yaml", standardVocabulary);
const linesOf = (text: string) => read(text).diagnostics.map(formatDiagnostic);

const versionOf = (text: string) => compileNotice(notice, { vocabulary: read(text).vocabulary! }).version;

describe("parseTerms", () => {
  it("adds words that notices may use, each with the identifier of what it stands below", () => {
    const { vocabulary, diagnostics } = read(terms);
    expect(diagnostics).toEqual([]);
    const added = vocabulary!.terms.slice(standardVocabulary.terms.length);
    expect(added.map(({ key, dpv }) => [key, dpv])).toEqual([
      ["gate number", "https://w3id.org/dpv/pd#Identifying"],
      ["badge number", "https://w3id.org/dpv/pd#Identifying"],
    ]);
    expect(checkNotice(notice, { vocabulary: standardVocabulary }).map(({ code }) => code)).toEqual(["unknown-term"]);
    expect(checkNotice(notice, { vocabulary: vocabulary! })).toEqual([]);
    const policy = compileNotice(notice, { vocabulary: vocabulary! });
    const asked = { from: "visitor", for: "opening secure areas" };
    expect(decide(policy, { ...asked, data: "gate number" }).allowed).toBe(true);
    expect(decide(policy, { ...asked, data: "identity data" }).allowed).toBe(false);
  });

  it("is part of the version: another meaning, another version", () => {
    expect(versionOf(terms)).not.toBe(versionOf(terms.replace("Number on a badge", "What a badge says")));
    expect(versionOf(terms)).toBe(versionOf(`# remark\r\n${terms.replaceAll("\n", "\r\n")}`));
  });

  it.each([
    [
      "is: identity data",
      "is: identity dta",
      "t.yaml:4:31: unknown-term: `badge number` stands below `identity dta`, which is not known\n  help: did you mean `identity data`?",
    ],
    [
      "is: identity data",
      "is: gate number",
      "t.yaml:3:30: term-cycle: `gate number` stands below no known word\n  help: follow its `is` upwards: it must end at a word of the vocabulary",
    ],
    [
      "badge number: { kind",
      "page: { kind",
      "t.yaml:4:3: term-exists: `page` is a known word already\n  help: use it as it is, or choose another word",
    ],
    [
      "kind: data, is: id",
      "kind: dota, is: id",
      "t.yaml:4:25: bad-value: `dota` is no value of `kind`\n  help: did you mean `data`?",
    ],
    [
      "avow terms: 1\n",
      "",
      "t.yaml:1:1: wrong-version: the file does not say which language it is in\n  help: begin it with `avow terms: 1`",
    ],
    [
      "avow terms: 1\n",
      "avow terms: 2\n",
      "t.yaml:1:13: wrong-version: unknown language version `2`\n  help: this reads `avow terms: 1`",
    ],
    [
      "terms:\n",
      "practices:\n",
      "t.yaml:2:1: unknown-key: unknown key `practices` in a file of terms\n  help: known keys: avow terms, terms",
    ],
    ["means: Number on a badge. ", "", "t.yaml:4:3: missing-key"],
    ["terms: 1", "terms: &a 1", "anchor"],
  ])("says where a file is wrong: %s → %s", (from, to, line) => {
    expect(terms).toContain(from);
    expect(linesOf(terms.replace(from, to)).join("\n")).toContain(line);
    expect(read(terms.replace(from, to)).vocabulary).toBeUndefined();
  });

  it("ends on what is no file of terms", () => {
    expect(linesOf("")).toEqual([expect.stringContaining("empty-file")]);
    expect(linesOf("- a")).toEqual([expect.stringContaining("wrong-shape")]);
    expect(linesOf("x".repeat(1_000_001))).toEqual([expect.stringContaining("too-large")]);
    expect(linesOf("avow terms: 1\nterms: []")).toEqual([expect.stringContaining("wrong-shape")]);
  });
});
