// Every weakening of one dimension of one practice in every shipped notice is seen.
import { describe, expect, it } from "vitest";
import { compileNotice } from "../compile/compile-notice.ts";
import { loadNotice } from "../load-notice.ts";
import type { Keep, Notice, Practice } from "../model/notice.ts";
import { standardVocabulary } from "../vocabulary/standard-vocabulary.ts";
import { compareNotices } from "./compare-notices.ts";
import type { Side } from "./side.ts";
import { weakerNotices } from "./testing/weaker-notices.ts";

const files = (import.meta as unknown as { glob: (pattern: string, options: object) => Record<string, string> }).glob(
  "../../../../notices/*/notice.yaml",
  { query: "?raw", import: "default", eager: true },
);
const texts = new Map(Object.entries(files).map(([path, text]) => [path.slice(path.indexOf("notices/")), text]));

async function shipped(): Promise<readonly Side[]> {
  const sides: Side[] = [];
  for (const path of texts.keys()) {
    const { policy } = await loadNotice(path, (asked) => texts.get(asked));
    if (policy !== undefined)
      sides.push({
        notice: policy.notice,
        ...(policy.parent === undefined ? {} : { parent: policy.parent }),
        vocabulary: standardVocabulary,
      });
  }
  return sides;
}

const forever: Keep = { kind: "without limit", text: "without limit" };

/** By dimension: the practice one step weaker, or undefined where it is at the top already. */
const weakenings: Readonly<Record<string, (practice: Practice, notice: Notice) => Practice | undefined>> = {
  "data broader": (each) => broader("data", each.data, (data) => ({ ...each, data })),
  "data more": (each) => add("data", each.data, (data) => ({ ...each, data })),
  "reads more": (each) =>
    add("data", [...each.reads, ...each.data], (all) => ({ ...each, reads: [...each.reads, ...all.slice(-1)] })),
  "sends more": (each) => (each.to.length === 0 ? undefined : add("data", each.sends, (sends) => ({ ...each, sends }))),
  "subject broader": (each) => broader("subject", each.from, (from) => ({ ...each, from })),
  "subject more": (each) => add("subject", each.from, (from) => ({ ...each, from })),
  "purpose broader": (each) => broader("purpose", each.for, (purposes) => ({ ...each, for: purposes })),
  "purpose more": (each) => add("purpose", each.for, (purposes) => ({ ...each, for: purposes })),
  "recipient more": (each, notice) => {
    const other = [...notice.recipients.map((one) => one.id), "public"].find((id) => !each.to.includes(id));
    const sends = each.sends.length > 0 ? each.sends : [...each.data, ...each.reads];
    return other === undefined ? undefined : { ...each, to: [...each.to, other], sends };
  },
  "keep longer": (each) =>
    each.keep.at(-1)?.keep.kind === "without limit"
      ? undefined
      : {
          ...each,
          keep: each.keep.map((stage, at) => (at === each.keep.length - 1 ? { ...stage, keep: forever } : stage)),
        },
  "keep until another event": ({ keep, ...rest }) => {
    const last = keep.at(-1);
    if (last?.keep.kind !== "for") return undefined;
    const after = last.keep.after === "the person asks" ? "membership ends" : "the person asks";
    const moved = { ...last.keep, after, text: `${last.keep.days} days after ${after}` };
    return { ...rest, keep: [...keep.slice(0, -1), { ...last, keep: moved }] };
  },
  "another ground": (each) => (each.when === "required by law" ? undefined : { ...each, when: "required by law" }),
  "form rawer": (each) =>
    each.keep[0]?.form.kind === "raw"
      ? undefined
      : { ...each, keep: each.keep.map((stage, at) => (at === 0 ? { ...stage, form: { kind: "raw" } } : stage)) },
  "condition always": (each) => (each.when === "always" ? undefined : { ...each, when: "always" }),
  "feature gone": ({ needs, ...rest }) => (needs === undefined ? undefined : rest),
};

type Kind = "data" | "subject" | "purpose";

function broader(
  kind: Kind,
  list: readonly string[],
  made: (list: readonly string[]) => Practice,
): Practice | undefined {
  for (const each of list) {
    const [parent] = standardVocabulary.terms.find((term) => term.kind === kind && term.key === each)?.parents ?? [];
    if (parent !== undefined && !list.includes(parent)) return made(list.map((one) => (one === each ? parent : one)));
  }
  return undefined;
}

