// Every data term a question touches is decided before the store sees the question, and for what is held again (clauses.md PY4, PS11).
import type { Actor, Ask, Gate, HeldDecision } from "@avow/gate/server";
import type { Decision, Policy } from "@avow/policy";
import type { Holding, LeftOut, Permits } from "@avow/store";
import { type Touched, termsTouched } from "./terms.ts";

export interface Refused {
  readonly ask: Ask;
  readonly decision: Decision;
}

/**
 * The first refusal, or undefined when the question may be asked. One by one first, so that the answer can name the
 * term; then together, because data held together is more than its parts. `purpose` is a claim, never a grant.
 */
export function refusedBy(actor: Actor, terms: readonly string[], purpose?: string): Refused | undefined {
  const about = aboutRows(purpose);
  for (const data of [...terms, terms]) {
    const ask = { ...about, data };
    const decision = actor.decide(ask);
    if (!decision.allowed) return { ask, decision };
  }
  return undefined;
}

/** Who asks, what about, and when: all that decides which of the rows held may be used for it. */
export interface HeldQuestion {
  readonly gate: Gate;
  readonly actor: Actor;
  readonly policy: Policy;
  readonly touched: Touched;
  /** Epoch milliseconds of the question. */
  readonly nowMs: number;
  readonly purpose?: string | undefined;
}

/** Rows that were left out of an answer, and why. */
export interface NotUsed extends LeftOut {
  readonly reason: Decision["reason"];
  readonly clause?: string;
}

export interface HeldAsker {
  /** What the store asks of each (practice, version) it holds rows under. */
  readonly permits: Permits;
  readonly notUsed: (leftOut: readonly LeftOut[]) => readonly NotUsed[];
}

/** Decides about each holding once for a question. Rows belong to no person, so nobody agreed for them. */
export function askHeld(question: HeldQuestion): HeldAsker {
  const decisions = new Map<string, HeldDecision>();
  const decided = (holding: Holding, least?: number): HeldDecision => {
    const key = JSON.stringify([holding.version, holding.practice, least]);
    const decision = decisions.get(key) ?? decideHolding(question, holding, least);
    decisions.set(key, decision);
    return decision;
  };
  return {
    permits(holding, least) {
      const { allowed, mostDays } = decided(holding, least);
      return mostDays === undefined ? { allowed } : { allowed, since: question.nowMs / 1000 - mostDays * 86_400 };
    },
    notUsed: (leftOut) =>
      leftOut.map((left) => {
        const { allowed, reason, clause } = decided(left);
        return { ...left, reason: allowed ? "kept too long" : reason, ...(clause === undefined ? {} : { clause }) };
      }),
  };
}

function decideHolding(
  { gate, actor, policy, touched, purpose }: HeldQuestion,
  { practice, version }: Holding,
  least: number | undefined,
): HeldDecision {
  const then = gate.version(version);
  // A closed day is counts: another form, with a length of its own.
  const form = least === undefined ? {} : { form: `aggregate of ${least}` };
  const ask = { ...aboutRows(purpose), ...form, data: termsTouched(touched, policy) };
  const data = then === undefined ? {} : { data: termsTouched(touched, then) };
  return actor.decideHeld(ask, { version, practice, ...data });
}

function aboutRows(purpose: string | undefined): Omit<Ask, "data"> {
  return {
    act: "hold",
    from: "visitor",
    form: "pseudonymous",
    ...(purpose === undefined ? {} : { for: purpose }),
  };
}
