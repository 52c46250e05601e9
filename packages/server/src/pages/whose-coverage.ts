// What notices cover, as a gate over them says it: for the command, which answers `whose` without a server (clauses.md JP5, JP10).
import { createGate } from "@avow/gate/server";
import type { Coverage, Policy } from "@avow/policy";

export function coverageOf(policies: readonly Policy[]): Coverage {
  return createGate(policies, { nowMs: () => 0 });
}
