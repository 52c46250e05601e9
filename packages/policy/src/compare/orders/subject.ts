// How subjects compare: broader is greater. The narrow one is a witness: itself alone, not what is below it.
import type { TermRelation } from "../term-relation.ts";

export function isSubjectAtOrBelow(witness: string, limit: string, terms: TermRelation): boolean {
  return terms.above("subject", witness).has(limit);
}
