// PS11, PY5: a log of versions says what changed and when, refuses a silent weakening, and shows every byte that was bent.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proseHash } from "../compare/prose-hash.ts";
import { compileNotice } from "../compile/compile-notice.ts";
import { decide } from "../decide/decide.ts";
import type { Policy } from "../model/policy.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { type VersionChange, appendVersion } from "./append-version.ts";
import { readVersionLog } from "./read-version-log.ts";
import { verifyVersionLog } from "./verify-version-log.ts";
import { type VersionLog, entryHash, policyAt, writeVersionLog } from "./version-log.ts";

/** A notice as JSON, to be bent where its types would not let it. */
// oxlint-disable-next-line typescript/no-explicit-any -- forged on purpose
type Bent = any;

function compile(text: string): Policy {
  const { notice, diagnostics } = parseNotice(text, "notice.yaml");
  if (notice === undefined) throw new Error(JSON.stringify(diagnostics));
  return compileNotice(notice, { vocabulary: smallVocabulary });
}

const first = compile(exampleNotice);
const longer = compile(exampleNotice.replace("25 months", "26 months"));
const shorter = compile(exampleNotice.replace("25 months", "24 months"));
const reworded = compile(exampleNotice.replace("never visitors", "rarely visitors"));
const material = { effective: "2026-03-01", question: "May we keep counts a month longer?" };

function added(log: VersionLog | undefined, policy: Policy, change: VersionChange): VersionLog {
  const done = appendVersion(log, policy, smallVocabulary, change);
  if ("refused" in done) throw new Error(done.refused);
  return done.log;
}

function refusal(log: VersionLog | undefined, policy: Policy, change: VersionChange): string | undefined {
  const done = appendVersion(log, policy, smallVocabulary, change);
  return "refused" in done ? done.refused : undefined;
}

const one = added(undefined, first, { on: "2026-01-01" });
const two = added(one, shorter, { on: "2026-01-10" });
const three = added(two, longer, { on: "2026-02-01", material });

function bentLast(change: object): string {
  return JSON.stringify({ ...three, log: [...three.log.slice(0, 2), { ...three.log[2], ...change }] });
}

describe("appendVersion", () => {
  it("chains versions with their verdicts, and opens each of them again", () => {
    expect(three.log.map(({ on, verdict }) => [on, verdict])).toEqual([
      ["2026-01-01", "first"],
      ["2026-01-10", "more protective"],
      ["2026-02-01", "less protective"],
    ]);
    expect(three.log[2]).toMatchObject({ previous: shorter.version, after: two.log[1]?.entry, material });
    expect(three.log[1]).not.toHaveProperty("material");
    const asked = { data: "country", from: "visitor", for: "improving the service", form: "aggregate of 10" } as const;
    const days = 25 * 31;
    expect(decide(policyAt(three, longer.version)!, { ...asked, ageDays: days }).allowed).toBe(true);
    expect(decide(policyAt(three, shorter.version)!, { ...asked, ageDays: days }).allowed).toBe(false);
    expect(verifyVersionLog(three)).toEqual([]);
  });

  it("refuses a weaker version that is not declared, and lets it through when it is", () => {
    expect(refusal(two, longer, { on: "2026-02-01" })).toBe("material");
    expect(refusal(two, longer, { on: "2026-02-01", material })).toBeUndefined();
    expect(refusal(two, longer, { on: "2026-02-01", material: { ...material, effective: "2026-01-31" } })).toBe(
      "earlier",
    );
  });

  it("refuses changed prose until somebody named has read these very words", () => {
    const review = {
      clause: "web-traffic",
      old: proseHash("We count visits, never visitors."),
      new: proseHash("We count visits, rarely visitors."),
      by: "A. Lawyer",
      on: "2026-01-05",
    };
    expect(refusal(one, reworded, { on: "2026-01-06" })).toBe("review");
    expect(refusal(one, reworded, { on: "2026-01-06", reviews: [{ ...review, new: review.old }] })).toBe("review");
    const read = added(one, reworded, { on: "2026-01-06", reviews: [review] });
    expect(read.log[1]?.reviews).toEqual([review]);
    expect(verifyVersionLog(read)).toEqual([]);
    const { reviews: _reviews, ...unread } = read.log[1]!;
    const bent = { ...read, log: [read.log[0]!, { ...unread, entry: entryHash(unread) }] };
    expect(verifyVersionLog(bent)).toEqual([expect.stringContaining("nobody named has read")]);
  });

  it("refuses what is no new version of this notice, and a day before the last", () => {
    expect(refusal(two, shorter, { on: "2026-02-01" })).toBe("unchanged");
    expect(refusal(two, first, { on: "2026-01-09", material })).toBe("earlier");
    const other = compile(exampleNotice.replace("notice: pypi", "notice: other"));
    expect(refusal(two, other, { on: "2026-02-01", material })).toBe("another notice");
    expect(refusal({ ...two, texts: {} }, longer, { on: "2026-02-01", material })).toBe("broken");
  });
});

