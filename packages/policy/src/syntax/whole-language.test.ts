// What the language says beyond one plain practice: places, forms of sending, groups, conditions per purpose, exceptions, messages.
import { describe, expect, it } from "vitest";
import { checkNotice } from "../check/check-notice.ts";
import { compareNotices } from "../compare/compare-notices.ts";
import { compileNotice } from "../compile/compile-notice.ts";
import { decide } from "../decide/decide.ts";
import { formatDiagnostic } from "../format-diagnostic.ts";
import type { Notice } from "../model/notice.ts";
import type { Policy, Request } from "../model/policy.ts";
import { smallVocabulary as vocabulary } from "../testing/small-vocabulary.ts";
import { parseNotice } from "./parse-notice.ts";

const head = `avow: 1
notice: whole
title: Whole
controller: { name: A, contact: a@example.org }
`;
const recipients = `recipients:
  one: { role: processor, name: One, does: works, holds: stores, agreement: "https://one.example/a", privacy: "https://one.example/p", vouched: { says: same protection, by: us, on: 2026-01-01, until: 2027-01-01 } }
  two: { role: processor, name: Two, does: works, holds: stores, reached: directly, agreement: "https://two.example/a", privacy: "https://two.example/p", vouched: { says: same protection, by: us, on: 2026-01-01, until: 2027-01-01 } }
`;
const plain =
  "from: user, data: [page], form: raw, for: [service provision], when: always, basis: contract, keep: 10 days";
const errorsOf = (text: string): string[] => {
  const { notice, diagnostics } = parseNotice(head + text, "w.yaml");
  const found = notice === undefined ? diagnostics : checkNotice(notice, { vocabulary, today: "2026-11-20" });
  return found.filter((each) => each.severity === "error").map(formatDiagnostic);
};
const read = (text: string): Notice => {
  expect(errorsOf(text)).toEqual([]);
  return parseNotice(head + text, "w.yaml").notice!;
};
const compile = (text: string): Policy => compileNotice(read(text), { vocabulary });
const verdict = (old: string, next: string) =>
  compareNotices({ notice: read(old), vocabulary }, { notice: read(next), vocabulary }).verdict;
const ask = (policy: Policy, request: Partial<Request>) =>
  decide(policy, { data: "page", from: "user", for: "service provision", ...request }).reason;
const sentenceOf = (policy: Policy, id: string) => policy.clauses.find((each) => each.id === id)?.sentence;

const rests = (rest: string): string =>
  `${recipients}practices: [{ id: kept, ${plain}, ${rest} }]\npage: [{ All: [kept, one, two] }]`;
const banned = (data: string, practice: string, to = "us"): string =>
  `${recipients}practices: [{ id: done, from: sponsor, data: [payment card], form: raw, for: payment, when: necessary, basis: contract, ${practice} }]\npromises: [{ id: not-here, never: { data: ${data}, to: ${to} } }]\npage: [{ All: [done, not-here, one, two] }]`;
const sent = (rest: string): string =>
  `${recipients}practices: [{ id: done, ${plain}, to: [one], ${rest} }]\npage: [{ All: [done, one, two] }]`;
const stores = (rest: string): string =>
  `${recipients.replace("holds: stores,", `holds: stores, ${rest},`)}practices: [{ id: done, ${plain}, to: [one] }]\npage: [{ All: [done, one, two] }]`;
const visiblyOr = (rest: string): string => stores(rest.includes("visible") ? rest : `visible to us: no, ${rest}`);
const grouped = (groups: string, to: string): string =>
  `${recipients}groups: { ${groups} }\npractices: [{ id: done, ${plain}, to: ${to} }]\npage: [{ All: [done, one, two] }]`;
const but = (data: string, except: string): string =>
  `practices: [{ id: done, ${plain.replace("[page]", data)}, except: ${except}, to: nobody }]\npage: [{ All: [done] }]`;
const mail = (messages: string, except = "[service provision]"): string =>
  `promises: [{ id: mail, mail: opt-in, except: ${except}, messages: { ${messages} } }]\npage: [{ All: [mail] }]`;
const vouched = (from: string, to: string): string =>
  `${recipients.replace(from, to)}practices: [{ id: done, ${plain}, to: [one] }]\npage: [{ All: [done, one, two] }]`;

