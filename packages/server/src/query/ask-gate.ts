// Every data term a question touches is decided before the store sees the question (clauses.md PY4).
import type { Actor, Ask } from "@avow/gate";
import type { Decision } from "@avow/policy";

export interface Refused {
  readonly ask: Ask;
  readonly decision: Decision;
}

/**
 * The first refusal, or undefined when the question may be asked. One by one first, so that the answer can name the
 * term; then together, because data held together is more than its parts. `purpose` is a claim, never a grant.
 */
export function refusedBy(actor: Actor, terms: readonly string[], purpose?: string): Refused | undefined {
  const about = {
    act: "hold",
    from: "visitor",
    form: "pseudonymous",
    ...(purpose === undefined ? {} : { for: purpose }),
  } as const;
  for (const data of [...terms, terms]) {
    const ask = { ...about, data };
    const decision = actor.decide(ask);
    if (!decision.allowed) return { ask, decision };
  }
  return undefined;
}
