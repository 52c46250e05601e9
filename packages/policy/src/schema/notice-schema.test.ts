// The schema editors load is the one on disk, takes every sound notice, and refuses wrong keys, types and words.
import { Ajv } from "ajv";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkNotice } from "../check/check-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { keepOf } from "../syntax/read-keep.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { standardVocabulary } from "../vocabulary/standard-vocabulary.ts";
import { noticeSchema } from "./notice-schema.ts";
import { keepPattern } from "./words.ts";

const files = (import.meta as unknown as { glob: (pattern: string, options: object) => Record<string, string> }).glob(
  "../../../../notices/*/notice.yaml",
  { query: "?raw", import: "default", eager: true },
);
const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
const isNotice = ajv.compile(noticeSchema(standardVocabulary));
const isSmall = ajv.compile(noticeSchema(smallVocabulary));
const faults = (text: string, validate = isSmall): string[] =>
  validate(parse(text)) ? [] : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message ?? ""}`);

const whole = `avow: 1
notice: whole
title: Whole
controller: { name: A, contact: a@example.org }
recipients:
  one: { role: processor, name: One, does: works, holds: stores, stores as: truncated, keeps: 5 days, for: payment, assumed: [keeps], hosts: [], vouched: not yet }
groups: { both: [one] }
practices:
  - { id: kept, from: user, data: contact data, except: [e-mail address], held: their own device, form: raw, for: payment, when: always, basis: contract, keep: 10 days, to: nobody }
  - { id: sent, from: user, data: page, sent as: aggregate of 10, form: raw, when: { necessary: payment, opt-in: [statistics] }, basis: { necessary: contract, opt-in: consent }, keep: 10 days, to: [both] }
promises:
  - { id: not-here, never: { data: payment card, to: [us, their own device, public] } }
  - { id: mail, mail: opt-in, except: [service provision], messages: { renewal: { on: the account closes, for: service provision, text: Today. } } }
