// The generated sentences, read as text.
import { describe, expect, it } from "vitest";
import { compileNotice } from "../compile/compile-notice.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { listed, plural, sentence, withArticle } from "./lists.ts";

const { notice } = parseNotice(exampleNotice, "n.yaml");
const policy = compileNotice(notice!, { vocabulary: smallVocabulary });
const said = (id: string): string | undefined => policy.clauses.find((clause) => clause.id === id)?.sentence;

const promise = (text: string): string | undefined => {
  const read = parseNotice(
    `avow: 1\nnotice: n\ntitle: N\ncontroller: { name: A, contact: a@b.c }\npromises: [{ id: it, ${text} }]\npage: [{ All: [it] }]`,
    "n.yaml",
  );
  return compileNotice(read.notice!, { vocabulary: smallVocabulary }).clauses[0]?.sentence;
};

describe("sentences", () => {
  it.each([
    [
      "web-traffic",
      "From visitors we hold the page and country to improve the service, unless they object or their browser sends a refusal signal (legitimate interest). They are kept in pseudonymous form until the day closes, then as counts of at least 10 for 25 months. To do so we read the IP address and user agent in memory and never write them down. They go to nobody.",
    ],
    [
      "payment",
      "From sponsors, the payment card goes straight from their own machine to Stripe, not through us, for payment, as far as that is necessary and only once they have said yes to the feature that lets you pay by card (contract).",
    ],
    [
      "delivery",
      "From users we hold the e-mail address and page to provide the service (contract). They are kept as they are for 1 year after the account closes. Of this, the page goes to Fastly and Stripe.",
    ],
    [
      "abuse",
      "From users we hold the e-mail address for fraud detection, only to detect fraud or misuse (legitimate interest). It is kept as it is for 30 days. It goes to the public.",
    ],
    [
      "fastly",
      "Fastly, a processor, carries every request. What it gets passes through and is not kept there. When it is used it sees the page. Infrastructure vouches for it, from 2024-10-04 until 2027-10-04: same protection.",
    ],
    ["card-form", "A feature that lets you pay by card contacts Stripe; it is off until you say yes."],
    [
      "forum",
      "The forum is at https://discuss.example. CDCK runs it, not us: read its policy at https://discuss.example/privacy and ask it at mailto:team@discuss.example.",
    ],
    ["address-private", "We never give the postal address from voting members to the public."],
    ["no-join", "We never hold, use or send the IP address and display name together."],
    [
      "locked-room",
      "The servers stand in a locked room (vouched for by operations, from 2026-01-01 until 2027-01-01).",
    ],
  ])("%s", (id, text) => {
    expect(said(id)).toBe(text);
  });

  it.each([
    [
      "rights: [access, correct, delete, restrict], within: 30 days",
      "Of what we hold about you, you may ask us to show it to you, correct it, delete it and restrict its use; we do so within 30 days.",
    ],
    [
      "changes: never weaker for data already held without consent",
      "A change of this notice never weakens the protection of data we already hold, unless the person it is about agrees.",
    ],
    ["changes: announced a month before", "Changes of this notice are announced a month before."],
    [
      "rights: [correct, report misuse]",
      "Of what we hold about you, you may ask us to correct it and look into a misuse you report.",
    ],
    ["applies to: [everyone who visits, member]", "This notice applies to everyone who visits and members."],
    ["cookies: may be refused", "Cookies may be refused."],
    ["no account for: [reading, installing, using]", "No account is needed for reading, installing or using."],
    [
      "disclosed only: [fraud or misuse, required by law], receiver: same protection",
      "We disclose personal data only on these grounds: fraud or misuse and required by law; whoever receives it must protect it at least as well.",
    ],
    ["mail: opt-in, except: [membership upkeep]", "Mail from us is opt-in, except for membership upkeep."],
    ["told first: [what, why]", "Before you give anything you are told what and why."],
    ["free of: [tracking code]", "What this notice covers is free of tracking code."],
    ["vendor of: nobody", "We are nobody's vendor or service provider."],
    ["questions: controller", "Questions go to the controller named above."],
    ["applies to: [visitor, member]", "This notice applies to visitors and members."],
    ["secured: [encryption, access control]", "What we hold is secured by encryption and access control."],
    ["says: We like penguins", "We like penguins."],
  ])("promise %s", (text, expected) => {
    expect(promise(text)).toBe(expected);
  });
});

describe("lists", () => {
  it("joins, counts and begins as English does", () => {
    expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")]).toEqual([
      "",
      "a",
      "a and b",
      "a, b or c",
    ]);
    expect([
      plural("visitor"),
      plural("other individual"),
      plural("person"),
      plural("child"),
      plural("party"),
      plural("staff"),
    ]).toEqual(["visitors", "other individuals", "people", "children", "parties", "staff"]);
    expect([
      withArticle("processor"),
      withArticle("independent controller"),
      withArticle("user"),
      withArticle("IP address"),
      withArticle("URL"),
    ]).toEqual(["a processor", "an independent controller", "a user", "an IP address", "a URL"]);
    expect([sentence("a"), sentence("what?")]).toEqual(["A.", "What?"]);
  });
});
