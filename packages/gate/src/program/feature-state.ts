// The state of a feature: what forbids, what was answered for the present declaration, and what it is within (clauses.md JL1–JL4).
import type { ProgramFeature, ProgramTable } from "@avow/policy";
import type { StoredAnswer } from "./answer-store.ts";
import { type Forbidder, type Signals, forbidderOf } from "./forbidding.ts";

export type State = "ask" | "yes" | "no";

/** Why a feature is in its state. */
export type Because =
  | { readonly kind: "unasked" }
  | { readonly kind: "answered"; readonly at: number }
  /** The answer was to another declaration, or to other hosts of the configuration. */
  | { readonly kind: "changed"; readonly at: number }
  | { readonly kind: "forbidden"; readonly by: Forbidder }
  | { readonly kind: "within"; readonly feature: string }
  | { readonly kind: "undeclared" };

export interface FeatureState {
  readonly state: State;
  readonly because: Because;
}

export function featureOf(table: ProgramTable, id: string): ProgramFeature | undefined {
  return table.features.find((each) => each.id === id);
}

/** The feature and all it is within, outermost last; undefined where the chain does not end. */
export function chainOf(table: ProgramTable, id: string): readonly ProgramFeature[] | undefined {
  const chain: ProgramFeature[] = [];
  let next: string | undefined = id;
  while (next !== undefined) {
    const found = featureOf(table, next);
    if (found === undefined || chain.includes(found)) return undefined;
    chain.push(found);
    next = found.within;
  }
  return chain;
}

/** Hosts that come from configuration, by feature; what was answered for others is no answer for these. */
export type ConfiguredHosts = (feature: string) => readonly string[];

export interface StateInput {
  readonly table: ProgramTable;
  readonly signals: Signals;
  readonly answerOf: (feature: string) => StoredAnswer | undefined;
  readonly configured: ConfiguredHosts;
}

export function featureState(input: StateInput, id: string): FeatureState {
  const chain = chainOf(input.table, id);
  if (chain === undefined) return { state: "no", because: { kind: "undeclared" } };
  for (const { id: each } of chain) {
    const by = forbidderOf(input.signals, input.table.notice, each);
    if (by !== undefined) return { state: "no", because: { kind: "forbidden", by } };
  }
  for (const outer of chain.slice(1).toReversed()) {
    const { state } = answeredState(input, outer);
    if (state !== "yes")
      return { state: state === "no" ? "no" : "ask", because: { kind: "within", feature: outer.id } };
  }
  const [own] = chain;
  return own === undefined ? { state: "no", because: { kind: "undeclared" } } : answeredState(input, own);
}

function answeredState({ answerOf, configured }: StateInput, feature: ProgramFeature): FeatureState {
  const stored = answerOf(feature.id);
  if (stored === undefined) return { state: "ask", because: { kind: "unasked" } };
  const { at, answer, declaration, hosts } = stored;
  const shown = new Set(hosts);
  // Also after a no: it was said of something else.
  const isSame = declaration === feature.declaration && configured(feature.id).every((each) => shown.has(each));
  return isSame
    ? { state: answer, because: { kind: "answered", at } }
    : { state: "ask", because: { kind: "changed", at } };
}
