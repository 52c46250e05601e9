// Which notices speak for a host, nearest first: a notice of its own before the one above it (clauses.md JP4, JP5, JP6).
import { type Covered, type Policy, coversHost } from "@avow/policy";

/** Longest matching host first; then the notice that stands below the others, by `addendum to` or `see also`. */
export function coveringPolicies(policies: readonly Policy[], host: string): readonly Policy[] {
  return policies
    .map((policy) => ({ policy, match: longestMatch(policy, host), depth: depthOf(policy, policies) }))
    .filter(({ match }) => match >= 0)
    .toSorted((a, b) => b.match - a.match || b.depth - a.depth)
    .map(({ policy }) => policy);
}

/** True when the most exact declaration any notice makes for the host says that nothing is stored for it. */
export function declaresNothingStored(policies: readonly Policy[], host: string): boolean {
  let longest = -1;
  let stores = true;
  for (const covered of policies.flatMap((policy) => matching(policy, host))) {
    const exactness = exactnessOf(covered);
    // Of equally exact declarations the one that stores nothing wins: a doubt never permits.
    if (exactness < longest || (exactness === longest && !stores)) continue;
    longest = exactness;
    stores = covered.stores !== "nothing";
  }
  return !stores;
}

function matching(policy: Policy, host: string): readonly Covered[] {
  return policy.covers.filter((covered) => coversHost({ covers: [covered] }, host));
}

/** A host named outright is more exact than any wildcard, a longer wildcard more than a shorter. */
function exactnessOf({ host }: Covered): number {
  return host.startsWith("*.") ? host.length : Number.MAX_SAFE_INTEGER;
}

function longestMatch(policy: Policy, host: string): number {
  return matching(policy, host).reduce((longest, covered) => Math.max(longest, exactnessOf(covered)), -1);
}

/** How many notices stand above this one. A notice counts once, so that a circle of `see also` ends. */
function depthOf(policy: Policy, policies: readonly Policy[]): number {
  const above = new Set<Policy>([policy]);
  for (const each of above) {
    if (each.parent !== undefined) above.add(samePolicy(policies, each.parent));
    for (const other of policies) if (namesAsItsOwn(other, each)) above.add(other);
  }
  return above.size - 1;
}

/** A parent is compiled into its child; it is the same notice as the one served on its own. */
function samePolicy(policies: readonly Policy[], parent: Policy): Policy {
  return policies.find((each) => each.id === parent.id) ?? parent;
}

function namesAsItsOwn(general: Policy, own: Policy): boolean {
  return (
    general !== own &&
    general.notice.seeAlso.some((path) => resolvePath(general.notice.path, path) === resolvePath("", own.notice.path))
  );
}

/** `notices/jupyter/notice.yaml` and `../jupyterlab/notice.yaml` → `notices/jupyterlab/notice.yaml`. */
function resolvePath(from: string, path: string): string {
  const parts: string[] = path.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "." || (part === "" && parts.length > 0)) continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
