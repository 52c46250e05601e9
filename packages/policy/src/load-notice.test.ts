// From paths to policies: parents are found, and what is missing, broken or circular is said.
import { describe, expect, it } from "vitest";
import { decide } from "./decide/decide.ts";
import { type Loaded, loadNotice } from "./load-notice.ts";
import { resolvePath } from "./resolve-path.ts";
import { exampleNotice } from "./testing/example-notice.ts";
import { smallVocabulary } from "./testing/small-vocabulary.ts";

const child = `avow: 1
notice: child
title: Child
controller: { name: A, contact: a@example.org }
addendum to: ../pypi/notice.yaml
practices: [{ id: post, from: user, data: page, form: raw, for: payment, when: always, basis: contract, keep: 1 day, to: fastly }]
page: [{ All: [post] }]
`;
const load = (files: Record<string, string>, path = "n/child/notice.yaml", today?: string): Promise<Loaded> =>
  loadNotice(path, (each) => files[each], { vocabulary: smallVocabulary, ...(today === undefined ? {} : { today }) });

describe("loadNotice", () => {
  it("loads an addendum with its parent", async () => {
    const { policy, diagnostics } = await load({ "n/child/notice.yaml": child, "n/pypi/notice.yaml": exampleNotice });
    expect(diagnostics).toEqual([]);
    expect(policy?.parent?.id).toBe("pypi");
    expect(decide(policy!, { data: "page", from: "user", for: "payment", to: "fastly" }).allowed).toBe(true);
  });

  it("says that a file, or its parent, is missing", async () => {
    expect((await load({})).diagnostics).toMatchObject([{ code: "unreadable", path: "n/child/notice.yaml" }]);
    const rejected = await loadNotice("x", () => Promise.reject(new Error("no")), { vocabulary: smallVocabulary });
    expect(rejected.diagnostics).toMatchObject([{ code: "unreadable" }]);
    const { policy, notice, diagnostics } = await load({ "n/child/notice.yaml": child });
    expect(diagnostics).toMatchObject([{ code: "parent-missing", span: { line: 5, column: 1 } }]);
    expect(diagnostics[0]?.help).toContain("n/pypi/notice.yaml");
    expect([policy, notice?.id]).toEqual([undefined, "child"]);
  });

  it("shows a parent's own errors where they are", async () => {
    const { policy, diagnostics } = await load({
      "n/child/notice.yaml": child,
      "n/pypi/notice.yaml": exampleNotice.replace("opt-out", "opt-ut"),
    });
    expect(policy).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: "parent-invalid", path: "n/child/notice.yaml" },
      { code: "bad-value", path: "n/pypi/notice.yaml" },
    ]);
  });

  it("ends on circles", async () => {
    const circle = child.replace("../pypi/", "../child/");
    expect((await load({ "n/child/notice.yaml": circle })).diagnostics).toMatchObject([{ code: "parent-cycle" }]);
    const long = await load({
      "n/child/notice.yaml": child,
      "n/pypi/notice.yaml": child.replace("../pypi/", "../child/"),
    });
    expect(long.diagnostics.map((each) => each.code)).toEqual(["parent-invalid", "parent-cycle"]);
  });

  it("gives warnings beside the policy, and no policy once an attestation has run out", async () => {
    const unvouched = exampleNotice.replace(/ {4}agreement: https:\/\/stripe.*\n/, "");
    const warned = await load({ p: unvouched }, "p");
    expect(warned.policy).toBeDefined();
    expect(warned.diagnostics).toMatchObject([{ severity: "warning", code: "no-agreement" }]);
    const late = await load({ p: exampleNotice }, "p", "2030-01-01");
    expect(late.policy).toBeUndefined();
  });
});

describe("resolvePath", () => {
  it.each([
    ["notices/pypi/notice.yaml", "../psf/notice.yaml", "notices/psf/notice.yaml"],
    ["/a/b/notice.yaml", "../../../c", "/c"],
    ["notice.yaml", "../psf/notice.yaml", "../psf/notice.yaml"],
    ["../x/notice.yaml", "../../y", "../../y"],
    ["a/./b", "c", "a/c"],
    ["a", "/etc/x", "/etc/x"],
  ])("%s with %s is %s", (from, relative, path) => {
    expect(resolvePath(from, relative)).toBe(path);
  });
});
