// How conditions compare: always over opt-out over opt-in, always over necessary, each ground alone; a feature is one more yes.
import type { Condition } from "../point.ts";

const below: Readonly<Record<string, readonly string[]>> = {
  always: ["opt-out", "opt-in", "necessary"],
  "opt-out": ["opt-in"],
};

export function isConditionAtOrBelow(condition: Condition, limit: Condition): boolean {
  if (condition.when !== limit.when && below[limit.when]?.includes(condition.when) !== true) return false;
  return limit.features.every((each) => condition.features.includes(each));
}
