// Refusals, made once each: a reason and the practice that came nearest.
import { type Table, makeDecision } from "../compile/table.ts";
import type { Decision, Reason } from "../model/policy.ts";

/** The refusal for a reason and a practice (-1: none), made once and then reused. */
export function refusal(table: Table, reason: Reason, practice: number): Decision {
  let made = table.refusals.get(reason);
  if (made === undefined) {
    made = [];
    table.refusals.set(reason, made);
  }
  const known = made[practice + 1];
  if (known !== undefined) return known;
  const nearest = table.practices[practice];
  const fresh = makeDecision(false, reason, nearest?.practice.id, nearest ?? table.owner);
  made[practice + 1] = fresh;
  return fresh;
}