describe("data on the person's own device", () => {
  const policy = compile(rests("held: their own device, to: nobody"));

  it("may rest there as long as it says, and never with us", () => {
    expect(ask(policy, { to: "their own device", act: "hold" })).toBe("allowed");
    expect(ask(policy, { to: "their own device", ageDays: 10 })).toBe("allowed");
    expect(ask(policy, { to: "their own device", ageDays: 11 })).toBe("kept too long");
    expect(ask(policy, { act: "hold" })).toBe("undeclared data");
    expect(ask(policy, { act: "read" })).toBe("undeclared data");
    expect(ask(compile(rests("to: nobody")), { to: "their own device" })).toBe("undeclared data");
  });

  it("is compared as another place than ours", () => {
    expect(verdict(rests("held: their own device, to: nobody"), rests("to: nobody"))).toBe("incomparable");
    expect(verdict(rests("to: nobody"), rests("held: their own device, to: nobody"))).toBe("incomparable");
    const longer = rests("held: their own device, to: nobody").replace("10 days", "20 days");
    expect(verdict(rests("held: their own device, to: nobody"), longer)).toBe("less protective");
  });

  it("is said so", () => {
    expect(sentenceOf(policy, "kept")).toBe(
      "From users, the page rests on their own device, not with us, to provide the service (contract). It is kept there as it is for 10 days. It goes to nobody.",
    );
  });
});

describe("never … to: us", () => {
  it.each([
    ["what we hold", "keep: 1 day, to: nobody", true],
    ["what passes through us", "keep: never by us, to: [one]", true],
    ["what goes straight to the recipient", "keep: never by us, to: [two]", false],
    ["what rests on their own device", "held: their own device, keep: 1 day, to: nobody", false],
    ["what is published", "keep: never by us, to: public", true],
  ])("PI4c finds %s", (_, practice, isBroken) => {
    expect(errorsOf(banned("payment card", practice)).length).toBe(isBroken ? 1 : 0);
  });

  it("PI4c refuses it to us and leaves the recipient alone", () => {
    const policy = compile(banned("payment card", "keep: never by us, to: [two]"));
    const card = { data: "payment card", from: "sponsor", for: "payment" };
    expect(ask(policy, { ...card, act: "hold" })).toBe("forbidden by promise");
    expect(ask(policy, { ...card, act: "read" })).toBe("forbidden by promise");
    expect(ask(policy, { ...card, to: "two" })).toBe("allowed");
    expect(sentenceOf(policy, "not-here")).toBe("We never get the payment card ourselves.");
  });

  it("keeps data off their own device", () => {
    const text = banned("payment card", "held: their own device, keep: 1 day, to: nobody", "their own device");
    expect(errorsOf(text)).toHaveLength(1);
    const policy = compile(banned("payment card", "keep: 1 day, to: nobody", "[public, their own device]"));
    expect(sentenceOf(policy, "not-here")).toBe(
      "We never give the payment card to the public, and never keep the payment card on their own device.",
    );
  });

  it("is a weakening to lose", () => {
    const [kept, lost] = [
      banned("payment card", "keep: never by us, to: [two]"),
      banned("payment card", "keep: never by us, to: [two]", "public"),
    ];
    expect(verdict(kept, lost)).toBe("less protective");
  });
});

describe("a form for sending", () => {
  const policy = compile(sent("sent as: aggregate of 10"));

  it("binds what is sent and not what is held", () => {
    expect(ask(policy, {})).toBe("allowed");
    expect(ask(policy, { to: "one" })).toBe("less protected form");
    expect(ask(policy, { to: "one", form: "aggregate of 9" })).toBe("less protected form");
    expect(ask(policy, { to: "one", form: "aggregate of 10" })).toBe("allowed");
    expect(sentenceOf(policy, "done")).toContain("It goes to One, as counts of at least 10.");
  });

  it("is compared", () => {
    expect(verdict(sent("sent as: aggregate of 10"), sent("sent as: aggregate of 5"))).toBe("less protective");
    expect(verdict(sent("sent as: aggregate of 10"), sent("assumed: [to]"))).toBe("less protective");
    expect(verdict(sent("assumed: [to]"), sent("sent as: hashed"))).toBe("more protective");
  });

  it("says nothing when nothing is sent", () => {
    expect(errorsOf(sent("sent as: hashed").replace("to: [one]", "to: nobody"))[0]).toContain("sends to nobody");
  });
});

