// PS11, JL6: data already held is used only as the current policy and the one at collection both allow.
import { type Policy, compileNotice, parseNotice, standardVocabulary } from "@avow/policy";
import { expect, test } from "vitest";
import type { Credential } from "./contract.ts";
import { createGate } from "./create-gate.ts";

interface Said {
  readonly data?: string;
  readonly for?: string;
  readonly keep?: string;
  readonly id?: string;
  readonly extra?: string;
}

function policyOf(said: Said = {}, parent?: Policy): Policy {
  const { data = "[page, country]", keep = "{ pseudonymous: until the day closes, aggregate of 10: 25 months }" } =
    said;
  const text = `avow: 1
notice: ${said.id ?? "exam"}
title: Exam
controller: { name: Exam, contact: privacy@exam.example }
covers: [exam.example]
${parent === undefined ? "" : "addendum to: ../parent/notice.yaml\n"}practices:
  - { id: web-traffic, from: visitor, data: ${data}, for: ${said.for ?? "[usage statistics]"}, when: opt-out, basis: legitimate interest, keep: ${keep}, to: nobody }
${said.extra ?? ""}promises: [{ id: changes, changes: never weaker for data already held without consent }]
page: [{ What: [web-traffic, ${said.extra === undefined ? "" : "more, "}changes] }]
`;
  const { notice, diagnostics } = parseNotice(text, "notices/exam/notice.yaml");
  if (notice === undefined) throw new Error(diagnostics.map((each) => each.message).join("\n"));
  return compileNotice(notice, { vocabulary: standardVocabulary, ...(parent === undefined ? {} : { parent }) });
}

const analytics: Credential = { kind: "key", name: "k", purposes: ["usage statistics"] };
const ask = (data: string | readonly string[] = "page") =>
  ({ act: "hold", data, from: "visitor", form: "pseudonymous" }) as const;

function gateOf(current: Policy, archive: readonly Policy[]) {
  const opened: string[] = [];
  const gate = createGate([current], {
    nowMs: () => 1000,
    openVersion: (version) => {
      opened.push(version);
      return archive.find((policy) => policy.version === version);
    },
  });
  return { gate, opened, actor: gate.actor(analytics, current.id) };
}

test("what a newer version adds is denied for what an older one holds, and allowed for its own", () => {
  const [old, next] = [policyOf(), policyOf({ data: "[page, country, city]" })];
  const { actor, gate } = gateOf(next, [old]);
  expect(actor.decideHeld(ask("city"), { version: next.version }).allowed).toBe(true);
  expect(actor.decideHeld(ask("country"), { version: old.version }).allowed).toBe(true);
  const denied = actor.decideHeld(ask("city"), { version: old.version });
  expect(denied).toMatchObject({ allowed: false, reason: "undeclared data", version: old.version });
  expect(gate.drain()).toMatchObject([{ clause: "changes", outcome: "refused", reason: "undeclared data", count: 1 }]);
});

test("what a newer version takes away is denied for what an older one holds", () => {
  const [old, next] = [policyOf(), policyOf({ data: "[page]" })];
  const { actor } = gateOf(next, [old]);
  expect(actor.decideHeld(ask("country"), { version: old.version })).toMatchObject({
    allowed: false,
    version: next.version,
  });
  expect(actor.decideHeld(ask("page"), { version: old.version }).allowed).toBe(true);
});

test("a yes of that person to the newer version puts it in the older one's place; a yes to a third does not", () => {
  const [old, next] = [policyOf(), policyOf({ data: "[page, country, city]" })];
  const third = policyOf({ data: "[page, browser]" });
  const { actor } = gateOf(next, [old, third]);
  const held = { version: old.version, practice: "web-traffic" };
  expect(actor.decideHeld(ask("city"), { ...held, agreed: next.version }).allowed).toBe(true);
  expect(actor.decideHeld(ask("city"), held).allowed).toBe(false);
  expect(actor.decideHeld(ask("city"), { ...held, agreed: third.version }).allowed).toBe(false);
  // A yes to what nobody can open is no yes.
  expect(actor.decideHeld(ask("city"), { ...held, agreed: "f".repeat(64) }).allowed).toBe(false);
  expect(actor.decideHeld(ask("page"), { ...held, agreed: "f".repeat(64) }).allowed).toBe(true);
});

