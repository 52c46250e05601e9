// What each way of writing `keep` means for the rows and the counts of one day.
import { type Practice, loadNotice } from "@avow/policy";
import { expect, test } from "vitest";
import { keepPlan } from "./keep-plan.ts";

async function practiceKeeping(keep: string): Promise<Practice> {
  const text = `avow: 1
notice: exam
title: Exam
controller: { name: Exam, contact: privacy@exam.example }
covers: [exam.example]
practices:
  - { id: visits, from: visitor, data: [page], for: usage statistics, when: opt-out, basis: legitimate interest, ${keep}, to: nobody }
page: [{ All: [visits] }]
`;
  const { policy, diagnostics } = await loadNotice("exam.yaml", () => text);
  const practice = policy?.notice.practices[0];
  if (practice === undefined) throw new Error(JSON.stringify(diagnostics));
  return practice;
}

const day = "2026-01-31";
const next = "2026-02-01";

test.each([
  [
    "keep: { pseudonymous: until the day closes, aggregate of 10: 25 months }",
    { rowsUntil: next, counts: { least: 10, until: "2028-02-29" } },
  ],
  [
    "keep: { pseudonymous: 30 days, aggregate of 5: 1 year }",
    { rowsUntil: "2026-03-02", counts: { least: 5, until: "2027-01-31" } },
  ],
  [
    "keep: { pseudonymous: 1 month, aggregate of 10: without limit }",
    { rowsUntil: "2026-02-28", counts: { least: 10, until: undefined } },
  ],
  // Rows that say more than pseudonymous ones permit these; without counts none are left.
  ["form: raw, keep: 2 weeks", { rowsUntil: "2026-02-14" }],
  ["form: pseudonymous, keep: without limit", { rowsUntil: undefined }],
  // A day is the shortest that rows can rest; an event that days do not have permits nothing longer.
  ["form: pseudonymous, keep: 1 hour", { rowsUntil: next }],
  ["form: pseudonymous, keep: until the account closes", { rowsUntil: next }],
  ["form: pseudonymous, keep: 3 years after the account closes", { rowsUntil: next }],
  // Other forms say nothing of rows.
  [
    "keep: { hashed: 90 days, aggregate of 10: 400 days }",
    { rowsUntil: next, counts: { least: 10, until: "2027-03-07" } },
  ],
])("%s", async (keep, expected) => {
  expect(keepPlan(await practiceKeeping(keep), day)).toEqual(expected);
});
