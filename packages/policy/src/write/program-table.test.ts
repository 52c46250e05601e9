// What a program is told of a feature, and that the hash of a declaration is of that feature's words and no other's.
import { expect, test } from "vitest";
import { loadNotice } from "../load-notice.ts";
import { type ProgramFeature, programTable } from "./program-table.ts";

const notice = `avow: 1
notice: lab
title: Lab
controller: { name: Lab, contact: lab@exam.example }
recipients:
  pages: { role: independent controller, name: Pages, does: serves the feed, reached: directly, hosts: [pages.example], holds: stores, keeps: 30 days, sees: [IP address], visible to us: no, privacy: "https://pages.example/privacy", through: [cdn] }
  cdn: { role: independent controller, name: CDN, does: delivers, reached: directly, holds: not stated, visible to us: no }
  index: { role: independent controller, name: Index, does: lists packages, reached: directly, holds: not stated, visible to us: no }
features:
  news: { does: tells you the news, needs: [pages], when: opt-in, off: lab off }
  updates: { does: tells you of versions, needs: [index], when: opt-in, within: news }
practices:
  - { id: fetching, from: software user, data: [IP address, user agent], form: raw, for: fetching news, when: opt-in, basis: consent, keep: never by us, to: [pages], needs: news }
page: [{ All: [pages, cdn, index, news, updates, fetching] }]
`;

async function features(text: string): Promise<ReadonlyMap<string, ProgramFeature>> {
  const { policy, diagnostics } = await loadNotice("lab.yaml", () => text);
  if (policy === undefined) throw new Error(JSON.stringify(diagnostics));
  return new Map(programTable(policy).features.map((each) => [each.id, each]));
}

test("a feature names whom it contacts, whom these stand on, what is sent and what it is within", async () => {
  const found = await features(notice);
  expect(found.get("news")).toMatchObject({
    does: "tells you the news",
    off: "lab off",
    sends: ["IP address", "user agent"],
    for: ["fetching news"],
    contacts: [
      { id: "pages", hosts: ["pages.example"], holds: "stores", keeps: "30 days", sees: ["IP address"] },
      { id: "cdn", hosts: [], holds: "not stated", isBehind: true },
    ],
  });
  expect(found.get("updates")).toMatchObject({ within: "news", contacts: [{ id: "index", hosts: [] }], sends: [] });
});

test.each([
  ["a host", "hosts: [pages.example]", "hosts: [pages.example, more.example]"],
  ["what is seen", "sees: [IP address]", "sees: [IP address, user agent]"],
  ["how long it is kept", "keeps: 30 days", "keeps: 31 days"],
  ["what is sent", "data: [IP address, user agent]", "data: [IP address, user agent, time of visit]"],
  ["what it does", "tells you the news", "tells you all the news"],
  ["whom it stands on", "name: CDN", "name: Other CDN"],
])("another declaration: %s", async (_what, old, young) => {
  const before = await features(notice);
  const after = await features(notice.replace(old, young));
  expect(after.get("news")?.declaration).not.toBe(before.get("news")?.declaration);
  expect(after.get("updates")?.declaration).toBe(before.get("updates")?.declaration);
});

test("what concerns no feature changes no declaration", async () => {
  const before = await features(notice);
  const after = await features(notice.replace("title: Lab", "title: The Lab"));
  expect([...after.values()]).toEqual([...before.values()]);
});
