// Decisions by name: every reason, the nearest clause, parents, and what explain says of them.
import { describe, expect, it } from "vitest";
import { compileNotice } from "../compile/compile-notice.ts";
import { open } from "../compile/table.ts";
import type { Policy, Request } from "../model/policy.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { decide } from "./decide.ts";
import { explain } from "./explain.ts";

function compile(text: string, parent?: Policy): Policy {
  const { notice, diagnostics } = parseNotice(text, "notice.yaml");
  if (notice === undefined) throw new Error(JSON.stringify(diagnostics));
  return compileNotice(notice, { vocabulary: smallVocabulary, ...(parent === undefined ? {} : { parent }) });
}

const policy = compile(exampleNotice);
const asked = (request: Request): readonly [boolean, string, string | undefined] => {
  const { allowed, reason, clause } = decide(policy, request);
  return [allowed, reason, clause];
};
const visit = { from: "visitor", for: "statistics" } as const;
const card = { data: "payment card", from: "sponsor", for: "payment" } as const;

describe("decide", () => {
  it.each<[string, Request, boolean, string, string | undefined]>([
    ["a declared form", { ...visit, data: "page", form: "pseudonymous" }, true, "allowed", "web-traffic"],
    [
      "a child of a declared purpose, together",
      { ...visit, data: ["page", "country"], form: "aggregate of 10" },
      true,
      "allowed",
      "web-traffic",
    ],
    ["a rawer form", { ...visit, data: "page" }, false, "less protected form", "web-traffic"],
    [
      "the form of the next stage",
      { ...visit, data: "page", form: "pseudonymous", ageDays: 2 },
      false,
      "less protected form",
      "web-traffic",
    ],
    [
      "a smaller group",
      { ...visit, data: "page", form: "aggregate of 9", ageDays: 2 },
      false,
      "less protected form",
      "web-traffic",
    ],
    ["the last day", { ...visit, data: "page", form: "aggregate of 10", ageDays: 763 }, true, "allowed", "web-traffic"],
    [
      "a day later",
      { ...visit, data: "page", form: "aggregate of 10", ageDays: 764 },
      false,
      "kept too long",
      "web-traffic",
    ],
    [
      "an age that is no number",
      { ...visit, data: "page", form: "aggregate of 10", ageDays: Number.NaN },
      false,
      "kept too long",
      "web-traffic",
    ],
    [
      "a look in memory, raw",
      { ...visit, act: "read", data: ["IP address", "user agent"] },
      true,
      "allowed",
      "web-traffic",
    ],
    [
      "holding what is only looked at",
      { ...visit, act: "hold", data: "IP address" },
      false,
      "undeclared data",
      "web-traffic",
    ],
    [
      "a broader datum than declared",
      { ...visit, data: "usage data", form: "pseudonymous" },
      false,
      "undeclared data",
      "web-traffic",
    ],
    [
      "after a no",
      { ...visit, data: "page", form: "pseudonymous", answer: "no" },
      false,
      "refused by the person",
      "web-traffic",
    ],
    [
      "with a signal",
      { ...visit, data: "page", form: "pseudonymous", signal: true },
      false,
      "refused by a signal",
      "web-traffic",
    ],
    [
      "with a yes and a signal",
      { ...card, to: "stripe", answer: "yes", signal: true },
      false,
      "refused by a signal",
      "payment",
    ],
    ["a feature that is on", { ...card, to: "stripe", answer: "yes" }, true, "allowed", "payment"],
    ["a feature nobody answered", { ...card, to: "stripe" }, false, "not agreed", "payment"],
    ["PS7 keeping what is never kept by us", { ...card, act: "hold", answer: "yes" }, false, "not held", "payment"],
    [
      "PY3 a recipient that has it only in transit, asked to store",
      { act: "hold", data: "page", from: "user", for: "service provision", to: "fastly" },
      false,
      "not held",
      "delivery",
    ],
    [
      "PY3 a recipient that stores",
      { act: "hold", data: "page", from: "user", for: "service provision", to: "stripe" },
      true,
      "allowed",
      "delivery",
    ],
    [
      "PY3 a field the recipient may not have",
      { data: "e-mail address", from: "user", for: "service provision", to: "fastly" },
      false,
      "undeclared data",
      "delivery",
    ],
    [
      "an undeclared recipient",
      { data: "page", from: "user", for: "service provision", to: "sentry" },
      false,
      "undeclared recipient",
      "delivery",
    ],
    [
      "an undeclared purpose",
      { data: "page", from: "visitor", for: "fraud detection" },
      false,
      "undeclared purpose",
      "web-traffic",
    ],
    [
      "a broader subject than declared",
      { data: "payment card", from: "visitor", for: "payment", to: "stripe" },
      false,
      "undeclared subject",
      "payment",
    ],
    [
      "a combination no practice holds",
      { data: ["country", "e-mail address"], from: "user", for: "service provision" },
      false,
      "undeclared data",
      "delivery",
    ],
    [
      "a ground that is not claimed",
      { data: "e-mail address", from: "user", for: "fraud detection", to: "public" },
      false,
      "no ground",
      "abuse",
    ],
    [
      "another ground",
      { data: "e-mail address", from: "user", for: "fraud detection", to: "public", ground: "required by law" },
      false,
      "no ground",
      "abuse",
    ],
    [
      "the ground claimed",
      { data: "e-mail address", from: "user", for: "fraud detection", to: "public", ground: "fraud or misuse" },
      true,
      "allowed",
      "abuse",
    ],
    [
      "PS4 a banned datum",
      { data: "postal address", from: "voting member", for: "payment", to: "public" },
      false,
      "forbidden by promise",
      "address-private",
    ],
    [
      "PS4 its parent",
      { data: "contact data", from: "visitor", for: "payment", to: "public" },
      false,
      "forbidden by promise",
      "address-private",
    ],
    [
      "a joint ban",
      { act: "read", data: ["IP address", "display name"], from: "user", for: "payment" },
      false,
      "forbidden by promise",
      "no-join",
    ],
    [
      "a joint ban by a term above both",
      { data: "personal data", from: "user", for: "payment" },
      false,
      "forbidden by promise",
      "no-join",
    ],
    ["an unknown word", { data: "telepathy", from: "user", for: "payment" }, false, "unknown term", undefined],
    ["no data at all", { data: [], from: "user", for: "payment" }, false, "unknown term", undefined],
    ["an unknown answer", { ...card, to: "stripe", answer: "maybe" as "yes" }, false, "unknown term", undefined],
    ["an unknown act", { ...visit, data: "page", act: "sell" as "send" }, false, "unknown term", undefined],
  ])("%s", (_, request, allowed, reason, clause) => {
    expect(asked(request)).toEqual([allowed, reason, clause]);
    // The second time comes from memory.
    expect(asked(request)).toEqual([allowed, reason, clause]);
  });

  it("names a combination when each part is declared apart", () => {
    const apart = compile(`${head("apart")}
practices:
  - { id: one, from: user, data: page, for: payment, when: always, basis: contract, form: raw, keep: 3 days, to: nobody }
  - { id: two, from: user, data: country, for: payment, when: always, basis: contract, form: raw, keep: 3 days, to: nobody }
page: [{ All: [one, two] }]`);
    const { reason, clause } = decide(apart, { data: ["page", "country"], from: "user", for: "payment" });
    expect([reason, clause]).toEqual(["undeclared combination", "one"]);
  });

  it("PY1 lets an addendum use its parent's practices and holds it to its parent's bans", () => {
    const child = compile(
      `${head("child")}
addendum to: ../pypi/notice.yaml
practices:
  - { id: post, from: user, data: postal address, for: service provision, when: always, basis: contract, form: raw, keep: 3 days, to: public }
page: [{ All: [post] }]`,
      policy,
    );
    const inherited = decide(child, { ...visit, data: "page", form: "pseudonymous" });
    expect(inherited).toMatchObject({ allowed: true, clause: "web-traffic", notice: "pypi", version: policy.version });
    const banned = decide(child, {
      data: "postal address",
      from: "voting member",
      for: "service provision",
      to: "public",
    });
    expect(banned).toMatchObject({ allowed: false, clause: "address-private", notice: "pypi" });
    expect(decide(child, { data: "postal address", from: "user", for: "service provision" })).toMatchObject({
      allowed: true,
      notice: "child",
      version: child.version,
    });
  });

  it("gives the same frozen decision to equal requests", () => {
    const once = decide(policy, { ...card, to: "stripe", answer: "yes" });
    expect(decide(policy, { ...card, to: "stripe", answer: "yes" })).toBe(once);
    expect(Object.isFrozen(once)).toBe(true);
  });

  it.each<[string, Request, Request]>([
    [
      "data",
      { data: "page", from: "user", for: "service provision" },
      { data: "country", from: "user", for: "service provision" },
    ],
    [
      "from",
      { data: "page", from: "user", for: "service provision" },
      { data: "page", from: "visitor", for: "service provision" },
    ],
    [
      "for",
      { data: "page", from: "user", for: "service provision" },
      { data: "page", from: "user", for: "fraud detection" },
    ],
    [
      "to",
      { data: "page", from: "user", for: "service provision", to: "stripe" },
      { data: "page", from: "user", for: "service provision", to: "public" },
    ],
    [
      "act",
      { data: "page", from: "user", for: "service provision", to: "fastly" },
      { act: "hold", data: "page", from: "user", for: "service provision", to: "fastly" },
    ],
    ["answer", { ...card, to: "stripe", answer: "yes" }, { ...card, to: "stripe", answer: "no" }],
    ["signal", { ...card, to: "stripe", answer: "yes" }, { ...card, to: "stripe", answer: "yes", signal: true }],
  ])("remembers no answer for a question with another `%s`", (_, allowed, refused) => {
    const one = compile(exampleNotice);
    const { memo } = open(one);
    // Asked twice, so that both are answered from memory when asked the third time.
    for (let time = 0; time < 2; time += 1) {
      expect(decide(one, allowed).allowed).toBe(true);
      expect(decide(one, refused).allowed).toBe(false);
    }
    const taken = memo.planes.flatMap((places) => [...(places ?? [])]).filter((number) => number !== 0);
    expect(taken).toHaveLength(2);
    expect(new Set(taken).size).toBe(2);
    expect(decide(one, allowed).allowed).toBe(true);
    expect(decide(one, refused).allowed).toBe(false);
  });

  it("denies when anything breaks inside", () => {
    const trap = {
      get data(): string {
        throw new Error("broken");
      },
      from: "user",
      for: "payment",
    };
    expect(decide(policy, trap)).toMatchObject({ allowed: false, reason: "internal fault", notice: "pypi" });
    expect(
      decide({ ...policy, table: undefined as never }, { data: "page", from: "user", for: "payment" }),
    ).toMatchObject({ allowed: false, reason: "internal fault" });
  });
});

describe("explain", () => {
  it("JP11 names whom to ask in every refusal, and the clause by number", () => {
    const request: Request = { data: "page", from: "visitor", for: "fraud detection" };
    expect(explain(policy, request, decide(policy, request))).toBe(
      "Refused: `page` may not be used for `fraud detection`; clause 1.1 (`web-traffic`) of “PyPI Privacy Notice” comes nearest and allows use for `improving the service`. Ask Python Software Foundation, psf@python.org.",
    );
    const banned: Request = { data: "postal address", from: "voting member", for: "payment", to: "public" };
    expect(explain(policy, banned, decide(policy, banned))).toContain("clause 3.1 (`address-private`)");
    expect(explain(policy, banned, decide(policy, banned))).toContain("psf@python.org");
    const allowed: Request = { ...card, to: "stripe", answer: "yes" };
    expect(explain(policy, allowed, decide(policy, allowed))).toBe(
      "Permitted by clause 1.2 (`payment`) of “PyPI Privacy Notice”.",
    );
  });
});

function head(id: string): string {
  return `avow: 1\nnotice: ${id}\ntitle: ${id}\ncontroller: { name: A, contact: a@example.org }`;
}
