// Any text is answered, never thrown at; what is covered is only ever what a URL parser says the host is.
import fc from "fast-check";
import { expect, test } from "vitest";
import { coversHost } from "../covers-host.ts";
import { loadNotice } from "../load-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import type { Coverage } from "./coverage.ts";
import { readWhose } from "./read-whose.ts";
import { whose } from "./whose.ts";

const { policy } = await loadNotice("pypi.yaml", () => exampleNotice, { vocabulary: smallVocabulary });
if (policy === undefined) throw new Error("the example notice is not sound");
const coverage: Coverage = {
  policies: () => [policy],
  covering: (host) => (coversHost(policy, host) ? [policy] : []),
  outside: (host) => `not covered; ask ${host}'s operator`,
  storesNothing: () => false,
};

/** A parser of our own, so that this test needs no platform: scheme, user, host, port. */
function parse(text: string): ReturnType<Parameters<typeof whose>[2]> {
  const match = /^([a-z]+:)\/\/(?:([^@/]*)@)?([^:/@]*)(?::(\d*))?(?:\/|$)/i.exec(text);
  if (match === null) return null;
  const [, protocol = "", username = "", hostname = "", port = ""] = match;
  return { protocol, username, password: "", hostname: hostname.toLowerCase(), port };
}

const parts = fc.constantFrom(
  "pypi.org",
  "evil.example",
  "pip",
  ":",
  "//",
  "@",
  "https",
  "vendor",
  " ",
  "jupyterlab",
  "::",
  "*.",
  ".",
  "/",
  "[",
  "é",
  "\u0000",
);

test("any text has an answer with a sentence, within the limits", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(parts, { maxLength: 12 }).map((each) => each.join("")),
      ),
      (text) => {
        const answer = whose(text, coverage, parse);
        expect(answer.sentence).not.toBe("");
        expect(answer.asked.length).toBeLessThanOrEqual(2000);
        expect(answer.notices.length > 0).toBe(answer.outcome === "covered");
        // An address is covered by its host alone, whatever stands before or after it.
        if (answer.host !== undefined && answer.outcome === "covered")
          expect(coversHost(policy, answer.host)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ["pip:Exam_Lab.x[extra]==1.0", { kind: "method", method: "pip", name: "exam-lab-x" }],
  ["conda:forge::Exam_Lab=1", { kind: "method", method: "conda", name: "exam_lab", channel: "forge" }],
  ["npm:@Scope/Name@^1.2", { kind: "method", method: "npm", name: "@scope/name" }],
  ["npm", { kind: "method", method: "npm" }],
  ["vendor: Example Cloud ", { kind: "vendor", name: "Example Cloud" }],
  ["pypi.org:8443", { kind: "address", host: "pypi.org", port: "8443", traps: [] }],
  ["https://pypi.org@evil.example", { kind: "address", host: "evil.example", traps: ["user name before the host"] }],
  ["xn--ppi-dfd.org", { kind: "address", host: "xn--ppi-dfd.org", traps: ["letters outside ASCII"] }],
])("%s is read", (text, expected) => {
  expect(readWhose(text, parse)).toEqual(expected);
});

test.each(["", "  ", "pip:", "pip:-x", "vendor:", "*.pypi.org", "ftp://pypi.org", "pypi.org\u202e", "x".repeat(2001)])(
  "`%s` is read as nothing or a bare method",
  (text) => {
    const question = readWhose(text, parse);
    expect(question.kind === "unreadable" || (question.kind === "method" && question.name === undefined)).toBe(true);
  },
);