describe("what a recipient does with it", () => {
  const policy = compile(stores("stores as: truncated, keeps: 5 days, for: [payment], assumed: [keeps]"));

  it("PY3 may be stored in no rawer form and for no longer, and still be sent", () => {
    expect(ask(policy, { to: "one" })).toBe("allowed");
    expect(ask(policy, { to: "one", act: "hold" })).toBe("less protected form");
    expect(ask(policy, { to: "one", act: "hold", form: "truncated" })).toBe("allowed");
    expect(ask(policy, { to: "one", act: "hold", form: "truncated", ageDays: 6 })).toBe("kept too long");
    expect(ask(policy, { to: "one", form: "truncated", ageDays: 6 })).toBe("allowed");
  });

  it("is said and marked as assumed", () => {
    const clause = policy.clauses.find((each) => each.id === "one");
    expect(clause?.sentence).toContain(
      "It stores what it gets in truncated form for 5 days. One uses it for payment, and for nothing else.",
    );
    expect(clause?.assumed).toEqual(["keeps"]);
  });

  it.each([
    ["keeps: 5 days", "keeps: 6 days"],
    ["keeps: 5 days", "visible to us: no"],
    ["stores as: truncated", "stores as: raw"],
    ["for: [payment]", "for: [service provision]"],
    ["for: [payment]", "visible to us: no"],
  ])("is less protective when %s becomes %s", (old, next) => {
    expect(verdict(visiblyOr(old), visiblyOr(next))).toBe("less protective");
    expect(verdict(visiblyOr(next), visiblyOr(old))).toBe("more protective");
  });

  it("contradicts a recipient that does not store", () => {
    expect(errorsOf(stores("keeps: 5 days").replace("holds: stores", "holds: transits"))[0]).toContain("says nothing");
    expect(errorsOf(stores("keeps: never by us"))[0]).toContain("bad-keep");
    expect(errorsOf(stores("assumed: [when]"))[0]).toContain("`when` is no key of recipient `one`");
  });
});

describe("groups", () => {
  it("are their members, in every way", () => {
    const policy = compile(grouped("both: [one, two]", "both"));
    expect(ask(policy, { to: "two" })).toBe("allowed");
    expect(sentenceOf(policy, "done")).toContain("goes to One and Two");
    const written = compile(
      grouped("both: [one, two]", "both")
        .replace("groups: { both: [one, two] }\n", "")
        .replace("to: both", "to: [one, two]"),
    );
    expect(policy.version).toBe(written.version);
    expect(verdict(grouped("both: [two]", "both"), grouped("both: [one, two]", "both"))).toBe("less protective");
  });

  it.each([
    ["an unknown member, where the group names it", "both: [one, tow]", "both", "w.yaml:8:23: unknown-recipient"],
    ["a group used nowhere", "both: [one, two]", "[one]", "w.yaml:8:11: unused-group"],
    ["a recipient's name", "one: [two]", "one", "duplicate-id"],
    ["a group in a group", "both: [one], all: [both, two]", "[all, both]", "bad-value"],
    ["a word of the language", "public: [one]", "public", "bad-id"],
    ["an empty group", "both: []", "both", "empty-list"],
  ])("refuse %s", (_, groups, to, found) => {
    expect(errorsOf(grouped(groups, to)).join("\n")).toContain(found);
  });
});

describe("conditions per purpose", () => {
  const split = `practices:
  - id: account
    from: user
    data: [e-mail address]
    form: raw
    when: { necessary: [service provision, payment], opt-in: statistics }
    basis: { necessary: contract, opt-in: consent }
    keep: 10 days
    to: nobody
page: [{ All: [account] }]
words: { account: Your account. }`;

  it("are as many practices, on the page where the block stands", () => {
    const policy = compile(split);
    expect(policy.clauses.map(({ number, id, words }) => [number, id, words])).toEqual([
      ["1.1", "account-necessary", "Your account."],
      ["1.2", "account-opt-in", undefined],
    ]);
    const address = { data: "e-mail address" };
    expect(ask(policy, address)).toBe("allowed");
    expect(ask(policy, { ...address, for: "payment" })).toBe("allowed");
    expect(ask(policy, { ...address, for: "statistics" })).toBe("not agreed");
    expect(ask(policy, { ...address, for: "statistics", answer: "yes" })).toBe("allowed");
    expect(sentenceOf(policy, "account-opt-in")).toContain("only if they say yes (consent)");
  });

  it.each([
    [
      "opt-in: statistics",
      "opt-inn: statistics",
      "10:54: bad-value: `opt-inn` is no value of `when`\n  help: did you mean `opt-in`?",
    ],
    ["opt-in: statistics", "opt-in: statistic", "10:62: unknown-term: unknown purpose `statistic`"],
    ["    form: raw\n", "    form: raw\n    for: payment\n", "names its purposes twice"],
    ["opt-in: consent }", "opt-in: consnt }", "unknown legal basis `consnt`"],
    [", opt-in: consent }", " }", "does not say on what legal basis"],
    ["opt-in: consent }", "opt-out: consent }", "unknown key `opt-out` in `basis`"],
    ["{ necessary: [service provision, payment], opt-in: statistics }", "{}", "names no condition"],
  ])("find %s → %s", (from, to, found) => {
    expect(split).toContain(from);
    expect(errorsOf(split.replace(from, to)).join("\n")).toContain(found);
  });
});

