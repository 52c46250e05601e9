// Weakenings that hide: behind an anchor, a host of a clever name, a word that means more than it did.
import { describe, expect, it } from "vitest";
import { compileNotice } from "../compile/compile-notice.ts";
import { decide } from "../decide/decide.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { standardVocabulary } from "../vocabulary/standard-vocabulary.ts";
import { compareNotices } from "./compare-notices.ts";
import type { Comparison } from "./comparison.ts";
import { type Written, compared, side } from "./testing/written-side.ts";

const edited = (kind: string, key: string, parents: readonly string[]): Vocabulary => ({
  terms: standardVocabulary.terms.map((each) => (each.kind === kind && each.key === key ? { ...each, parents } : each)),
});

const within = (text: string): Written => ({ promise: `rights: [delete], within: ${text}` });
const after = (days: number): Written => within(`${days} days after the account closes`);
const mailExcept = (except: string): Written => ({ promise: `mail: opt-in, except: [${except}]` });
const appliesTo = (who: string): Written => ({ promise: `applies to: [${who}]` });

/** Ways the promises went. */
const promisesWent = (comparison: Comparison): string[] =>
  comparison.changes.filter((each) => each.about === "promise").map((each) => each.direction);

const permits = (written: Written, request: object): boolean => {
  const { notice } = side(written);
  const policy = compileNotice(notice, { vocabulary: standardVocabulary });
  const asked = { from: "visitor", for: "improving the service", data: "page", ...request };
  return decide(policy, asked).allowed;
};

describe("the time a right is answered within", () => {
  it.each(["30 days after the account closes", "until the account closes", "until the day closes"])(
    "30 days → %s is another promise",
    (text) => {
      expect(compared(within("30 days"), within(text)).verdict).toBe("incomparable");
      expect(compared(within(text), within("30 days")).verdict).toBe("incomparable");
    },
  );

  it("compares under one anchor", () => {
    expect(compared(after(30), after(60)).verdict).toBe("less protective");
    expect(compared(after(60), after(30)).verdict).toBe("more protective");
  });
});

describe("hosts below a wildcard", () => {
  it.each(["any-other.example.org", "x.example.org", "any.other.example.org"])("%s does not stand for all", (host) => {
    expect(compared({ covers: `[${host}]` }, { covers: `[${host}, "*.example.org"]` }).verdict).toBe("incomparable");
    const stores = `{ host: "*.example.org", stores: nothing, caution: not for secrets }`;
    const dropped = compared({ covers: `[${host}, ${stores}]` }, { covers: `[${host}, "*.example.org"]` });
    expect(dropped.verdict).toBe("less protective");
    expect(dropped.changes.map((each) => each.witness)).toEqual([
      "every host below example.org: no longer stores nothing",
    ]);
  });
});

describe("a word of a promise that means something else", () => {
  it("an exception that takes in another purpose", () => {
    const mail = { promise: "mail: opt-in, except: [membership upkeep]" };
    const wider = edited("purpose", "marketing", ["membership upkeep"]);
    expect(compared(mail, mail, wider).verdict).toBe("less protective");
    expect(compareNotices(side(mail, wider), side(mail)).verdict).toBe("more protective");
  });

  it("an exception for less is upheld, another is not", () => {
    expect(compared(mailExcept("membership upkeep, marketing"), mailExcept("membership upkeep")).verdict).toBe(
      "more protective",
    );
    expect(compared(mailExcept("membership upkeep"), mailExcept("membership upkeep, marketing")).verdict).toBe(
      "less protective",
    );
  });

  it("people who no longer are of the kind it applies to", () => {
    const applies = { promise: "applies to: [user]" };
    const narrower = edited("subject", "member", []);
    expect(promisesWent(compared(applies, applies, narrower))).toEqual(["weaker"]);
    expect(promisesWent(compareNotices(side(applies, narrower), side(applies)))).toEqual(["stronger"]);
  });

  it("a broader kind of people is upheld by, and upholds", () => {
    expect(compared(appliesTo("member"), appliesTo("user")).verdict).toBe("more protective");
    expect(compared(appliesTo("user"), appliesTo("member")).verdict).toBe("less protective");
  });
});

describe("what the gate permits and the verdict says", () => {
  it("a look is of the moment: it does not reach what is held", () => {
    const held = { practice: "data: [page, country]" };
    const looked = { practice: "data: [page, country], reads: [page]" };
    const read = { act: "read", data: "page", form: "pseudonymous" } as const;
    for (const ageDays of [31, 400, Number.NaN]) {
      expect([permits(held, { ...read, ageDays }), permits(looked, { ...read, ageDays })]).toEqual([false, false]);
    }
    expect([permits(held, { ...read, ageDays: 30 }), permits(looked, { ...read, ageDays: 30 })]).toEqual([true, true]);
    expect(permits({ practice: "data: [country], reads: [page]" }, { ...read, form: "raw", ageDays: 0 })).toBe(true);
    expect(compared(held, looked).verdict).toBe("less protective");
    // Where nothing is held, a longer keep is a word without meaning, in both.
    const [short, long] = [
      { practice: "reads: [page]", keep: "1 day" },
      { practice: "reads: [page]", keep: "90 days" },
    ];
    expect([permits(short, { ...read, ageDays: 0 }), permits(long, { ...read, ageDays: 30 })]).toEqual([true, false]);
    expect(compared(short, long).verdict).toBe("equivalent");
  });

  it("whoever was not said to store may newly be asked to", () => {
    const asked = { act: "hold", to: "host", form: "pseudonymous" } as const;
    const [unknown, storing] = [{ recipient: "holds: not stated" }, { recipient: "holds: stores" }];
    expect([permits(unknown, asked), permits(storing, asked)]).toEqual([false, true]);
    expect(compared(unknown, storing).verdict).toBe("incomparable");
    expect(compared(storing, unknown).verdict).toBe("incomparable");
    expect(compared(unknown, { recipient: "holds: transits" }).verdict).toBe("more protective");
  });
});

describe("months, years and days", () => {
  it.each([
    ["12 months", "1 year", "equivalent"],
    ["24 months", "2 years", "equivalent"],
    ["6 months", "180 days", "more protective"],
    ["6 months", "182 days", "incomparable"],
    ["184 days", "6 months", "more protective"],
    ["1 year", "365 days", "more protective"],
    ["366 days", "1 year", "more protective"],
    ["13 months", "1 year", "more protective"],
  ])("%s → %s: %s", (old, next, verdict) => {
    expect(compared(within(old), within(next)).verdict).toBe(verdict);
  });
});
