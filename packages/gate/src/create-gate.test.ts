// The gate over compiled notices: purposes, coverage, evidence, faults.
import { type Policy, compileNotice, parseNotice, standardVocabulary } from "@avow/policy";
import { expect, test } from "vitest";
import type { Actor, Credential } from "./contract.ts";
import { createGate } from "./create-gate.ts";
import { refusal } from "./refusal.ts";

function policyOf(lines: string, path = "notices/exam/notice.yaml"): Policy {
  const { notice, diagnostics } = parseNotice(lines, path);
  if (notice === undefined) throw new Error(diagnostics.map((each) => `${each.span.line}: ${each.message}`).join("\n"));
  return compileNotice(notice, { vocabulary: standardVocabulary });
}

const examText = `avow: 1
notice: exam
title: Exam
controller: { name: Exam, contact: privacy@exam.example }
covers: [exam.example]
practices:
  - id: web-traffic
    from: visitor
    reads: [IP address, user agent]
    data: [page, referrer, country, browser]
    for: [improving the service]
    when: opt-out
    basis: legitimate interest
    form: pseudonymous
    keep: 30 days
    to: nobody
  - id: security
    from: visitor
    data: [page, IP address]
    for: [preventing fraud]
    when: always
    basis: legitimate interest
    form: raw
    keep: 7 days
    to: nobody
page: [{ What we collect: [web-traffic, security] }]
`;

const exam = policyOf(examText);
const analytics: Credential = { kind: "key", name: "key-1", purposes: ["improving the service"] };
/** The exam notice under another name, speaking for other hosts. */
const covers = (id: string, hosts: string, extra = "") =>
  policyOf(
    examText.replace("notice: exam", `notice: ${id}`).replace("covers: [exam.example]", `covers: [${hosts}]${extra}`),
    `notices/${id}/notice.yaml`,
  );

const gateOf = (...policies: Policy[]) => createGate(policies, { nowMs: () => 1_000 });
const page = { act: "hold", data: "page", from: "visitor", form: "pseudonymous" } as const;

test("a purpose is the credential's: its own is allowed, claimed or not", () => {
  const actor = gateOf(exam).actor(analytics, "exam");
  for (const ask of [page, { ...page, for: "improving the service" }]) {
    expect(actor.decide(ask)).toMatchObject({
      allowed: true,
      reason: "allowed",
      clause: "web-traffic",
      notice: "exam",
      version: exam.version,
    });
  }
});

test("PY4 a purpose that is not the credential's own is denied with the nearest clause, though the notice declares it", () => {
  const actor = gateOf(exam).actor(analytics, "exam");
  const ask = { ...page, data: "IP address", form: "raw", for: "preventing fraud" };
  expect(
    gateOf(exam)
      .actor({ ...analytics, purposes: ["preventing fraud"] }, "exam")
      .decide(ask).allowed,
  ).toBe(true);
  for (const claim of ["preventing fraud", "marketing", "no such purpose", ""]) {
    expect(actor.decide({ ...page, for: claim })).toMatchObject({
      allowed: false,
      reason: "purpose not of the credential",
      clause: "web-traffic",
    });
  }
  expect(actor.decide(ask)).toMatchObject({ allowed: false, reason: "purpose not of the credential" });
});

test("PY4 no purpose can be gained after the credential was bound", () => {
  const purposes = ["improving the service"];
  const actor = gateOf(exam).actor({ ...analytics, purposes }, "exam");
  purposes.push("preventing fraud");
  expect(actor.decide({ ...page, data: "IP address", form: "raw", for: "preventing fraud" }).allowed).toBe(false);
  expect(actor.decide({ ...page, data: "IP address", form: "raw" }).allowed).toBe(false);
});

test("several purposes: allowed if any is; none: denied", () => {
  const ask = { ...page, data: "IP address", form: "raw" };
  const both = gateOf(exam).actor({ ...analytics, purposes: ["improving the service", "preventing fraud"] }, "exam");
  expect(both.decide(ask)).toMatchObject({ allowed: true, clause: "security" });
  expect(
    gateOf(exam)
      .actor({ ...analytics, purposes: [] }, "exam")
      .decide(page),
  ).toMatchObject({ allowed: false, reason: "purpose not of the credential" });
});

