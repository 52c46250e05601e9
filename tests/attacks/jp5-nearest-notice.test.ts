// JP5: a project's own notice answers before the one above it, which stands beside it, wherever both apply.
import { type Policy, loadNotice, whose } from "@avow/policy";
import { createGate } from "@avow/gate/server";
import { expect, test } from "vitest";

const head = (id: string, rest: string): string => `avow: 1
notice: ${id}
title: Notice ${id}
controller: { name: ${id}, contact: ${id}@exam.example }
${rest}
practices: [{ id: use-${id}, from: visitor, data: page, form: raw, for: usage statistics, when: opt-out, basis: legitimate interest, keep: 30 days, to: nobody }]
page: [{ All: [use-${id}] }]
`;
const files: Readonly<Record<string, string>> = {
  "n/general/notice.yaml": head(
    "general",
    'covers: [exam.example, "*.exam.example"]\ninstalled: { pip: [exam, exam-lab] }\nsee also: [../lab/notice.yaml]',
  ),
  "n/lab/notice.yaml": head("lab", "covers: [exam.example, lab.exam.example]\ninstalled: { pip: [exam-lab] }"),
  "n/shop/notice.yaml": head("shop", "covers: [shop.example]\naddendum to: ../general/notice.yaml"),
  "n/other/notice.yaml": head("other", "covers: [other.example]"),
};

async function served(ids: readonly string[]): Promise<readonly Policy[]> {
  return Promise.all(
    ids.map(async (id) => {
      const { policy } = await loadNotice(`n/${id}/notice.yaml`, (path) => files[path] ?? "");
      if (policy === undefined) throw new Error(`the notice ${id} of this test is not sound`);
      return policy;
    }),
  );
}

// Whatever order they are served in.
test.each([[["general", "lab", "shop", "other"]], [["other", "shop", "lab", "general"]]])(
  "JP5 served as %j",
  async (ids) => {
    const gate = createGate(await served(ids), { nowMs: () => 0 });
    const told = (asked: string): readonly string[] =>
      whose(asked, gate, (text) => URL.parse(text)).notices.map(({ id, relation }) => `${id}: ${relation}`);
    // Both name the host: the project's own is first, the parent beside it.
    expect(told("https://exam.example/")).toEqual(["lab: nearest", "general: names it as a notice of its own"]);
    expect(told("https://lab.exam.example/")).toEqual(["lab: nearest", "general: names it as a notice of its own"]);
    expect(told("pip:exam-lab")).toEqual(["lab: nearest", "general: names it as a notice of its own"]);
    // An addendum: its parent stands beside it although it does not name the host.
    expect(told("https://shop.example/")).toEqual(["shop: nearest", "general: parent"]);
    // Positive control: where only the general one applies it is alone, and what stands by itself has nothing beside it.
    expect(told("https://docs.exam.example/")).toEqual(["general: nearest"]);
    expect(told("pip:exam")).toEqual(["general: nearest"]);
    expect(told("https://other.example/")).toEqual(["other: nearest"]);
  },
);
