// The ratchet: data already held is used only as the current policy and the one at collection both allow (clauses.md PS11, JL6).
import { type Decision, type Policy, type Request, decide } from "@avow/policy";
import { faultOf, notOwn } from "./answer.ts";
import type { Ask, Held, HeldDecision } from "./contract.ts";

/** Opens a version again; undefined for one that is unknown or unreadable. */
export type OpenVersion = (version: string) => Policy | undefined;

/** A second: what an event ends is denied at any age above none. */
const shortestDays = 1 / 86_400;
const longestDays = 1_000_000;

/**
 * Allowed when one of the credential's purposes is allowed by both policies: two purposes that one each allows are no use of it.
 * A yes of that person to a newer version puts that version in the place of the one at collection.
 */
export function decideHeld(
  current: Policy,
  open: OpenVersion,
  purposes: readonly string[],
  ask: Ask,
  held: Held,
): HeldDecision {
  const then = policyAt(current, open, held.version);
  if (then === undefined || !hasPractice(then, held.practice)) return unknownVersion(current.id, held.version);
  const agreed = held.agreed === undefined ? undefined : policyAt(current, open, held.agreed);
  const bound = agreed ?? then;
  const { for: claimed, ...rest } = ask;
  if (claimed !== undefined && !purposes.includes(claimed)) return notOwn(current, undefined);
  let nearest: Decision | undefined;
  for (const purpose of claimed === undefined ? purposes : [claimed]) {
    const asks: Both = [
      (ageDays) => decided(current, { ...rest, ...ageOf(ageDays), for: purpose }),
      (ageDays) => {
        const data = agreed === undefined ? (held.data ?? rest.data) : rest.data;
        return decided(bound, { ...rest, ...ageOf(ageDays), data, for: purpose });
      },
    ];
    const decision = byBoth(asks, undefined);
    if (decision.allowed) return ask.ageDays === undefined ? withMostDays(decision, asks) : decision;
    if (nearest === undefined || (nearest.clause === undefined && decision.clause !== undefined)) nearest = decision;
  }
  return nearest ?? notOwn(current, undefined);
}

type Both = readonly [current: (ageDays?: number) => Decision, atCollection: (ageDays?: number) => Decision];

function byBoth([current, atCollection]: Both, ageDays: number | undefined): Decision {
  const now = current(ageDays);
  if (!now.allowed) return now;
  const then = atCollection(ageDays);
  return then.allowed ? now : then;
}

/** Keeping is an initial segment of time, so the last day on which both allow it can be searched for. */
function withMostDays(decision: Decision, asks: Both): HeldDecision {
  // Each by itself: where an event ends it there is no day to name, and the other may still name one.
  const limits = asks.map(mostDaysOf).filter((days) => days !== undefined);
  return limits.length === 0 ? decision : { ...decision, mostDays: Math.min(...limits) };
}

function mostDaysOf(allows: (ageDays: number) => Decision): number | undefined {
  if (allows(longestDays).allowed || !allows(shortestDays).allowed) return undefined;
  let [least, most] = [shortestDays, longestDays];
  while (most - least > shortestDays) {
    const middle = (least + most) / 2;
    if (allows(middle).allowed) least = middle;
    else most = middle;
  }
  // Limits are whole hours; a search that stops a second short must not cost a row its last one.
  const hours = Math.round(least * 24);
  return Math.abs(hours / 24 - least) <= 2 * shortestDays ? hours / 24 : least;
}

function ageOf(ageDays: number | undefined): { readonly ageDays?: number } {
  return ageDays === undefined ? {} : { ageDays };
}

function decided(policy: Policy, request: Request): Decision {
  const decision = decide(policy, request);
  return decision.reason === "internal fault" ? faultOf(policy.id, policy.version) : decision;
}

function policyAt(current: Policy, open: OpenVersion, version: string): Policy | undefined {
  if (version === current.version) return current;
  const policy = open(version);
  // Whoever opens versions is believed in nothing: a policy is the one asked for, or none.
  return policy?.version === version ? policy : undefined;
}

function hasPractice(policy: Policy, practice: string | undefined): boolean {
  if (practice === undefined || policy.notice.practices.some(({ id }) => id === practice)) return true;
  return policy.parent !== undefined && hasPractice(policy.parent, practice);
}

export function unknownVersion(notice: string, version: string): Decision {
  return { allowed: false, reason: "held under an unknown version", notice, version };
}

/** The clause that promises it, for the evidence; the notice as a whole where none does. */
export function changesClause(policy: Policy): string {
  const own = policy.notice.promises.find(({ kind }) => kind === "changes");
  return own?.id ?? "";
}