test("a notice the gate does not hold permits nothing", () => {
  const actor = gateOf(exam).actor(analytics, "other");
  expect(actor.decide(page)).toEqual({ allowed: false, reason: "outside the notice", notice: "other", version: "" });
  expect(actor.admit("visitor", ["page"])).toMatchObject({ kept: [], dropped: ["page"], version: "" });
});

test("admit keeps the most that one practice permits, drops and counts the rest", () => {
  const gate = gateOf(exam);
  const actor = gate.actor({ ...analytics, purposes: ["preventing fraud", "improving the service"] }, "exam");
  const admission = actor.admit("visitor", ["page", "IP address", "country", "browser", "city", "e-mail address"], {
    form: "pseudonymous",
  });
  expect(admission).toMatchObject({
    practice: "web-traffic",
    version: exam.version,
    kept: ["page", "country", "browser"],
  });
  expect(admission.dropped).toEqual(["IP address", "city", "e-mail address"]);
  const tallies = gate.drain();
  expect(tallies).toContainEqual({
    notice: "exam",
    clause: "web-traffic",
    outcome: "permitted",
    reason: "allowed",
    count: 1,
    lastAtMs: 1_000,
  });
  expect(tallies.filter((each) => each.outcome === "refused").reduce((sum, each) => sum + each.count, 0)).toBe(3);
});

test("the same question is answered from memory and still counted", () => {
  const gate = gateOf(exam);
  const actor = gate.actor(analytics, "exam");
  const first = actor.admit("visitor", ["page", "city"], { form: "pseudonymous" });
  expect(gate.actor(analytics, "exam").admit("visitor", ["page", "city"], { form: "pseudonymous" })).toBe(first);
  expect(new Map(gate.drain().map(({ outcome, count }) => [outcome, count]))).toEqual(
    new Map([
      ["permitted", 2],
      ["refused", 2],
    ]),
  );
  expect(gate.drain()).toEqual([]);
});

test("what differs in subject, answer, signal, form, purpose or terms is another question", () => {
  const actor = gateOf(exam).actor(analytics, "exam");
  expect(actor.admit("visitor", ["page"], { form: "pseudonymous" }).kept).toEqual(["page"]);
  expect(actor.admit("visitor", ["page"], { form: "pseudonymous", signal: true })).toMatchObject({
    kept: [],
    decision: { reason: "refused by a signal" },
  });
  expect(actor.admit("visitor", ["page"], { form: "pseudonymous", answer: "no" })).toMatchObject({
    kept: [],
    decision: { reason: "refused by the person" },
  });
  expect(actor.admit("visitor", ["page"], { form: "raw" }).kept).toEqual([]);
  expect(actor.admit("no such subject", ["page"], { form: "pseudonymous" }).kept).toEqual([]);
  const fraud = gateOf(exam).actor({ ...analytics, purposes: ["preventing fraud"] }, "exam");
  expect(fraud.admit("visitor", ["page", "country"], { form: "pseudonymous" }).kept).toEqual(["page"]);
});

test("a ban on data together keeps the larger part", () => {
  const banned = policyOf(
    examText.replace(
      "page: [",
      "promises:\n  - { id: no-join, never: { together: [country, browser] } }\npage: [{ Promises: [no-join] }, ",
    ),
  );
  const actor = gateOf(banned).actor(analytics, "exam");
  const admission = actor.admit("visitor", ["page", "country", "browser"], { form: "pseudonymous" });
  expect(admission.kept).toEqual(["page", "country"]);
  expect(admission.dropped).toEqual(["browser"]);
});

/** A policy as it should never be: what the types forbid, memory and bugs may still bring about. */
function damaged(change: object): Policy {
  return Object.defineProperties({ ...exam }, Object.getOwnPropertyDescriptors(change));
}

const torn = {
  get table(): never {
    throw new Error("torn");
  },
};
const broken: readonly [string, Policy][] = [
  ["no table", damaged({ table: undefined })],
  ["a table of nonsense", damaged({ table: { practices: 7 } })],
  ["a table that throws", damaged(torn)],
  ["no notice", damaged({ notice: undefined, table: null })],
];

