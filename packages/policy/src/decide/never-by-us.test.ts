// What the controller never keeps is read or passed on in the moment it comes; a day later there is nothing to pass on.
import { describe, expect, it } from "vitest";
import { compileNotice } from "../compile/compile-notice.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { decide } from "./decide.ts";
import { explain } from "./explain.ts";

const { notice } = parseNotice(exampleNotice, "n.yaml");
const policy = compileNotice(notice!, { vocabulary: smallVocabulary });
const passing = exampleNotice.replace("    reached: directly\n    hosts: [js.stripe.com]\n", "");
const throughUs = compileNotice(parseNotice(passing, "n.yaml").notice!, { vocabulary: smallVocabulary });
const card = { data: "payment card", from: "sponsor", for: "payment", answer: "yes" } as const;

describe("a practice that keeps `never by us`", () => {
  it.each([
    ["sends in the moment", { to: "stripe" }, "allowed"],
    ["sends on day 0", { to: "stripe", ageDays: 0 }, "allowed"],
    ["asks to store on day 0", { to: "stripe", act: "hold", ageDays: 0 }, "allowed"],
    ["sends nothing a day later", { to: "stripe", ageDays: 1 }, "not held"],
    ["sends nothing an hour later", { to: "stripe", ageDays: 1 / 24 }, "not held"],
    ["asks nobody to store a day later", { to: "stripe", act: "hold", ageDays: 1 }, "not held"],
    ["holds nothing", { act: "hold" }, "not held"],
  ] as const)("%s", (_, asked, reason) => {
    expect(decide(throughUs, { ...card, ...asked })).toMatchObject({ reason, allowed: reason === "allowed" });
    expect(decide(policy, { ...card, ...asked })).toMatchObject({ reason, allowed: reason === "allowed" });
  });

  it("lets us read what passes through us, in the moment", () => {
    expect(passing).not.toBe(exampleNotice);
    expect(decide(throughUs, { ...card, act: "read" })).toMatchObject({ allowed: true });
    expect(decide(throughUs, { ...card, act: "read", ageDays: 1 })).toMatchObject({ reason: "not held" });
  });

  it("JL2 lets us read nothing of what goes straight from their machine to the recipient", () => {
    expect(decide(policy, { ...card, act: "read" })).toMatchObject({ allowed: false, reason: "undeclared data" });
  });

  it("says that there is nothing left, and in which form something may be sent", () => {
    const late = { ...card, to: "stripe", ageDays: 1 };
    expect(explain(policy, late, decide(policy, late))).toContain(
      "keeps nothing of `payment card`: it is there only in the moment it comes",
    );
    const sentAs = exampleNotice.replace(
      "sends: [page], form: raw",
      "sends: [page], sent as: aggregate of 10, form: raw",
    );
    const counted = compileNotice(parseNotice(sentAs, "n.yaml").notice!, { vocabulary: smallVocabulary });
    const page = { data: "page", from: "user", for: "service provision", to: "fastly" };
    expect(explain(counted, page, decide(counted, page))).toContain("is not sent raw by then");
    expect(explain(counted, page, decide(counted, page))).toContain("keeps it raw and sends it aggregate of 10");
  });
});
