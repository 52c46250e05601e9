// One credential acting under one policy: decides, admits, counts. Never throws; an internal fault denies.
import type { Decision, Policy } from "@avow/policy";
import type { AdmissionCache, Manner } from "./admission-cache.ts";
import { admit, decisionCounter } from "./admit.ts";
import { answer, faultOf } from "./answer.ts";
import type { Actor, Admission, Ask, Credential } from "./contract.ts";
import { changesClause, decideHeld, type OpenVersion } from "./ratchet.ts";
import type { RatchetMemory } from "./ratchet-memory.ts";
import type { Tallies } from "./tallies.ts";

/** What actors of the same purposes under the same policy share, and where versions are opened again. */
export interface Remembered {
  readonly cache: AdmissionCache;
  readonly memory: RatchetMemory;
  readonly open: OpenVersion;
}

/** `policy` is undefined for an id the gate does not hold: everything is then outside the notice. */
export function createActor(
  policyId: string,
  policy: Policy | undefined,
  credential: Credential,
  tallies: Tallies,
  { cache, memory, open }: Remembered,
): Actor {
  // Copied, so that whoever holds the credential cannot give it a purpose afterwards.
  const purposes = [...credential.purposes];
  const version = policy?.version ?? "";

  const decideCounted = (ask: Ask): Decision => {
    if (policy === undefined) return outsideOf(policyId);
    return answer(policy, purposes, ask);
  };

  return {
    decide(ask) {
      let decision: Decision;
      try {
        decision = decideCounted(ask);
      } catch {
        decision = faultOf(policyId, version);
      }
      tallies.bump(decisionCounter(decision, tallies));
      return decision;
    },
    decideHeld(ask, held) {
      try {
        if (policy === undefined) return outsideOf(policyId);
        const decision = memory.decided(ask, held, () => decideHeld(policy, open, purposes, ask, held));
        // What the ratchet lets pass is counted where it is decided by the current policy; what it stops is its evidence.
        if (!decision.allowed)
          tallies.bump(tallies.counter(policyId, changesClause(policy), "refused", decision.reason));
        return decision;
      } catch {
        return faultOf(policyId, version);
      }
    },
    admit(from, terms, answers) {
      try {
        if (policy === undefined) return nothingOf(terms, outsideOf(policyId));
        const manner = mannerOf(from, answers);
        let found = cache.find(manner, terms);
        if (found === undefined) {
          found = admit(policy, purposes, manner, terms, tallies);
          cache.keep(manner, terms, found);
        }
        for (const counter of found.counters) tallies.bump(counter);
        return found.admission;
      } catch {
        const fault = faultOf(policyId, version);
        tallies.bump(decisionCounter(fault, tallies));
        return nothingOf(terms, fault);
      }
    },
  };
}

function mannerOf(from: string, answers: Parameters<Actor["admit"]>[2]): Manner {
  return {
    from,
    answer: answers?.answer ?? "ask",
    signal: answers?.signal === true,
    form: answers?.form ?? "raw",
  };
}

function outsideOf(policyId: string): Decision {
  return { allowed: false, reason: "outside the notice", notice: policyId, version: "" };
}

function nothingOf(terms: readonly string[], decision: Decision): Admission {
  const dropped = Array.isArray(terms) ? [...terms] : [];
  return { decision, version: decision.version, kept: [], dropped };
}