test.each(broken)("an internal fault denies and never throws: %s", (_, policy) => {
  const gate = gateOf(policy);
  const actor = gate.actor(analytics, "exam");
  expect(actor.decide(page)).toMatchObject({ allowed: false, reason: "internal fault" });
  expect(actor.admit("visitor", ["page"], { form: "pseudonymous" })).toMatchObject({
    kept: [],
    dropped: ["page"],
    decision: { allowed: false, reason: "internal fault" },
  });
  expect(gate.drain().every((each) => each.outcome === "refused" && each.reason === "internal fault")).toBe(true);
});

test("asks of the wrong shape, and a clock that throws, deny or answer but never throw", () => {
  const gate = createGate([exam], {
    nowMs: () => {
      throw new Error("no clock");
    },
  });
  const actor: Actor = gate.actor(analytics, "exam");
  expect(actor.decide(page).allowed).toBe(true);
  for (const ask of [undefined, null, 7, {}, { data: Symbol("x") }, { data: [null], from: {} }]) {
    // @ts-expect-error -- what untyped callers may send
    expect(actor.decide(ask).allowed).toBe(false);
  }
  for (const terms of [undefined, null, [undefined], "page", [Symbol("x")]]) {
    // @ts-expect-error -- what untyped callers may send
    expect(actor.admit("visitor", terms).decision.allowed).toBe(false);
  }
});

test("JP5 a notice of its own answers before the one that names it or stands above it; the longest host match first", () => {
  const general = covers("jupyter", "jupyter.example, lab.jupyter.example", "\nsee also: [../jupyterlab/notice.yaml]");
  const own = covers("jupyterlab", "lab.jupyter.example");
  for (const gate of [gateOf(general, own), gateOf(own, general)]) {
    expect(gate.covering("lab.jupyter.example").map(({ id }) => id)).toEqual(["jupyterlab", "jupyter"]);
    expect(gate.covering("jupyter.example").map(({ id }) => id)).toEqual(["jupyter"]);
    expect(gate.covering("notjupyter.example")).toEqual([]);
    expect(gate.covering("jupyter.example.evil.example")).toEqual([]);
  }
  const child = { ...covers("child", "exam.example"), parent: exam };
  expect(
    gateOf(exam, child)
      .covering("exam.example")
      .map(({ id }) => id),
  ).toEqual(["child", "exam"]);
});

test("JP6 a host declared `stores: nothing` is known; its neighbour is not", () => {
  const policy = policyOf(
    examText.replace(
      "covers: [exam.example]",
      'covers: [exam.example, { host: viewer.exam.example, stores: nothing, caution: "Not for sensitive documents." }]',
    ),
  );
  const gate = gateOf(policy);
  expect(gate.storesNothing("viewer.exam.example")).toBe(true);
  expect(gate.storesNothing("exam.example")).toBe(false);
  expect(gate.storesNothing("other.example")).toBe(false);
});

test("refusals decided elsewhere are counted with the rest", () => {
  const gate = gateOf(exam);
  gate.refused("exam", "web-traffic", "undeclared data", 3);
  gate.refused("exam", "web-traffic", "undeclared data");
  expect(gate.drain()).toEqual([
    { notice: "exam", clause: "web-traffic", outcome: "refused", reason: "undeclared data", count: 4, lastAtMs: 1_000 },
  ]);
});

test("JP11 every refusal carries the contact, says why and repeats nothing but terms", () => {
  const actor = gateOf(exam).actor(analytics, "exam");
  const ask = { ...page, for: "marketing" };
  const told = refusal(exam, ask, actor.decide(ask));
  expect(told).toMatchObject({ clause: "web-traffic", contact: "privacy@exam.example" });
  expect(told.error).toContain("purpose");
  expect(told.error).toContain("`marketing`");
  const hostile = refusal(
    exam,
    { data: Array.from({ length: 50 }, () => `\`${"x".repeat(5_000)}\n`), from: "visitor" },
    actor.decide({ data: "x", from: "visitor" }),
  );
  expect(hostile.error.length).toBeLessThan(500);
  expect(hostile.error).not.toContain("\n");
});
