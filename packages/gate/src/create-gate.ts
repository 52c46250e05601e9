// The gate over the notices being served: actors bound to purposes, coverage of hosts, evidence.
import type { Policy } from "@avow/policy";
import { type Remembered, createActor } from "./actor.ts";
import { createAdmissionCache } from "./admission-cache.ts";
import type { Gate } from "./contract.ts";
import { coveringPolicies, declaresNothingStored } from "./coverage.ts";
import { outsideSentence } from "./outside.ts";
import type { OpenVersion } from "./ratchet.ts";
import { createRatchetMemory } from "./ratchet-memory.ts";
import { createTallies } from "./tallies.ts";

export interface GateOptions {
  /** Epoch milliseconds, for the time of the latest evidence. */
  readonly nowMs: () => number;
  /** Opens archived versions, for data held under them; without it only the versions being served are known. */
  readonly openVersion?: OpenVersion;
}

export function createGate(policies: readonly Policy[], { nowMs, openVersion }: GateOptions): Gate {
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const served = [...policies];
  const tallies = createTallies(nowMs);
  const byVersion = new Map(served.map((policy) => [policy.version, policy]));
  const open: OpenVersion = (version) => byVersion.get(version) ?? openVersion?.(version);
  const shared = new Map<string, Remembered>();
  const sharedBy = (policyId: string, purposes: readonly string[]): Remembered => {
    const key = JSON.stringify([policyId, ...purposes]);
    const remembered = shared.get(key) ?? { cache: createAdmissionCache(), memory: createRatchetMemory(), open };
    shared.set(key, remembered);
    return remembered;
  };
  const somewhereNothing = served.some((policy) => policy.covers.some((covered) => covered.stores === "nothing"));

  return {
    policies: () => served,
    policy: (id) => byId.get(id),
    version: (version) => orElse(undefined, () => open(version)),
    covering: (host) => orElse([], () => coveringPolicies(served, host)),
    // A fault in reading what a notice covers must not let anything be stored.
    storesNothing: (host) => somewhereNothing && orElse(true, () => declaresNothingStored(served, host)),
    outside: (host) => outsideSentence(host),
    actor(credential, policyId) {
      return createActor(policyId, byId.get(policyId), credential, tallies, sharedBy(policyId, credential.purposes));
    },
    refused(notice, clause, reason, count = 1) {
      tallies.bump(tallies.counter(notice, clause, "refused", reason), count);
    },
    drain: () => tallies.drain(),
  };
}

function orElse<T>(fallback: T, compute: () => T): T {
  try {
    return compute();
  } catch {
    return fallback;
  }
}
