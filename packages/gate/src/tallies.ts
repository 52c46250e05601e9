// Evidence: how often each clause permitted or refused, and why, since the last drain. Holds no personal data.
import type { Tally } from "./contract.ts";

/** A count in place; kept by those who bump it often, so that the hot path looks nothing up. */
export interface Counter {
  readonly notice: string;
  readonly clause: string;
  readonly outcome: Tally["outcome"];
  readonly reason: string;
  count: number;
  lastAtMs: number;
}

export interface Tallies {
  /** The counter of these four words; always the same object for the same words. An empty clause is the notice as a whole. */
  counter(notice: string, clause: string, outcome: Tally["outcome"], reason: string): Counter;
  bump(counter: Counter, by?: number): void;
  /** What was counted since the last drain; counts start at zero again. */
  drain(): readonly Tally[];
}

/** Counters by notice, clause and reason, one tree for each outcome: found without building a key. */
type Tree = Map<string, Map<string, Map<string, Counter>>>;

export function createTallies(nowMs: () => number): Tallies {
  const all: Counter[] = [];
  const trees: Readonly<Record<Tally["outcome"], Tree>> = { permitted: new Map(), refused: new Map() };
  let latestMs = 0;
  return {
    counter(notice, clause, outcome, reason) {
      const reasons = branch(branch(trees[outcome], notice), clause);
      let counter = reasons.get(reason);
      if (counter === undefined) {
        counter = { notice, clause, outcome, reason, count: 0, lastAtMs: 0 };
        reasons.set(reason, counter);
        all.push(counter);
      }
      return counter;
    },
    bump(counter, by = 1) {
      latestMs = readClock(nowMs, latestMs);
      counter.count += by;
      counter.lastAtMs = latestMs;
    },
    drain() {
      const drained: Tally[] = [];
      for (const counter of all) {
        if (counter.count === 0) continue;
        drained.push({ ...counter });
        counter.count = 0;
      }
      return drained;
    },
  };
}

function branch<T>(tree: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = tree.get(key);
  if (known !== undefined) return known;
  const grown = new Map<string, T>();
  tree.set(key, grown);
  return grown;
}

/** A broken clock must not turn a decision into a throw; evidence then carries the last time that was known. */
function readClock(nowMs: () => number, latestMs: number): number {
  try {
    return nowMs();
  } catch {
    return latestMs;
  }
}
