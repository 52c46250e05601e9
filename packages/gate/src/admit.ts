// A record reduced to what its notice declares: the one practice that keeps the most of what was asked (clauses.md PY2).
import { type Decision, type Policy, decide } from "@avow/policy";
import type { CountedAdmission, Manner } from "./admission-cache.ts";
import { faultOf } from "./answer.ts";
import { largestJoint } from "./largest-joint.ts";
import type { Counter, Tallies } from "./tallies.ts";

type Decide = (data: readonly string[]) => Decision;

/** Decides by the credential's purposes in turn; the purpose that keeps most wins, the earlier one when they keep as much. */
export function admit(
  policy: Policy,
  purposes: readonly string[],
  manner: Manner,
  terms: readonly string[],
  tallies: Tallies,
): CountedAdmission {
  let best: { readonly ask: Decide; readonly kept: readonly string[] } | undefined;
  for (const purpose of purposes) {
    const ask = askerOf(policy, manner, purpose);
    const kept = largestJoint(terms, (together) => ask(together).allowed);
    if (best === undefined || kept.length > best.kept.length) best = { ask, kept };
  }
  const ask = best?.ask;
  const kept = best?.kept ?? [];
  const decision = ask === undefined ? unasked(policy) : ask(kept.length > 0 ? kept : terms);
  const dropped = [...new Set(terms)].filter((term) => !kept.includes(term));
  const practice = kept.length > 0 ? decision.clause : undefined;
  const drops = ask === undefined ? [] : dropped.map((term) => dropCounter(ask, kept, term, tallies));
  return {
    admission: Object.freeze({
      decision: Object.freeze(decision),
      ...(practice === undefined ? {} : { practice }),
      version: policy.version,
      kept: Object.freeze([...kept]),
      dropped: Object.freeze(dropped),
    }),
    counters: [...(decision.allowed || drops.length === 0 ? [decisionCounter(decision, tallies)] : []), ...drops],
  };
}

function askerOf(policy: Policy, manner: Manner, purpose: string): Decide {
  const answer = manner.answer === "yes" || manner.answer === "no" ? manner.answer : "ask";
  const { from, form, signal } = manner;
  return (data) => {
    const decision = decide(policy, { act: "hold", data, from, for: purpose, form, answer, signal });
    return decision.reason === "internal fault" ? faultOf(policy.id, policy.version) : decision;
  };
}

function unasked(policy: Policy): Decision {
  return { allowed: false, reason: "purpose not of the credential", notice: policy.id, version: policy.version };
}

export function decisionCounter(decision: Decision, tallies: Tallies): Counter {
  const outcome = decision.allowed ? "permitted" : "refused";
  return tallies.counter(decision.notice, decision.clause ?? "", outcome, decision.reason);
}

/** Why this term was dropped: refused by itself, or only together with what was kept. */
function dropCounter(ask: Decide, kept: readonly string[], term: string, tallies: Tallies): Counter {
  const alone = ask([term]);
  const decision = alone.allowed ? ask([...kept, term]) : alone;
  return tallies.counter(decision.notice, decision.clause ?? "", "refused", decision.reason);
}
