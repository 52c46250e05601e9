// One ask under one policy by fixed purposes: a purpose belongs to the credential, never to the request (clauses.md PY4).
import { type Decision, type Policy, type Request, decide } from "@avow/policy";
import type { Ask } from "./contract.ts";

/** Denial for what went wrong inside: says nothing of the cause, which is a fault of ours and not of the asker. */
export function faultOf(policyId: string, version: string): Decision {
  return { allowed: false, reason: "internal fault", notice: policyId, version };
}

/**
 * Allowed if any of the credential's own purposes is; a claimed purpose must be one of them and is then the only one tried.
 * A claim that is not the credential's own is denied with the clause its own purposes would have met.
 */
export function answer(policy: Policy, purposes: readonly string[], ask: Ask): Decision {
  const { for: claimed, ...rest } = ask;
  if (claimed === undefined || purposes.includes(claimed)) {
    return firstAllowed(policy, claimed === undefined ? purposes : [claimed], rest);
  }
  const { clause } = firstAllowed(policy, purposes, rest);
  return notOwn(policy, clause);
}

function firstAllowed(policy: Policy, purposes: readonly string[], rest: Omit<Request, "for">): Decision {
  let nearest: Decision | undefined;
  for (const purpose of purposes) {
    const decision = decide(policy, { ...rest, for: purpose });
    if (decision.allowed) return decision;
    if (decision.reason === "internal fault") return faultOf(policy.id, policy.version);
    if (nearest === undefined || (nearest.clause === undefined && decision.clause !== undefined)) nearest = decision;
  }
  return nearest ?? notOwn(policy, undefined);
}

export function notOwn(policy: Policy, clause: string | undefined): Decision {
  return {
    allowed: false,
    reason: "purpose not of the credential",
    ...(clause === undefined ? {} : { clause }),
    notice: policy.id,
    version: policy.version,
  };
}
