// Whatever is sent, a row never holds the address, the raw user agent, an e-mail address or an undeclared column (clauses.md PI3, PY2).
import { createGate } from "@avow/gate/server";
import { compileNotice, parseNotice, standardVocabulary } from "@avow/policy";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { columnTerms, columns } from "./columns.ts";
import { createPageViews } from "./create-page-views.ts";

const terms = [...new Set([...Object.values(columnTerms).flat(), "custom event", "visit duration"])];

function collectorFor(declared: readonly string[]) {
  const text = `avow: 1
notice: exam
title: Exam
controller: { name: Exam, contact: privacy@exam.example }
covers: [exam.example]
practices:
  - { id: traffic, from: visitor, reads: [IP address, user agent], data: [${declared.join(", ")}], for: [improving the service], when: always, basis: legitimate interest, form: pseudonymous, keep: 30 days, to: nobody }
page: [{ All: [traffic] }]
`;
  const { notice, diagnostics } = parseNotice(text, "exam.yaml");
  if (notice === undefined) throw new Error(diagnostics.map((each) => each.message).join("\n"));
  const policy = compileNotice(notice, { vocabulary: standardVocabulary });
  return createPageViews({
    siteOf: (domain) => ({ domain, notice: "exam", timeZone: "UTC" }),
    gate: createGate([policy], { nowMs: () => 0 }),
    credential: { kind: "job", name: "page views", purposes: ["improving the service"] },
    visitors: { see: () => ({ visitor: 1, visit: 2, isNewVisit: false }) },
    countryOf: () => "NL",
    localDay: () => "2026-11-20",
  });
}

const collectors = new Map(
  [terms, ["page"], ["page", "source", "browser"], ["country", "campaign"], ["custom event", "referrer"]].map(
    (declared) => [declared, collectorFor(declared)],
  ),
);

const address = fc.oneof(fc.ipV4(), fc.ipV6());
const email = fc.emailAddress().filter((each) => !each.includes("/"));
const agent = fc
  .integer({ min: 1, max: 999 })
  .map(
    (n) =>
      `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.${n}.0 Safari/537.36 Own/${n}`,
  );
const pathOf = (secret: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom("/", "/a/", "/b-"), secret, fc.constantFrom("", "/c", "?x=1"));

test("no address, user agent or e-mail address wherever the sender puts them; no undeclared column; never a throw", () => {
  const request = fc.record({
    address,
    email,
    agent,
    where: fc.subarray(["path", "fragment", "tag", "referrer", "name", "host"]),
    tail: pathOf(fc.constantFrom("x", "é", "%")),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...collectors.keys()),
      request,
      (declared, { address: from, email: mail, agent: userAgent, where, tail }) => {
        const secrets = encodeURIComponent(`${mail} ${from} ${userAgent}`);
        const put = (place: string): string => (where.includes(place) ? secrets : "x");
        const body = JSON.stringify({
          n: where.includes("name") ? `${mail} ${from}`.slice(0, 120) : "pageview",
          u: `https://exam.example/${put("path")}${tail.join("")}&utm_source=${put("tag")}&utm_term=${put("tag")}#${put("fragment")}`.slice(
            0,
            2000,
          ),
          d: "exam.example",
          r: where.includes("host") ? `https://${mail}/` : `https://x.example/${put("referrer")}`,
          h: 1,
          p: { mail },
          mail,
        });
        const result = collectors
          .get(declared)
          ?.collect({ body, client: { address: from, userAgent, signal: false }, atMs: 0 });
        if (result === undefined || "invalid" in result) return;
        for (const row of result.rows) {
          const text = JSON.stringify(row);
          for (const secret of [userAgent, "AppleWebKit", mail]) expect(text).not.toContain(secret);
          if (from.length >= 7) expect(text).not.toContain(from);
          expect(columns).toEqual(expect.arrayContaining(Object.keys(row.dimensions)));
          for (const column of columns.filter((each) => row.dimensions[each] !== undefined)) {
            expect(
              columnTerms[column].some((term) => declared.includes(term)),
              column,
            ).toBe(true);
          }
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

test("any JSON in any field ends in rows or errors", () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ unit: "binary" }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
  );
  const fields = fc.dictionary(fc.constantFrom("n", "u", "d", "r", "p", "h", "i", "sd", "e", "zz"), value);
  const collector = [...collectors.values()][0];
  fc.assert(
    fc.property(fields, fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (given, from, userAgent) => {
      const body = JSON.stringify({ n: "pageview", u: "https://exam.example/", d: "exam.example", ...given });
      const result = collector?.collect({ body, client: { address: from, userAgent, signal: false }, atMs: 0 });
      expect(result).toBeDefined();
    }),
    { numRuns: 2_000 },
  );
});
