// The table decides exactly as the language says: random vocabularies with terms below two others, random notices, random requests.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileNotice } from "../compile/compile-notice.ts";
import type { Ban, Form, Keep, Notice, Practice } from "../model/notice.ts";
import type { Request } from "../model/policy.ts";
import type { Term, TermKind, Vocabulary } from "../model/vocabulary.ts";
import { conditions, grounds } from "../model/values.ts";
import { referenceDecide } from "../testing/reference-decide.ts";
import { decide } from "./decide.ts";

const sizes = { data: 7, subject: 4, purpose: 4 } as const;
const key = (kind: TermKind, number: number): string => `${kind} ${number}`;
const vocabularies: fc.Arbitrary<Vocabulary> = fc
  .tuple(
    ...Object.entries(sizes).map(([kind, size]) =>
      fc.array(fc.array(fc.nat({ max: 20 }), { maxLength: 2 }), { minLength: size, maxLength: size }).map((list) =>
        list.map((parents, number): Term => ({
          kind: kind as TermKind,
          key: key(kind as TermKind, number),
          dpv: "",
          means: "",
          // Parents come before: no cycles, and often two of them.
          parents: number === 0 ? [] : [...new Set(parents.map((each) => key(kind as TermKind, each % number)))],
        })),
      ),
    ),
  )
  .map((lists) => ({ terms: lists.flat() }));

const term = (kind: keyof typeof sizes): fc.Arbitrary<string> =>
  fc.nat({ max: sizes[kind] - 1 }).map((number) => key(kind, number));
const termsOf = (kind: keyof typeof sizes, minLength = 1, maxLength = 3): fc.Arbitrary<string[]> =>
  fc.uniqueArray(term(kind), { minLength, maxLength });
const recipientIds = ["alpha", "beta", "gamma"];
const recipient = fc.constantFrom(...recipientIds, "public");
const forms: fc.Arbitrary<Form> = fc.constantFrom<Form>(
  { kind: "raw" },
  { kind: "pseudonymous" },
  { kind: "hashed" },
  { kind: "aggregate", least: 5 },
  { kind: "aggregate", least: 10 },
);
const keeps: fc.Arbitrary<Keep> = fc.oneof(
  fc.constantFrom(0, 5, 30).map((days): Keep => ({ kind: "for", days, after: "collection", text: "" })),
  fc.constantFrom<Keep>({ kind: "never by us", text: "" }, { kind: "without limit", text: "" }),
);
const allData = Array.from({ length: sizes.data }, (_, number) => key("data", number));
const practices: fc.Arbitrary<Practice> = fc.record(
  {
    id: fc.constant("practice"),
    from: termsOf("subject", 1, 2),
    reads: termsOf("data", 0, 2),
    data: fc.oneof(termsOf("data", 1, 5), fc.constant(allData)),
    sends: fc.oneof(termsOf("data", 0, 4), fc.constant(allData)),
    held: fc.constant("their own device" as const),
    sentAs: forms,
    for: termsOf("purpose", 1, 2),
    when: fc.constantFrom(...conditions, ...grounds),
    basis: fc.constant("consent"),
    keep: fc.array(fc.record({ form: forms, keep: keeps }), { minLength: 1, maxLength: 2 }),
    to: fc.uniqueArray(recipient, { maxLength: 2 }),
    needs: fc.constant("feature"),
    assumed: fc.constant([]),
  },
  { requiredKeys: ["id", "from", "reads", "data", "sends", "for", "when", "basis", "keep", "to", "assumed"] },
);
const receivers = fc.record(
  {
    holds: fc.constantFrom("stores" as const, "stores" as const, "transits" as const),
    reached: fc.constantFrom("by us" as const, "directly" as const),
    storesAs: forms,
    keeps: keeps.filter((each) => each.kind !== "never by us"),
  },
  { requiredKeys: ["holds", "reached"] },
);
const bans: fc.Arbitrary<Ban> = fc.record({
  data: termsOf("data", 0, 1),
  from: termsOf("subject", 0, 1),
  for: termsOf("purpose", 0, 1),
  to: fc.uniqueArray(fc.oneof(recipient, fc.constantFrom("us", "their own device")), { maxLength: 1 }),
  together: fc.oneof(fc.constant([]), termsOf("data", 2, 2)),
});
const notices = (id: string): fc.Arbitrary<Notice> =>
  fc
    .record({
      practices: fc.array(practices, { maxLength: 40, size: "max" }),
      bans: fc.array(bans, { maxLength: 1 }),
      recipients: fc.array(receivers, { minLength: 3, maxLength: 3 }),
    })
    .map((made) => ({
      path: "",
      id,
      title: id,
      controller: { name: "A", contact: "a@example.org" },
      covers: [],
      installed: {},
      seeAlso: [],
      terms: [],
      recipients: recipientIds.map((each, number) => ({
        id: each,
        role: "processor",
        name: each,
        does: "works",
        hosts: [],
        holds: "stores",
        reached: "by us",
        ...made.recipients[number],
        through: [],
      })),
      features: [],
      venues: [],
      practices: made.practices.map((each, number) => ({ ...each, id: `${id}-${number}` })),
      promises: made.bans.map((ban, number) => ({ id: `${id}-promise-${number}`, kind: "never", ban, detail: {} })),
      page: [],
      words: {},
      spans: {},
    }));