describe("except", () => {
  it("is compiled away into the widest words left", () => {
    const policy = compile(but("contact data", "e-mail address"));
    expect(policy.notice.practices[0]).toMatchObject({ data: ["postal address"] });
    expect(policy.notice.practices[0]).not.toHaveProperty("except");
    expect(ask(policy, { data: "postal address" })).toBe("allowed");
    expect(ask(policy, { data: "e-mail address" })).toBe("undeclared data");
    // What is unspecified within contact data may be an e-mail address.
    expect(ask(policy, { data: "contact data" })).toBe("undeclared data");
    expect(policy.version).toBe(compile(but("postal address", "x").replace(", except: x", "")).version);
  });

  it("leaves out what stands below two words too", () => {
    const { practices } = compile(but("personal data", "[usage data, contact data]")).notice;
    expect(practices[0]?.data).toEqual(["display name", "IP address", "payment card"]);
  });

  it("holds for purposes and subjects, each on its own axis", () => {
    const policy = compile(but("page", "member").replace("from: user", "from: visitor"));
    expect(policy.notice.practices[0]).toMatchObject({ from: ["sponsor"], for: ["service provision"], data: ["page"] });
    expect(errorsOf(but("page", "payment"))[0]).toContain("leave nothing of `for`");
  });

  it("satisfies a ban on what it leaves out, and is compared by what is left", () => {
    const ban = "promises: [{ id: no-mail, never: { data: e-mail address } }]\n";
    const withBan = (text: string): string => `${ban}${text}`.replace("[done]", "[done, no-mail]");
    expect(errorsOf(withBan(but("contact data", "postal address")))[0]).toContain("promise-broken");
    expect(errorsOf(withBan(but("contact data", "e-mail address")))).toEqual([]);
    const whole = but("contact data", "x").replace(", except: x", "");
    expect(verdict(whole, but("contact data", "e-mail address"))).toBe("more protective");
    expect(verdict(but("contact data", "e-mail address"), whole)).toBe("less protective");
  });

  it.each([
    ["a word that is no part of it", "contact data", "page", "which is no part of what it declares"],
    ["all of it", "contact data", "contact data", "leave nothing of `data`"],
    ["all its words", "contact data", "[e-mail address, postal address]", "leave nothing of `data`"],
    ["an unknown word", "contact data", "e-mail adress", "did you mean `e-mail address`?"],
  ])("refuses %s", (_, data, except, found) => {
    expect(errorsOf(but(data, except)).join("\n")).toContain(found);
  });
});

describe("messages without a yes", () => {
  const renewal = "renewal: { on: the account closes, for: service provision, text: Your account closes today. }";

  it("PS9 are read with their event and words, and said", () => {
    const policy = compile(mail(renewal));
    expect(policy.notice.promises[0]?.messages).toEqual([
      { id: "renewal", on: "the account closes", for: "service provision", text: "Your account closes today." },
    ]);
    expect(sentenceOf(policy, "mail")).toBe(
      "Mail from us is opt-in, except for service provision; without your yes we send only this, word for word and once each time: when the account closes, “Your account closes today.”.",
    );
  });

  it("PS9 are weaker when one more is sent, or another text", () => {
    const more = `${renewal}, welcome: { on: the day closes, for: payment, text: Good night. }`;
    expect(verdict(mail(renewal), mail(more))).toBe("less protective");
    expect(verdict(mail(more), mail(renewal))).toBe("more protective");
    expect(verdict(mail(renewal), mail(renewal.replace("Your", "Our")))).toBe("incomparable");
  });

  it.each([
    ["an unknown event", renewal.replace("the account closes", "the moon rises"), "unknown event"],
    [
      "a purpose the promise does not except",
      renewal.replace("service provision", "statistics"),
      "message-not-excepted",
    ],
    ["no words", renewal.replace(", text: Your account closes today.", ""), "needs `text`"],
  ])("PS9 refuses %s", (_, messages, found) => {
    expect(errorsOf(mail(messages)).join("\n")).toContain(found);
  });
});

describe("vouchers and chains", () => {
  it("refuses a word from a day that has not come, and a recipient that stands on itself", () => {
    expect(errorsOf(vouched("on: 2026-01-01", "on: 2026-12-01"))[0]).toContain("attestation-early");
    const circle = vouched(
      "does: works, holds: stores, agreement",
      "does: works, holds: stores, through: two, agreement",
    );
    expect(errorsOf(circle)).toEqual([]);
    expect(errorsOf(circle.replace("reached: directly", "reached: directly, through: one")).join()).toContain(
      "recipient-cycle",
    );
  });
});