function add(kind: Kind, list: readonly string[], made: (list: readonly string[]) => Practice): Practice | undefined {
  const roots = standardVocabulary.terms.filter((term) => term.kind === kind && term.parents.length === 0);
  const root = roots.find((term) => !list.includes(term.key));
  return root === undefined || list.length === 0 ? undefined : made([...list, root.key]);
}

/** True when another practice of the notice or its parents permitted the weaker one already: `public-services` beside a broader one, say. */
function isCoveredElsewhere(side: Side, weaker: Practice): boolean {
  const alone = { ...side, notice: { ...side.notice, practices: [weaker], promises: side.notice.promises } };
  return compareNotices(side, alone).changes.every((each) => each.direction !== "weaker" || each.about !== "practice");
}

describe("shipped notices", () => {
  it("are equivalent to themselves, under another object of the same vocabulary too", async () => {
    const sides = await shipped();
    expect(sides.length).toBeGreaterThanOrEqual(6);
    for (const side of sides) {
      const twin = { ...side, notice: structuredClone(side.notice), vocabulary: structuredClone(standardVocabulary) };
      expect(compareNotices(side, twin)).toEqual({
        verdict: "equivalent",
        changes: [],
        toReview: [],
        labels: [],
        editorial: [],
      });
    }
  });

  it("have every single weakening of a practice flagged", async () => {
    let [tried, elsewhere] = [0, 0];
    const missed: string[] = [];
    for (const side of await shipped()) {
      for (const practice of side.notice.practices) {
        for (const [name, weaken] of Object.entries(weakenings)) {
          const weaker = weaken(practice, side.notice);
          if (weaker === undefined) continue;
          tried += 1;
          const practices = side.notice.practices.map((each) => (each === practice ? weaker : each));
          const { verdict, changes } = compareNotices(side, { ...side, notice: { ...side.notice, practices } });
          const isFlagged =
            (verdict === "less protective" || verdict === "incomparable") &&
            changes.some((each) => each.witness !== "");
          if (isFlagged) continue;
          if (isCoveredElsewhere(side, weaker)) elsewhere += 1;
          else missed.push(`${side.notice.id} ${practice.id}: ${name}`);
        }
      }
    }
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(250);
    expect(elsewhere).toBeLessThan(tried / 50);
  });

  it("have every weakening of a recipient, feature, promise or cover flagged", async () => {
    const missed: string[] = [];
    const implied: string[] = [];
    let tried = 0;
    for (const side of await shipped())
      for (const [name, notice] of weakerNotices(side.notice)) {
        tried += 1;
        const { verdict } = compareNotices(side, { ...side, notice });
        if (verdict !== "equivalent" && verdict !== "more protective") continue;
        // What a parent promises too is not lost: taken by itself, the notice is weaker all the same.
        const { parent, ...alone } = side;
        const byItself = compareNotices(alone, { ...alone, notice }).changes.some(
          (each) => each.direction === "weaker",
        );
        (parent !== undefined && byItself ? implied : missed).push(`${side.notice.id} ${name}`);
      }
    expect(missed).toEqual([]);
    expect(implied.length).toBeLessThan(tried / 50);
    expect(tried).toBeGreaterThan(300);
  });

  it("have every lost promise flagged, and every gained one welcomed", async () => {
    const implied: string[] = [];
    for (const side of await shipped()) {
      for (const promise of side.notice.promises) {
        const without = {
          ...side,
          notice: { ...side.notice, promises: side.notice.promises.filter((each) => each !== promise) },
        };
        const verdict = compareNotices(side, without).verdict;
        expect(["less protective", "equivalent"]).toContain(verdict);
        if (verdict === "equivalent") implied.push(`${side.notice.id} ${promise.kind}`);
        expect(compareNotices(without, side).verdict, promise.id).toBe(
          verdict === "equivalent" ? verdict : "more protective",
        );
      }
    }
    // What a parent, or a broader ban, promises too is not lost: few, and only of these kinds.
    expect(implied.filter((each) => !/ (never|questions|says|cookies)$/.test(each))).toEqual([]);
    expect(implied.length).toBeLessThan(8);
  });

  it("compile to policies that are sides", async () => {
    const [side] = await shipped();
    const policy = compileNotice(side!.notice, { vocabulary: standardVocabulary });
    expect(
      compareNotices(
        { notice: policy.notice, vocabulary: standardVocabulary },
        { ...policy, vocabulary: standardVocabulary },
      ).verdict,
    ).toBe("equivalent");
  });
});