const requests: fc.Arbitrary<Request> = fc.record(
  {
    act: fc.constantFrom("read", "hold", "send"),
    data: fc.oneof(term("data"), term("data"), termsOf("data", 0, 3), fc.constant("no term")),
    from: fc.oneof({ weight: 20, arbitrary: term("subject") }, { weight: 1, arbitrary: fc.constant("no term") }),
    for: term("purpose"),
    to: fc.oneof(
      { weight: 9, arbitrary: recipient },
      { weight: 2, arbitrary: fc.constant("their own device") },
      { weight: 1, arbitrary: fc.constantFrom("stranger", "us") },
    ),
    form: fc.constantFrom("raw", "pseudonymous", "aggregate of 7", "aggregate of 20", "no form"),
    answer: fc.constantFrom("ask", "yes", "no"),
    signal: fc.boolean(),
    ground: fc.constantFrom(...grounds),
    ageDays: fc.constantFrom(0, 3, 10, 100),
  },
  { requiredKeys: ["data", "from", "for"] },
);

describe("decide", () => {
  it("agrees with the meaning of the language on 60,000 random requests", () => {
    let allowed = 0;
    let forbidden = 0;
    fc.assert(
      fc.property(
        vocabularies,
        notices("child"),
        fc.option(notices("parent"), { nil: undefined }),
        fc.array(requests, { minLength: 100, maxLength: 100 }),
        (vocabulary, notice, above, asked) => {
          const parent = above === undefined ? undefined : compileNotice(above, { vocabulary });
          const policy = compileNotice(notice, { vocabulary, ...(parent === undefined ? {} : { parent }) });
          for (const request of [...asked, ...asked]) {
            const expected = referenceDecide(policy, vocabulary, request);
            const decision = decide(policy, request);
            if (expected === "allowed") allowed += 1;
            if (expected === "forbidden") forbidden += 1;
            expect(decision.allowed, JSON.stringify({ request, decision })).toBe(expected === "allowed");
            expect(decision.reason === "forbidden by promise", JSON.stringify({ request, decision })).toBe(
              expected === "forbidden",
            );
            expect(decision.reason === "allowed").toBe(decision.allowed);
            expect(decision.reason).not.toBe("internal fault");
          }
        },
      ),
      { numRuns: 300 },
    );
    // The mix must ask both ways, or agreement says little.
    expect(allowed).toBeGreaterThan(1_000);
    expect(forbidden).toBeGreaterThan(1_000);
  }, 60_000);

  it("never throws and never allows what is no request", () => {
    const vocabulary = { terms: [] };
    fc.assert(
      fc.property(notices("child"), fc.anything(), (notice, request) => {
        const policy = compileNotice(notice, { vocabulary });
        expect(decide(policy, request as Request).allowed).toBe(false);
        expect(decide(request as never, { data: "a", from: "b", for: "c" }).allowed).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
