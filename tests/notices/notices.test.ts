// Every shipped notice is sound, says every clause in a sentence, and decides as its requests.yaml states.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Policy, type Request, decide, explain, formatDiagnostic, loadNotice } from "@avow/policy";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const folder = join(import.meta.dirname, "../../notices");
const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);

/** Whose rows of the clause table a notice states. */
const sourceOf: Readonly<Record<string, string>> = {
  jupyter: "JP",
  jupyterlab: "JL",
  "python-org": "PY",
  pypi: "PI",
  psf: "PS",
};
const rows = parse(
  readFileSync(join(import.meta.dirname, "../../docs/reference/clause-rows.yaml"), "utf8"),
) as readonly { readonly id: string }[];

interface Expected {
  readonly ask: Request;
  readonly allowed: boolean;
  readonly reason?: string;
  readonly clause?: string;
}

const notices = await Promise.all(
  readdirSync(folder).map(async (id) => {
    const path = join(folder, id, "notice.yaml");
    const loaded = await loadNotice(path, read, { today: "2026-11-20" });
    return { id, ...loaded, requests: parse(read(join(folder, id, "requests.yaml")) ?? "[]") as Expected[] };
  }),
);

const sound = (policy: Policy | undefined): Policy => {
  if (policy === undefined) throw new Error("the notice does not compile");
  return policy;
};

describe.each(notices)("notices/$id", ({ id, policy, diagnostics, requests }) => {
  test("compiles without an error", () => {
    expect(diagnostics.filter(({ severity }) => severity === "error").map(formatDiagnostic)).toEqual([]);
    expect(sound(policy).id).toBe(id);
  });

  test("says every clause in one or more whole sentences, with the contact beside them", () => {
    for (const { id: clause, sentence } of sound(policy).clauses) expect(sentence, clause).toMatch(/^[A-Z“].*[.”]$/s);
    expect(sound(policy).controller.contact).not.toBe("");
  });

  test("has at least fifteen requests with expected verdicts, some allowed and some not", () => {
    expect(requests.length).toBeGreaterThanOrEqual(15);
    expect(new Set(requests.map(({ allowed }) => allowed)).size).toBe(2);
  });

  test.each(requests.map((each) => ({ ...each, shown: JSON.stringify(each.ask) })))("decides $shown", (expected) => {
    const decision = decide(sound(policy), expected.ask);
    const { allowed, reason, clause } = decision;
    expect({ allowed, reason, clause }).toEqual({
      allowed: expected.allowed,
      reason: expected.allowed ? "allowed" : (expected.reason ?? reason),
      clause: expected.clause ?? clause,
    });
    if (!allowed) expect(explain(sound(policy), expected.ask, decision), "JP11: the contact").toMatch(/Ask .+[@:]/);
  });
});

describe.each(notices)("notices/$id is tried whole", ({ id, notice, requests }) => {
  const own = { practices: notice?.practices ?? [], promises: notice?.promises ?? [] };
  const deciding = (allowed: boolean): (string | undefined)[] =>
    requests.filter((each) => each.allowed === allowed).map(({ clause }) => clause);

  test.each(own.practices.map((practice) => practice.id))("%s permits something", (practice) => {
    expect(deciding(true)).toContain(practice);
  });

  test.each(own.promises.filter(({ kind }) => kind === "never").map((promise) => promise.id))(
    "%s forbids something",
    (promise) => {
      expect(deciding(false)).toContain(promise);
    },
  );

  test("names in a comment every row of the clause table that is its own", () => {
    const prefix = sourceOf[id];
    const expected = prefix === undefined ? [] : rows.filter((row) => row.id.startsWith(prefix)).map((row) => row.id);
    const comments = (read(join(folder, id, "notice.yaml")) ?? "").split("\n").map((line) => /#(.*)$/.exec(line)?.[1]);
    const named = new Set(comments.flatMap((text) => text?.match(/\b[JP][A-Z]\d+[a-d]?\b/g) ?? []));
    expect(expected.filter((row) => !named.has(row))).toEqual([]);
    if (prefix !== undefined) expect(expected.length).toBeGreaterThanOrEqual(5);
  });
});

test("the five are marked as examples that are not theirs; our own two are not", () => {
  for (const { id, policy } of notices) {
    if (id === "avow" || id === "example") expect(policy?.example).toBeUndefined();
    else expect(policy?.example).toMatch(/not theirs$/);
  }
});
