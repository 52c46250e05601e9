// What the surface says of each datum: never that no records exist where a broader word may hold some.
import { expect, test } from "vitest";
import { loadNotice } from "../load-notice.ts";
import { standardVocabulary } from "../vocabulary/standard-vocabulary.ts";
import { type Standing, surface } from "./surface.ts";

const notice = `avow: 1
notice: exam
title: Exam
controller: { name: Exam, contact: privacy@exam.example }
recipients:
  host: { role: processor, name: Host, does: keeps our files, holds: stores }
practices:
  - { id: visits, from: visitor, reads: [IP address], data: [page], for: usage statistics, when: opt-out, basis: legitimate interest, keep: { pseudonymous: until the day closes, aggregate of 10: 25 months }, to: public, assumed: [keep] }
  - { id: account, from: user, data: [contact data, display name], sends: [display name], form: raw, for: providing the service, when: necessary, basis: contract, keep: until the account closes, to: host }
  - { id: answers, from: user, data: [consent record], held: their own device, form: raw, for: providing the service, when: necessary, basis: contract, keep: 1 year, to: nobody }
  - { id: card, from: user, data: [payment card], form: raw, for: payment, when: necessary, basis: contract, keep: never by us, to: host }
page: [{ All: [host, visits, account, answers, card] }]
`;

test("every datum of the vocabulary stands where the notice puts it", async () => {
  const { policy, diagnostics } = await loadNotice("exam.yaml", () => notice);
  if (policy === undefined) throw new Error(JSON.stringify(diagnostics));
  const fields = surface(policy, standardVocabulary);
  const standing = new Map(fields.map((each) => [each.data, each.standing]));
  const expected: Readonly<Record<string, Standing>> = {
    page: "held",
    "contact data": "held",
    "display name": "held",
    "personal data": "held",
    // Told by a broader word: not held for sure, and not absent.
    "e-mail address": "may be held",
    "consent record": "on their own device",
    "IP address": "passes through, no records",
    "payment card": "passes through, no records",
    "card number": "passes through, no records",
    biography: "no such records exist",
    "customer database": "no such records exist",
  };
  for (const [datum, each] of Object.entries(expected)) expect(standing.get(datum), datum).toBe(each);
  expect(fields).toHaveLength(standardVocabulary.terms.filter(({ kind }) => kind === "data").length);
});

test("a use names form, length, recipients and whether it is public", async () => {
  const { policy } = await loadNotice("exam.yaml", () => notice);
  const fields = policy === undefined ? [] : surface(policy, standardVocabulary);
  const [page] = fields.filter(({ data }) => data === "page").flatMap(({ uses }) => uses);
  expect(page).toMatchObject({
    practice: "visits",
    keeps: ["pseudonymous: until the day closes", "aggregate of 10: 25 months"],
    to: [],
    isPublic: true,
    assumed: ["keep"],
  });
  const [name] = fields.filter(({ data }) => data === "display name").flatMap(({ uses }) => uses);
  expect(name).toMatchObject({ practice: "account", to: ["Host"], isPublic: false });
  // Held and not sent.
  const [contact] = fields.filter(({ data }) => data === "contact data").flatMap(({ uses }) => uses);
  expect(contact).toMatchObject({ to: [], isPublic: false });
});
