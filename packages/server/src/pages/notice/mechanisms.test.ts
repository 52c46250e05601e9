// A mechanism is claimed only where this installation really has it; a ban that lets something through is broken.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createGate } from "@avow/gate/server";
import { type Policy, loadNotice, standardVocabulary } from "@avow/policy";
import { beforeAll, expect, test } from "vitest";
import { noticeText } from "../../test-server.ts";
import { type Mechanism, mechanismOf } from "./mechanisms.ts";

async function policyOf(text: string): Promise<Policy> {
  const { policy, diagnostics } = await loadNotice("notice.yaml", () => Promise.resolve(text), {
    vocabulary: standardVocabulary,
  });
  if (policy === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return policy;
}

const promised = (promises: string): string =>
  noticeText("exam", "[exam.example]").replace(
    /page: \[\{ What.*\n/,
    `${promises}page: [{ All: [web-traffic, no-public, word] }]\n`,
  );
const withBan = promised(`promises:
  - { id: no-public, never: { data: [IP address], to: public } }
  - { id: word, says: "We are kind." }
`);

let policy: Policy;
beforeAll(async () => {
  policy = await policyOf(withBan);
});

function found(id: string, served: Policy): Mechanism | undefined {
  const gate = createGate([served], { nowMs: () => 0 });
  const clause = policy.clauses.find((each) => each.id === id);
  return clause === undefined ? undefined : mechanismOf(clause, policy, { gate, publicUrl: "http://localhost" });
}

test("page views and a ban have one; a word that is only said has none", () => {
  expect(found("web-traffic", policy)).toMatchObject({ evidence: "counted" });
  expect(found("no-public", policy)).toMatchObject({ evidence: "tried", holds: true });
  expect(found("word", policy)).toBeUndefined();
});

test("a gate that serves a table without the ban is found out by the trial", async () => {
  const leaky = await policyOf(
    noticeText("exam", "[exam.example]", "[page, IP address]").replace("to: nobody", "to: public"),
  );
  expect(found("no-public", leaky)).toMatchObject({ holds: false });
});

test("PS14 a practice of Avow's own records is kept by the comparison of columns, and broken when one names no practice", async () => {
  const own = await policyOf(
    readFileSync(join(import.meta.dirname, "../../../../../notices/avow/notice.yaml"), "utf8"),
  );
  const gate = createGate([own], { nowMs: () => 0 });
  const clause = own.clauses.find(({ id }) => id === "owner-account");
  if (clause === undefined) throw new Error("Avow's own notice has no clause `owner-account`");
  const at = { gate, publicUrl: "http://localhost" };
  expect(mechanismOf(clause, own, { ...at, columnsHold: true })).toMatchObject({ evidence: "tried", holds: true });
  expect(mechanismOf(clause, own, { ...at, columnsHold: false })).toMatchObject({ holds: false });
  expect(mechanismOf(clause, own, at)).toBeUndefined();
});

test("what nothing ends is said beside the columns: keeping is part of the clause", async () => {
  const own = await policyOf(
    readFileSync(join(import.meta.dirname, "../../../../../notices/avow/notice.yaml"), "utf8"),
  );
  const gate = createGate([own], { nowMs: () => 0 });
  const lacking = own.clauses.flatMap((clause) => {
    const mechanism = mechanismOf(clause, own, { gate, publicUrl: "http://localhost", columnsHold: true });
    return mechanism === undefined || clause.kind !== "practice" ? [] : [[clause.id, mechanism.lacks]];
  });
  expect(lacking).toEqual([
    ["owner-account", "the end of keeping (until the account closes)"],
    ["owner-sessions", "removing it after 14 days without a restart"],
    ["one-time-links", "removing it after 1 day without a restart"],
    ["api-keys", undefined],
    ["sites", "the end of keeping (until the site is removed)"],
    ["settings", "the end of keeping (until the account closes)"],
    ["versions", undefined],
    ["evidence", undefined],
  ]);
});

test("page views that are also handed on are kept in part: nothing decides yet what recipients get", async () => {
  const handed = await policyOf(
    noticeText("exam", "[exam.example]")
      .replace("to: nobody", "to: helper")
      .replace(
        /page: \[\{ What.*\n/,
        `recipients: { helper: { role: processor, name: Helper, does: counts, holds: stores, sees: [page], agreement: "https://exam.example/a", privacy: "https://exam.example/p", vouched: not yet } }\npage: [{ All: [web-traffic, helper] }]\n`,
      ),
  );
  const gate = createGate([handed], { nowMs: () => 0 });
  const clause = handed.clauses.find(({ id }) => id === "web-traffic");
  if (clause === undefined) throw new Error("the test's notice has no clause `web-traffic`");
  const at = { gate, publicUrl: "http://localhost" };
  expect(mechanismOf(clause, handed, at)?.lacks).toBe("deciding at each handing on what its recipients get");
  expect(found("web-traffic", policy)?.lacks).toBeUndefined();
});

test("PS11 the ratchet is tried with a version nobody knows; a gate that knows every version is found out", async () => {
  const changing = await policyOf(
    noticeText("exam", "[exam.example]").replace(
      /page: \[\{ What.*\n/,
      "promises: [{ id: changes, changes: never weaker for data already held without consent }]\npage: [{ All: [web-traffic, changes] }]\n",
    ),
  );
  const clause = changing.clauses.find(({ id }) => id === "changes");
  if (clause === undefined) throw new Error("the test's notice has no clause `changes`");
  const tried = (openVersion?: (version: string) => Policy): Mechanism | undefined => {
    const gate = createGate([changing], { nowMs: () => 0, ...(openVersion === undefined ? {} : { openVersion }) });
    return mechanismOf(clause, changing, { gate, publicUrl: "http://localhost" });
  };
  expect(tried()).toMatchObject({ evidence: "tried", holds: true });
  expect(tried((version) => ({ ...changing, version }))).toMatchObject({ holds: false });
});

test("looking leaves no evidence of things that did not happen", () => {
  const gate = createGate([policy], { nowMs: () => 0 });
  for (const clause of policy.clauses) mechanismOf(clause, policy, { gate, publicUrl: "http://localhost" });
  expect(gate.drain()).toEqual([]);
});
