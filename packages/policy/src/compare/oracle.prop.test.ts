// The comparison against concrete situations: never "not weaker" where one is newly permitted; too careful only where the design says so.
import { describe, expect, it } from "vitest";
import type { Keep } from "../model/notice.ts";
import { grounds } from "../model/values.ts";
import { differences } from "./below.ts";
import { compareNotices } from "./compare-notices.ts";
import type { Change } from "./comparison.ts";
import { normalise } from "./normalise.ts";
import type { Point } from "./point.ts";
import { relateTerms } from "./term-relation.ts";
import { permitsMore } from "./testing/oracle.ts";
import { type Pair, randomPair } from "./testing/random-notices.ts";

const host = globalThis as unknown as { process?: { env: Record<string, string | undefined> } };
const environment = host.process?.env ?? {};
const pairs = Number(environment["AVOW_PAIRS"] ?? 600);
const firstSeed = Number(environment["AVOW_SEED"] ?? 0);

/** Why a comparison is more careful than the situations ask (docs/design/comparison.md): what alone keeps a point from being covered. */
function reasonOf(changes: readonly Change[], { old, next }: Pair): string {
  const limits = normalise(old);
  const terms = relateTerms(next.vocabulary, old.vocabulary);
  const reasons = changes.map(({ direction, point }) => {
    if (direction !== "weaker" || point === undefined) return "";
    const close = limits.map((limit) => [limit, differences(point, limit, terms).join()] as const);
    if (close.some(([limit, differs]) => differs === "keep" && isUnlike(point.keep, limit.keep)))
      return "unlike anchors";
    if (
      close.some(([limit, differs]) => differs === "condition" && limit.condition.when === "always" && isGround(point))
    )
      return "a ground against always";
    const isVocabularyChanged = old.vocabulary !== next.vocabulary;
    return isVocabularyChanged && close.some(([, differs]) => differs === "data") ? "merged data sets" : "none";
  });
  return reasons.includes("none") ? "none" : (reasons.find((each) => each !== "") ?? "none");
}

function isUnlike(one: Keep, other: Keep): boolean {
  return one.kind === "for" && other.kind === "for" && one.after !== other.after;
}

function isGround({ condition }: Point): boolean {
  return grounds.some((each) => each === condition.when);
}

describe("comparison against the oracle", () => {
  it(`calls nothing harmless that newly permits a situation, in ${pairs} pairs`, () => {
    const unsafe: string[] = [];
    const alarms = new Map<string, number[]>();
    let weaker = 0;
    for (let seed = firstSeed; seed < firstSeed + pairs; seed += 1) {
      const pair = randomPair(seed);
      const { old, next, edits } = pair;
      const { changes } = compareNotices(old, next);
      const isFlagged = changes.some((each) => each.direction === "weaker");
      const isMore = permitsMore(old, next);
      if (isMore) weaker += 1;
      if (isMore && !isFlagged) unsafe.push(`${seed}: ${edits.join(", ")}`);
      if (!isMore && isFlagged) {
        const reason = reasonOf(changes, pair);
        alarms.set(reason, [...(alarms.get(reason) ?? []), seed]);
      }
    }
    const counted = [...alarms].map(([reason, seeds]) => `${reason}: ${seeds.length}`).join(", ");
    if (environment["AVOW_PAIRS"] !== undefined)
      console.log(`${pairs} pairs, ${weaker} weaker, ${unsafe.length} unsafe; too careful: ${counted || "never"}`);
    expect(unsafe).toEqual([]);
    expect(alarms.get("none") ?? []).toEqual([]);
    // The mix must hold both, or agreement says little.
    expect(weaker).toBeGreaterThan(pairs / 5);
    expect(weaker).toBeLessThan(pairs * 0.9);
  }, 600_000);
});
