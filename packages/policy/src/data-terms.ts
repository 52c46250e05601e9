// Every data term a policy speaks of, read, held or sent, its parents' included.
import type { Policy } from "./model/policy.ts";

export function dataTerms(policy: Policy): readonly string[] {
  const own = policy.notice.practices.flatMap((each) => [...each.reads, ...each.data, ...each.sends]);
  return [...new Set([...own, ...(policy.parent === undefined ? [] : dataTerms(policy.parent))])];
}
