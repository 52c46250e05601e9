// PS12: the notice covers everyone who visits; a subject with no practice is warned of, a member denied a visitor's protection fails the check.
import { afterAll, expect, test } from "vitest";
import { editedNotices } from "./edited-notices.ts";

const notices = editedNotices();
afterAll(() => notices.remove());

const adding = (practice: string) =>
  ({
    psf: [
      ["  - id: optional-answers ", `  - ${practice}\n  - id: optional-answers `],
      ["[access-log, own-use, cookies]", "[access-log, own-use, cookies, attack]"],
    ],
  }) as const;
const common = "form: raw, basis: legitimate interest, to: nobody";

test("PS12 the notice as shipped denies nobody what visitors have", () => {
  const { code, out } = notices.run({}, "check", notices.path("psf"));
  expect(out).not.toContain("less-than-visitors");
  expect(out).not.toContain("subject-without-practice");
  expect(code).toBe(0);
});

test.each([
  [
    "kept longer",
    `{ id: attack, from: member, data: [IP address, full name], for: security, when: always, keep: 1 year, ${common} }`,
    "`attack` denies `member` what `access-log` gives every `visitor`: the time of `IP address` for `security`",
  ],
  [
    "used without asking",
    `{ id: attack, from: [sponsor, donor], data: [page], for: personalisation, when: always, keep: until the person says no, ${common} }`,
    "`attack` denies `sponsor` what `own-use` gives every `visitor`: the condition of `page` for `personalisation`",
  ],
])("PS12 a member's data %s than a visitor's fails, with the clause", (_, practice, message) => {
  const { code, out } = notices.run(adding(practice), "check", notices.path("psf"));
  expect(out).toContain(`less-than-visitors: ${message}`);
  expect(code).toBe(1);
});

test("PS12 an addendum cannot deny its members what the parent gives visitors", () => {
  const practice = `{ id: attack, from: user, data: [IP address], for: security, when: always, keep: 90 days, ${common} }`;
  const edits = {
    "python-org": [
      ["  - id: about-others ", `  - ${practice}\n  - id: about-others `],
      ["[dated, questions]", "[dated, questions, attack]"],
    ],
  } as const;
  const { code, out } = notices.run(edits, "check", notices.path("python-org"));
  expect(out).toContain("`attack` denies `user` what `access-log` gives every `visitor`");
  expect(code).toBe(1);
});

test("PS12 as much as visitors have, or another purpose, is no denial", () => {
  for (const practice of [
    `{ id: attack, from: member, data: [IP address, full name], for: security, when: always, keep: 30 days, ${common} }`,
    `{ id: attack, from: member, data: [IP address], for: membership upkeep, when: necessary, keep: 1 year, ${common} }`,
  ]) {
    const { code, out } = notices.run(adding(practice), "check", notices.path("psf"));
    expect(out).not.toContain("less-than-visitors");
    expect(code).toBe(0);
  }
});

test("PS12 people the notice speaks of without a practice are named", () => {
  const edits = { psf: [["applies to: [everyone who visits]", "applies to: [everyone who visits, owner]"]] } as const;
  const lax = notices.run(edits, "check", notices.path("psf"));
  expect(lax.out).toContain("subject-without-practice: the notice speaks of `owner`");
  expect(lax.code).toBe(0);
  expect(notices.run(edits, "check", "--strict", notices.path("psf")).code).toBe(1);
});