describe("verifyVersionLog", () => {
  it("finds a weaker version called equivalent, an entry taken out, and one that was never declared", () => {
    const last = three.log[2]!;
    const again = (change: object): VersionLog => {
      const entry = { ...last, ...change };
      return { ...three, log: [...three.log.slice(0, 2), { ...entry, entry: entryHash(entry) }] };
    };
    expect(verifyVersionLog(again({ verdict: "equivalent" }))).toEqual([expect.stringContaining("is less protective")]);
    expect(verifyVersionLog(again({ material: undefined }))).toEqual([expect.stringContaining("nobody was told")]);
    expect(verifyVersionLog({ ...three, log: [three.log[0]!, last] }).join()).toContain("the entry before it");
    expect(verifyVersionLog({ ...three, log: three.log.slice(1) }).join()).toContain("only the first");
  });

  it.each([
    [
      "a keep that means more than it says",
      (n: Bent) => void (n.practices[0].keep[1].keep.days = 9000),
      "means something else",
    ],
    [
      "a right's keep of a recipient",
      (n: Bent) => void (n.recipients[0].keeps = { kind: "without limit", text: "30 days" }),
      "means something else",
    ],
    [
      "a ban its own practice breaks",
      (n: Bent) =>
        void ((n.promises[0].ban.data = ["page"]), (n.promises[0].ban.from = []), (n.promises[0].ban.to = [])),
      "no check would pass it",
    ],
    ["words that hide", (n: Bent) => void (n.title = "Quiet\u202E"), "invisible control character (U+202E)"],
    ["a link that runs", (n: Bent) => void (n.recipients[0].privacy = "javascript:alert(1)"), "no check would pass it"],
  ])("finds what no check would pass, however well it is hashed: %s", (_, bend, words) => {
    const notice = structuredClone(first.notice) as unknown as Bent;
    bend(notice);
    const policy = compileNotice(notice, { vocabulary: smallVocabulary });
    const log = added(undefined, policy, { on: "2026-01-01" });
    expect(verifyVersionLog(log).join("\n")).toContain(words);
  });

  it("takes a log of as many entries as there may be, and no more", () => {
    const entries = [...one.log];
    for (let number = 1; number < 1_000; number += 1) {
      const [version, previous] = number % 2 === 1 ? [longer.version, first.version] : [first.version, longer.version];
      const verdict = number % 2 === 1 ? ("less protective" as const) : ("more protective" as const);
      const said = { version, previous, on: "2026-02-01", verdict, ...(number % 2 === 1 ? { material } : {}) };
      const whole = { ...said, after: entries.at(-1)!.entry };
      entries.push({ ...whole, entry: entryHash(whole) });
    }
    const log = { ...three, log: entries, texts: { ...one.texts, [longer.version]: three.texts[longer.version]! } };
    expect(verifyVersionLog(readVersionLog(writeVersionLog(log)).log!)).toEqual([]);
    expect(refusal(log, shorter, { on: "2026-02-02", material })).toBe("full");
    const more = { ...log, log: [...entries, entries[1]!] };
    expect(readVersionLog(writeVersionLog(more)).faults).toEqual(["a version log has at most 1000 entries"]);
  });

  it("finds any one character that was changed in a written log, or cannot read it", () => {
    const text = writeVersionLog(three);
    expect(verifyVersionLog(readVersionLog(text).log!)).toEqual([]);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("0", "a", "Z", " ", '"', "}"), (at, character) => {
        const bent = text.slice(0, at) + character + text.slice(at + 1);
        const { log, faults } = readVersionLog(bent);
        if (log === undefined) return faults.length > 0;
        // What says the same is no change: white space, or a notice's id written the same.
        return writeVersionLog(log) === text || verifyVersionLog(log).length > 0;
      }),
      { numRuns: 300 },
    );
  });
});

describe("readVersionLog", () => {
  it.each([
    ["no JSON", "avow: 1", "JSON"],
    ["an array", "[]", "avow"],
    ["no entries", '{"avow":1,"notice":"a","texts":{},"log":[]}', "at least one"],
    ["a text that is none", '{"avow":1,"notice":"a","texts":{"x":1},"log":[{}]}', "texts"],
    ["half an entry", '{"avow":1,"notice":"a","texts":{},"log":[{"version":"x"}]}', "entry 1"],
  ])("refuses %s, and says why", (_, text, words) => {
    const { log, faults } = readVersionLog(text);
    expect(log).toBeUndefined();
    expect(faults).toEqual([expect.stringContaining(words)]);
  });

  it("refuses an entry whose day is none or whose material change asks nothing", () => {
    expect(readVersionLog(bentLast({})).faults).toEqual([]);
    for (const change of [
      { on: "2026-02-30" },
      { material: { effective: "2026-03-01", question: " " } },
      { reviews: [{}] },
    ]) {
      expect(readVersionLog(bentLast(change)).faults).toEqual([expect.stringContaining("entry 3")]);
    }
  });
});
