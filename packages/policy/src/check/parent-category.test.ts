// The parent-category trap: a ban on a narrow word must fire on whoever declares the broad one, when checked and when decided.
import { describe, expect, it } from "vitest";
import { compileNotice } from "../compile/compile-notice.ts";
import { decide } from "../decide/decide.ts";
import { formatDiagnostic } from "../format-diagnostic.ts";
import type { Policy } from "../model/policy.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { standardVocabulary } from "../vocabulary/standard-vocabulary.ts";
import { checkNotice } from "./check-notice.ts";

const vocabulary = smallVocabulary;
const head = `avow: 1
notice: trap
title: Trap
controller: { name: A, contact: a@example.org }
`;
const holds = (data: string): string =>
  `practices: [{ id: held, from: user, data: ${data}, form: raw, for: service provision, when: always, basis: contract, keep: 1 day, to: nobody }]\n`;
const bans = (data: string): string => `promises: [{ id: kept-out, never: { data: ${data} } }]\n`;
const read = (text: string) => parseNotice(`${head}${text}`, "trap.yaml").notice!;

describe("a ban on a word beside a practice with the word above it", () => {
  it.each([
    ["contact data", "e-mail address", true],
    ["personal data", "e-mail address", true],
    ["e-mail address", "contact data", true],
    ["e-mail address", "e-mail address", true],
    // User agent stands below both, so both can be one thing.
    ["device data", "usage data", true],
    ["postal address", "e-mail address", false],
    ["usage data", "e-mail address", false],
  ])("PS4 declares %s, never %s: broken is %s", (data, forbidden, isBroken) => {
    const notice = read(`${holds(data)}${bans(forbidden)}page: [{ All: [held, kept-out] }]`);
    const found = checkNotice(notice, { vocabulary }).filter((each) => each.code === "promise-broken");
    expect(found.map(formatDiagnostic)).toEqual(
      isBroken
        ? [
            `trap.yaml:5:13: promise-broken: practice \`held\` breaks promise \`kept-out\`: \`${data}\`\n  help: narrow the practice until they no longer overlap, or take the promise back openly`,
          ]
        : [],
    );
  });

  it("PS4 is refused when asked, in every word that overlaps, even where a check was never made", () => {
    const policy = compileNotice(
      read(`${holds("contact data")}${bans("e-mail address")}page: [{ All: [held, kept-out] }]`),
      { vocabulary },
    );
    const ask = (data: string | string[]) => decide(policy, { data, from: "user", for: "service provision" });
    for (const data of ["e-mail address", "contact data", "personal data", ["postal address", "contact data"]])
      expect(ask(data)).toMatchObject({ allowed: false, reason: "forbidden by promise", clause: "kept-out" });
    // The positive control: a word beside it is held as declared.
    expect(ask("postal address")).toMatchObject({ allowed: true, clause: "held" });
  });

  it("PS4 holds for an addendum's practice and its parent's ban", () => {
    const above: Policy = compileNotice(read(`${bans("e-mail address")}page: [{ All: [kept-out] }]`), { vocabulary });
    const below = read(
      `addendum to: ../above.yaml\n${holds("contact data")}page: [{ All: [held] }]`.replace("trap", "below"),
    );
    const found = checkNotice({ ...below, id: "below" }, { vocabulary, parent: above });
    expect(found.map((each) => each.code)).toEqual(["promise-broken"]);
    const policy = compileNotice({ ...below, id: "below" }, { vocabulary, parent: above });
    expect(decide(policy, { data: "contact data", from: "user", for: "service provision" })).toMatchObject({
      allowed: false,
      clause: "kept-out",
      notice: "trap",
    });
  });

  it("holds for the words people write: never e-mail address, declared contact data", () => {
    const notice = read(
      `${holds("contact data").replace("service provision", "replying")}${bans("e-mail address")}page: [{ All: [held, kept-out] }]`,
    );
    expect(checkNotice(notice, { vocabulary: standardVocabulary }).map((each) => each.code)).toContain(
      "promise-broken",
    );
  });
});
