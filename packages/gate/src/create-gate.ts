// The gate over the notices being served: actors bound to purposes, coverage of hosts, evidence.
import type { Policy } from "@avow/policy";
import { createActor } from "./actor.ts";
import { type AdmissionCache, createAdmissionCache } from "./admission-cache.ts";
import type { Gate } from "./contract.ts";
import { coveringPolicies, declaresNothingStored } from "./coverage.ts";
import { outsideSentence } from "./outside.ts";
import { createTallies } from "./tallies.ts";

/** `nowMs` gives epoch milliseconds, for the time of the latest evidence. */
export function createGate(policies: readonly Policy[], { nowMs }: { readonly nowMs: () => number }): Gate {
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const served = [...policies];
  const tallies = createTallies(nowMs);
  const caches = new Map<string, AdmissionCache>();
  const cacheOf = (policyId: string, purposes: readonly string[]): AdmissionCache => {
    const key = JSON.stringify([policyId, ...purposes]);
    const cache = caches.get(key) ?? createAdmissionCache();
    caches.set(key, cache);
    return cache;
  };
  const somewhereNothing = served.some((policy) => policy.covers.some((covered) => covered.stores === "nothing"));

  return {
    policies: () => served,
    policy: (id) => byId.get(id),
    covering: (host) => orElse([], () => coveringPolicies(served, host)),
    // A fault in reading what a notice covers must not let anything be stored.
    storesNothing: (host) => somewhereNothing && orElse(true, () => declaresNothingStored(served, host)),
    outside: (host) => outsideSentence(host),
    actor(credential, policyId) {
      return createActor(policyId, byId.get(policyId), credential, tallies, cacheOf(policyId, credential.purposes));
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
