// Each lint fires on the mistake it is named for, and on nothing beside it.
import { describe, expect, it } from "vitest";
import { checkNotice } from "../check/check-notice.ts";
import { compileNotice } from "../compile/compile-notice.ts";
import type { Notice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary as vocabulary } from "../testing/small-vocabulary.ts";

const head = `avow: 1
notice: lint
title: Lint
controller: { name: A, contact: a@example.org }
`;
const bound = `agreement: "https://r.example/a", privacy: "https://r.example/p", vouched: { says: same protection, by: us, on: 2026-01-01, until: 2027-01-01 }`;
const base = {
  from: "user",
  data: "[page]",
  form: "raw",
  for: "service provision",
  when: "always",
  basis: "contract",
  keep: "10 days",
  to: "nobody",
};
type Keys = Partial<Record<string, string>>;

function practice(id: string, keys: Keys = {}): string {
  const said = { ...base, ...keys };
  const parts = Object.entries(said).flatMap(([key, value]) => (value === "" ? [] : [`${key}: ${value}`]));
  return `  - { id: ${id}, ${parts.join(", ")} }\n`;
}

/** A notice of practices `a`, `b`, …; its page holds whatever has an id. */
function notice(practices: readonly Keys[], rest = ""): string {
  const ids = practices.map((_, number) => String.fromCodePoint(97 + number));
  const others = [...rest.matchAll(/^ {2}(?:- \{ id: )?([a-z-]+)[:,]/gm)].map((match) => match[1]);
  const blocks = practices.map((keys, number) => practice(ids[number] ?? "", keys)).join("");
  const section = practices.length === 0 ? "" : `practices:\n${blocks}`;
  return `${head}${rest}${section}page: [{ All: [${[...ids, ...others].join(", ")}] }]\n`;
}

function read(text: string): Notice {
  const parsed = parseNotice(text, "n.yaml");
  if (parsed.notice === undefined) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.notice;
}

const found = (text: string, parent?: Policy): string[] =>
  checkNotice(read(text), { vocabulary, today: "2026-11-20", ...(parent === undefined ? {} : { parent }) }).map(
    (each) => `${each.severity} ${each.code}: ${each.message}`,
  );

const promises = (text: string): string => `promises:\n  - { id: rights, ${text} }\n`;

describe("overlap", () => {
  it("finds nothing in the example", () => {
    expect(found(exampleNotice)).toEqual([]);
  });

  it.each<[string, Keys, Keys, string[]]>([
    [
      "the same twice: the later",
      {},
      {},
      ["warning redundant: practice `b` permits nothing that `a` does not permit already"],
    ],
    [
      "narrower people, data, purpose and time",
      { from: "visitor", data: "[usage data]" },
      { from: "member", for: "payment", keep: "10 days" },
      ["warning redundant: practice `b` permits nothing that `a` does not permit already"],
    ],
    [
      "a stricter condition beside a looser one",
      {},
      { when: "opt-in" },
      [
        "warning shadowed: practice `b` protects in vain: for `service provision` `a` permits the same with `when: always`",
      ],
    ],
    [
      "a shorter time beside a longer one",
      { keep: "20 days" },
      {},
      [
        "warning shadowed: practice `b` protects in vain: for `service provision` `a` permits the same with a longer or rawer `keep`",
      ],
    ],
    [
      "a stricter condition for one purpose of two",
      { for: "payment" },
      { for: "[payment, statistics]", when: "opt-in" },
      ["warning shadowed: practice `b` protects in vain: for `payment` `a` permits the same with `when: always`"],
    ],
    ["a part that overlaps alike", { for: "[payment, statistics]" }, { for: "[payment, fraud detection]" }, []],
    ["other data", {}, { data: "[country]" }, []],
    ["another place", {}, { held: "their own device" }, []],
    ["other grounds", { when: "fraud or misuse" }, { when: "required by law" }, []],
    ["unlike anchors", { keep: "until the account closes" }, { keep: "10 days" }, []],
  ])("says of %s", (_, a, b, said) => {
    expect(found(notice([a, b]))).toEqual(said);
  });

  it("sees what a parent says already", () => {
    const parent = compileNotice(read(notice([{}]).replace("notice: lint", "notice: above")), { vocabulary });
    const child = notice([{ when: "opt-in" }]).replace("title: Lint", "addendum to: ../x.yaml\ntitle: Lint");
    expect(found(child, parent)).toEqual([
      "warning shadowed: practice `a` protects in vain: for `service provision` `a` of `above` permits the same with `when: always`",
    ]);
  });
});

describe("what changes nothing", () => {
  it.each<[string, string, string[]]>([
    [
      "a recipient nobody sends to",
      notice([{}], `recipients:\n  idle: { role: processor, name: Idle, does: waits, holds: stores, ${bound} }\n`),
      ["warning vacuous: nobody sends `idle` anything"],
    ],
    [
      "a practice that names recipients and sends nothing",
      notice(
        [{ data: "", reads: "[page]", to: "[busy]" }],
        `recipients:\n  busy: { role: processor, name: Busy, does: works, holds: stores, ${bound} }\n`,
      ),
      ["warning vacuous: practice `a` names who gets data and sends none"],
    ],
    [
      "what rests nowhere",
      notice([{ held: "their own device", keep: "never by us" }]),
      ["warning vacuous: practice `a` permits nothing: what rests on their own device is kept there"],
    ],
    [
      "an added word that is not used",
      notice([{}]).replace("page: [{", "terms: { idle: { kind: data, is: page, means: Nothing. } }\npage: [{"),
      ["warning vacuous: the added word `idle` is used nowhere in this notice"],
    ],
    [
      "kinds of data that are one another",
      notice([{}], "promises:\n  - { id: apart, never: { together: [contact data, e-mail address] } }\n"),
      [
        "warning overlapping-together: `contact data` can be `e-mail address`, so one datum alone breaks promise `apart`",
      ],
    ],
  ])("is %s", (_, text, said) => {
    expect(found(text)).toEqual(said);
  });
});

describe("recipients", () => {
  const box = (rest: string, keys: Keys = {}, role = "processor"): string =>
    notice(
      [{ to: "[box]", ...keys }],
      `recipients:\n  box: { role: ${role}, name: Box, does: works, holds: stores, ${rest}, ${bound} }\n`,
    );

  it.each<[string, string, string[]]>([
    ["sees what is sent", box("sees: [page]"), []],
    [
      "sees what nobody sends it",
      box("sees: [page, country]"),
      ["warning no-purpose: `box` sees `country`, which no practice sends it for any purpose"],
    ],
    ["keeps as long as we do", box("keeps: 10 days"), []],
    [
      "PS8 keeps longer than we do",
      box("keeps: 11 days"),
      ["error recipient-wider: `box` keeps what it gets 11 days, `a` only 10 days"],
    ],
    ["keeps what we never do", box("keeps: 1 year", { keep: "never by us" }), []],
    ["uses it for what we do", box("for: [payment]"), []],
    [
      "PS8 uses it for more",
      box("for: [payment, statistics]"),
      ["error recipient-wider: `box` uses what it gets for `statistics`, which no practice sends it for"],
    ],
    [
      "is a controller of its own and uses it for more",
      box("for: [statistics]", {}, "independent controller"),
      ["warning recipient-wider: `box` uses what it gets for `statistics`, which no practice sends it for"],
    ],
    [
      "PS7 is a processor without agreement, policy and voucher",
      box("sees: [page]").replace(`, ${bound}`, ""),
      [
        "warning no-agreement: `box` gets data without an agreement to show",
        "warning no-privacy-link: `box` has no privacy policy to show",
        "warning not-vouched: nobody vouches yet that `box` protects data as we do",
      ],
    ],
    [
      "PY3 has a voucher that ended",
      box("sees: [page]").replace("until: 2027-01-01", "until: 2026-11-19"),
      ["error attestation-expired: the word for `box` ended on 2026-11-19"],
    ],
  ])("%s", (_, text, said) => {
    expect(found(text)).toEqual(said);
  });
});

describe("people", () => {
  it("PS12 warns of a subject with no practice", () => {
    const text = notice([{}], "promises:\n  - { id: all, applies to: [member, sponsor] }\n");
    expect(found(text)).toEqual([
      "warning subject-without-practice: the notice speaks of `sponsor` and has no practice about them",
    ]);
    const ban = notice([{}], "promises:\n  - { id: kept, never: { data: postal address, from: sponsor } }\n");
    expect(found(ban)).toHaveLength(1);
    expect(found(notice([{ from: "visitor" }], "promises:\n  - { id: all, applies to: [sponsor] }\n"))).toEqual([]);
  });

  const general = { from: "visitor", data: "[page, country]", for: "improving the service" };
  it.each<[string, Keys, Keys, string | undefined]>([
    ["a looser condition", { when: "opt-out" }, {}, "the condition of `page`"],
    ["a rawer form", { form: "truncated" }, { data: "[display name, page]" }, "the form of `page`"],
    ["a longer time", {}, { keep: "11 days" }, "the time of `page`"],
    ["a narrower purpose", {}, { keep: "11 days", for: "statistics" }, "the time of `page` for `statistics`"],
    ["as much as all have", {}, { from: "member", data: "[country, display name]" }, undefined],
    ["another purpose", { when: "opt-out" }, { for: "payment" }, undefined],
    ["other data", { when: "opt-out" }, { data: "[display name]" }, undefined],
    ["unlike anchors", {}, { keep: "until the account closes" }, undefined],
    ["an unlike condition", { when: "opt-in" }, { when: "necessary" }, undefined],
    ["the same people", { when: "opt-out" }, { from: "visitor" }, undefined],
  ])("PS12 members are denied what visitors have: %s", (_, all, some, said) => {
    const text = notice([
      { ...general, ...all },
      { for: "improving the service", from: "member", ...some },
    ]);
    const errors = found(text).filter((each) => each.startsWith("error less-than-visitors"));
    expect(errors).toEqual(
      said === undefined
        ? []
        : [expect.stringContaining(`\`b\` denies \`member\` what \`a\` gives every \`visitor\`: ${said}`)],
    );
  });

  it("PS12 counts what another practice about everybody permits", () => {
    const text = notice([
      { ...general, when: "opt-out" },
      { ...general, keep: "11 days" },
      { for: "improving the service", from: "member" },
    ]);
    expect(found(text).filter((each) => each.startsWith("error"))).toEqual([]);
  });
});

describe("addenda", () => {
  const parent = compileNotice(
    read(notice([{}], promises("rights: [correct, delete], within: 30 days")).replace("notice: lint", "notice: above")),
    { vocabulary },
  );
  const child = (text: string): string =>
    notice([{ data: "[display name]" }], promises(text)).replace("title: Lint", "addendum to: ../x.yaml\ntitle: Lint");

  it.each([
    [
      "rights: [correct], within: 31 days",
      "error addendum-weakens: promise `rights` says less than `rights` of the parent",
    ],
    ["rights: [correct], within: 30 days", undefined],
    ["rights: [correct, restrict], within: 10 days", undefined],
  ])("PY1 PI1 %s", (text, said) => {
    expect(found(child(text), parent)).toEqual(said === undefined ? [] : [expect.stringContaining(said)]);
  });

  it("PY1 points at the clause that weakens", () => {
    const [only] = checkNotice(read(child("rights: [correct], within: 31 days")), { vocabulary, parent });
    expect(only).toMatchObject({ code: "addendum-weakens", span: { line: 7, column: 5 } });
  });
});
