// How sets of data compare: every datum, with all that is below it, lies under one of the limit's (held together is more than apart).
import type { TermRelation } from "../term-relation.ts";

export function isDataAtOrBelow(data: readonly string[], limit: readonly string[], terms: TermRelation): boolean {
  return data.every((each) => isDatumBelow(each, limit, terms));
}

export function isDatumBelow(datum: string, limit: readonly string[], terms: TermRelation): boolean {
  return terms.frontier("data", datum).every((each) => {
    const above = terms.above("data", each);
    return limit.some((term) => above.has(term));
  });
}