test("an unknown version, an unreadable one, one that is another, and a practice it does not have deny", () => {
  const [old, next] = [policyOf(), policyOf({ data: "[page, country, city]" })];
  const denied = { allowed: false, reason: "held under an unknown version" };
  for (const openVersion of [undefined, () => undefined, () => next]) {
    const gate = createGate([next], { nowMs: () => 1, ...(openVersion === undefined ? {} : { openVersion }) });
    expect(gate.actor(analytics, "exam").decideHeld(ask(), { version: old.version })).toMatchObject(denied);
    expect(gate.actor(analytics, "exam").decideHeld(ask(), { version: next.version }).allowed).toBe(true);
  }
  const { actor } = gateOf(next, [old]);
  expect(actor.decideHeld(ask(), { version: "" })).toMatchObject(denied);
  expect(actor.decideHeld(ask(), { version: old.version, practice: "sign-ups" })).toMatchObject(denied);
  expect(actor.decideHeld(ask(), { version: old.version, practice: "web-traffic" }).allowed).toBe(true);
});

test("an archive that throws denies and nothing is thrown", () => {
  const next = policyOf({ data: "[page]" });
  const gate = createGate([next], {
    nowMs: () => 1,
    openVersion: () => {
      throw new Error("disk");
    },
  });
  const actor = gate.actor(analytics, "exam");
  expect(actor.decideHeld(ask(), { version: "x" })).toMatchObject({ allowed: false, reason: "internal fault" });
  expect(gate.version("x")).toBeUndefined();
  for (const odd of [undefined, null, 7, { version: 7 }]) {
    expect(actor.decideHeld(ask(), odd as never).allowed).toBe(false);
    expect(actor.decideHeld(odd as never, { version: next.version }).allowed).toBe(false);
  }
});

test("a purpose counts only when both versions allow it for the same data, never one of each", () => {
  const old = policyOf({ for: "[usage statistics]" });
  const next = policyOf({ for: "[marketing]" });
  const { gate } = gateOf(next, [old]);
  const both = gate.actor({ ...analytics, purposes: ["usage statistics", "marketing"] }, "exam");
  expect(both.decideHeld(ask(), { version: old.version }).allowed).toBe(false);
  expect(both.decideHeld(ask(), { version: next.version }).allowed).toBe(true);
  expect(both.decideHeld({ ...ask(), for: "security" }, { version: next.version })).toMatchObject({
    allowed: false,
    reason: "purpose not of the credential",
  });
});

/** Days that rows held under the first may be used while the second is in force. */
function days(first: string, second: string): number | undefined {
  const [old, next] = [policyOf({ keep: first, data: "[page]" }), policyOf({ keep: second })];
  return gateOf(next, [old]).actor.decideHeld(ask(), { version: old.version }).mostDays;
}

function pseudonymous(keep: string): string {
  return `{ pseudonymous: ${keep}, aggregate of 10: 25 months }`;
}

test("the days it may be used are those of the stricter version; what only an event ends names none", () => {
  expect(days(pseudonymous("30 days"), pseudonymous("90 days"))).toBe(30);
  expect(days(pseudonymous("90 days"), pseudonymous("12 hours"))).toBe(0.5);
  expect(days(pseudonymous("until the day closes"), pseudonymous("90 days"))).toBe(90);
  expect(days(pseudonymous("until the day closes"), pseudonymous("until the day closes"))).toBeUndefined();
});

test("the same data is asked in each version's own words", () => {
  const [old, next] = [policyOf({ data: "[page, visit duration]" }), policyOf({ data: "[page, time of visit]" })];
  const { actor } = gateOf(next, [old]);
  const now = ask(["page", "time of visit"]);
  expect(actor.decideHeld(now, { version: old.version }).allowed).toBe(false);
  expect(actor.decideHeld(now, { version: old.version, data: ["page", "visit duration"] }).allowed).toBe(true);
});

test("a version is opened once for an ask, whatever is asked again", () => {
  const [old, next] = [policyOf(), policyOf({ data: "[page, country, city]" })];
  const { gate, opened } = gateOf(next, [old]);
  for (let time = 0; time < 100; time += 1) {
    gate.actor(analytics, "exam").decideHeld(ask("city"), { version: old.version });
    gate.actor(analytics, "exam").decideHeld(ask("page"), { version: old.version });
  }
  expect(opened).toHaveLength(2);
});

test("an addendum whose parent was weakened: what is held stays under the parent as it was", () => {
  const strict = policyOf({ id: "parent", data: "[browser]" });
  const weak = policyOf({ id: "parent", data: "[browser, city]" });
  const [old, next] = [policyOf({}, strict), policyOf({}, weak)];
  expect(old.version).not.toBe(next.version);
  const { actor } = gateOf(next, [old]);
  expect(actor.decideHeld(ask("city"), { version: old.version }).allowed).toBe(false);
  expect(actor.decideHeld(ask("browser"), { version: old.version }).allowed).toBe(true);
  expect(actor.decideHeld(ask("city"), { version: next.version }).allowed).toBe(true);
});