page: [{ All: [kept, sent, one, not-here, mail] }]
`;

describe("schema/notice.schema.json", () => {
  it("is what the code says (write it anew with `npm exec -- vitest run --project unit packages/policy/src/schema -u`)", async () => {
    const text = `${JSON.stringify(noticeSchema(standardVocabulary), undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../../../../schema/notice.schema.json");
  });

  it.each(Object.entries(files))("takes %s", (_, text) => {
    expect(faults(text, isNotice)).toEqual([]);
  });

  it("takes whatever the language can say", () => {
    for (const text of [exampleNotice, whole]) {
      expect(parseNotice(text, "n.yaml").diagnostics).toEqual([]);
      expect(faults(text)).toEqual([]);
    }
  });

  it.each<[string, string, string, string]>([
    ["a wrong key", "title: Whole", "titel: Whole", "additional properties"],
    ["a wrong key within", "    when: opt-out", "    whenn: opt-out", "additional properties"],
    ["a wrong type", "title: Whole", "title: 1e3", "/title must be string"],
    ["a list where a text must stand", "title: Whole", "title: [Whole]", "/title must be string"],
    ["an empty list", "data: [page, country]", "data: []", "/practices/0/data"],
    ["a value twice", "data: [page, country]", "data: [page, page]", "/practices/0/data"],
    ["an unknown datum", "data: [page, country]", "data: [page, contry]", "/practices/0/data"],
    ["an unknown purpose", "for: [payment]", "for: [paymemt]", "/practices/1/for"],
    ["an unknown subject", "from: sponsor", "from: sponser", "/practices/1/from"],
    ["an unknown basis", "basis: legitimate interest", "basis: habit", "/practices/0/basis"],
    ["an unknown condition", "    when: opt-out", "    when: opt-ut", "/practices/0/when"],
    ["an unknown role", "role: processor", "role: procesor", "/role must be equal to one of the allowed values"],
    ["a form that is none", "form: raw", "form: anonymous", "/form must match pattern"],
    ["a length that is none", "keep: 30 days", "keep: a while", "/keep"],
    ["a stage that is none", "aggregate of 10: 25", "aggregate of 1: 25", "/keep"],
    ["an id that is none", "id: web-traffic", "id: Web Traffic", "/id must match pattern"],
    [
      "a form twice",
      "    basis: legitimate interest",
      "    basis: legitimate interest\n    form: raw",
      'must match "then" schema',
    ],
    ["two kinds of promise", "within: 30 days", "within: 30 days, mail: opt-in", "must match exactly one schema"],
    ["a key of another kind", "within: 30 days", "within: 30 days, receiver: x", "/promises/2"],
    [
      "a link that is none",
      "privacy: https://stripe.com/privacy",
      'privacy: "javascript:alert(1)"',
      "/privacy must match pattern",
    ],
    ["a host that is none", "hosts: [js.stripe.com]", 'hosts: ["x; script-src *"]', "/hosts"],
    ["a recipient called by a word of the language", "  fastly:\n", "  public:\n", "property name must be valid"],
    ["no contact", ", contact: psf@python.org", "", "/controller must have required property 'contact'"],
    ["purposes twice", "sent as: aggregate of 10", "for: payment", 'must match "then" schema'],
    ["a group of nobody", "groups: { both: [one] }", "groups: { both: [] }", "/groups/both"],
    ["a place that is none", "held: their own device", "held: nowhere", "/held must be equal to constant"],
    ["a message without words", ", text: Today.", "", "must have required property 'text'"],
  ])("refuses %s", (_, from, to, found) => {
    const text = [exampleNotice, whole].find((each) => each.includes(from)) ?? "";
    expect(text).toContain(from);
    expect(faults(text.replace(from, to)).join("\n")).toContain(found);
  });

  it("lets words stand that the notice adds, and no others", () => {
    const added = exampleNotice.replace("data: [page, country]", "data: [page, gate number]");
    expect(faults(added)).not.toEqual([]);
    expect(faults(`${added}terms: { gate number: { kind: data, is: page, means: x } }\n`)).toEqual([]);
    expect(faults(added.replace("title:", "addendum to: ../x.yaml\ntitle:"))).toEqual([]);
  });

  it("takes lengths exactly as the reader does", () => {
    const parts = fc.constantFrom(
      "1",
      "30",
      "0",
      "99999",
      "100000",
      " ",
      "day",
      "days",
      "hour",
      "years",
      "week",
      "until",
      "after",
      "the account closes",
      "never by us",
      "without limit",
      "x",
      "months ",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 6 }), (list) => {
        const text = list.join("");
        expect(new RegExp(keepPattern, "u").test(text), text).toBe(keepOf(text) !== undefined);
      }),
      { numRuns: 3_000 },
    );
  });

  it("refuses no notice that is sound", () => {
    const places = [...exampleNotice.matchAll(/(?<=: |\[|, )[A-Za-z][A-Za-z @.-]*(?=[,\]}\n ])/g)];
    const values = [
      "no",
      "off",
      "1e3",
      "~",
      "true",
      "[]",
      "{}",
      "''",
      "page",
      "user",
      "payment",
      "public",
      "nobody",
      "raw",
      "10 days",
      "opt-in",
      "always",
      "consent",
      "stores",
      "web-traffic",
      "[page]",
      "2027-01-01",
    ];
    let sound = 0;
    for (const [rank, { index, 0: word }] of places.entries()) {
      for (const value of values.filter((_, number) => (number + rank) % 4 === 0)) {
        const text = exampleNotice.slice(0, index) + value + exampleNotice.slice(index + word.length);
        const { notice } = parseNotice(text, "n.yaml");
        if (notice === undefined) continue;
        if (checkNotice(notice, { vocabulary: smallVocabulary }).some((each) => each.severity === "error")) continue;
        sound += 1;
        expect(faults(text), `${word} → ${value}`).toEqual([]);
      }
    }
    expect(sound).toBeGreaterThan(50);
    expect(Object.keys(files)).toHaveLength(7);
  }, 60_000);
});
