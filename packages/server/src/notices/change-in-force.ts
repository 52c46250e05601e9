// What changed when the version in force came into force: for the banner people see while it is recent (clauses.md PS11, JL6).
import { type Comparison, type Verdict, compareNotices } from "@avow/policy";
import type { InForce } from "@avow/store";
import { type Former, sideOf } from "./in-force.ts";

export interface ChangeInForce {
  /** The version before it. */
  readonly from: string;
  readonly sinceMs: number;
  /** Absent where the version before cannot be opened any more. */
  readonly verdict?: Verdict;
  /** In words, those that weaken first. */
  readonly witnesses: readonly string[];
}

const mostWitnesses = 5;

/** `came` are the comings into force of one notice, in order; `former` opens the version before. Undefined for a first version. */
export function changeInForce(
  came: readonly InForce[],
  current: Former,
  former: (version: string) => Former | undefined,
): ChangeInForce | undefined {
  const [before, last] = came.slice(-2);
  if (before === undefined || last?.version !== current.policy.version) return undefined;
  const { sinceMs } = last;
  const opened = former(before.version);
  if (opened === undefined) return { from: before.version, sinceMs, witnesses: [] };
  const comparison = compareNotices(sideOf(opened), sideOf(current));
  return { from: before.version, sinceMs, verdict: comparison.verdict, witnesses: witnessesOf(comparison) };
}

function witnessesOf({ changes }: Comparison): readonly string[] {
  const weaker = changes.filter(({ direction }) => direction === "weaker");
  const stronger = changes.filter(({ direction }) => direction === "stronger");
  return [...new Set([...weaker, ...stronger].map(({ witness }) => witness))].slice(0, mostWitnesses);
}
