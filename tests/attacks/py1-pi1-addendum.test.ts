// PY1, PI1: an addendum adds practices and may not weaken what its parent promises; the check names the clause.
import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { editedNotices } from "./edited-notices.ts";

const notices = editedNotices();
afterAll(() => notices.remove());

/** The addendum with one more promise, on its page. */
const promising = (id: string, promise: string) =>
  ({
    [id]: [
      ["  - { id: questions, questions: controller }", `  - { id: questions, questions: controller }\n  - ${promise}`],
      ["[dated, questions]", "[dated, questions, weaker]"],
    ],
  }) as const;

test.each(["python-org", "pypi"])("PY1 PI1 %s as shipped applies beside its parent and passes", (id) => {
  const { code, out } = notices.run({}, "check", notices.path(id));
  expect(out).toContain("no errors");
  expect(code).toBe(0);
  expect(readFileSync(notices.path(id), "utf8")).toContain("addendum to: ../psf/notice.yaml");
});

test.each([
  [
    "fewer days for rights",
    "{ id: weaker, rights: [correct, delete, restrict, report misuse], within: 60 days }",
    "rights",
  ],
  ["rights without a time", "{ id: weaker, rights: [delete] }", "rights"],
  ["changes that may weaken", "{ id: weaker, changes: announced on the site }", "changes"],
  ["mail without a yes", "{ id: weaker, mail: opt-out }", "mail-opt-in"],
  ["more mail without a yes", "{ id: weaker, mail: opt-in, except: [membership upkeep, marketing] }", "mail-opt-in"],
  [
    "another ground of disclosure and a receiver that is bound to nothing",
    "{ id: weaker, disclosed only: [authorised by the person, fraud or misuse], receiver: as it likes }",
    "four-grounds",
  ],
])("PY1 PI1 an addendum with %s fails, with the clause of both", (_, promise, parents) => {
  for (const id of ["python-org", "pypi"]) {
    const { code, out } = notices.run(promising(id, promise), "check", notices.path(id));
    expect(out).toMatch(
      new RegExp(
        `${id}/notice\\.yaml:\\d+:\\d+: addendum-weakens: promise \`weaker\` says less than \`${parents}\` of the parent`,
      ),
    );
    expect(code).toBe(1);
  }
});

test("PY1 PI1 a practice that breaks the parent's never fails, with both clauses", () => {
  for (const [id, before] of [
    ["python-org", "  - id: what-people-give "],
    ["pypi", "  - id: account "],
  ] as const) {
    const leak =
      "  - { id: leak, from: member, data: contact data, form: raw, for: replying, when: always, basis: legitimate interest, keep: 1 day, to: public }\n";
    const edits = {
      [id]: [
        [before, `${leak}${before}`],
        ["[dated, questions]", "[dated, questions, leak]"],
      ],
    } as const;
    const { code, out } = notices.run(edits, "check", notices.path(id));
    expect(out).toMatch(/promise-broken: practice `leak` breaks promise `address-private` of `psf`: `contact data`/);
    expect(code).toBe(1);
  }
});

test("PY1 PI1 an addendum that adds a practice and promises more passes", () => {
  const { code, out } = notices.run(
    promising("pypi", "{ id: weaker, rights: [access, correct, delete, restrict, report misuse], within: 10 days }"),
    "check",
    notices.path("pypi"),
  );
  expect(out).toContain("no errors");
  expect(code).toBe(0);
});
