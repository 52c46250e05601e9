// Before anything is answered: every column found in any store is accounted for by a notice (clauses.md PS14).
import { createGate } from "@avow/gate";
import type { Policy } from "@avow/policy";
import { type Events, type IsDeclared, type Records, undeclaredColumns } from "@avow/store";
import { StartRefused } from "../start-refused.ts";
import { collector } from "./collector.ts";

/** @throws StartRefused naming table, column and remedy of each. */
export async function requireDeclaredColumns(
  records: Records,
  events: Events,
  policies: readonly Policy[],
): Promise<void> {
  const found = [...(await records.columns()), ...(await events.columns())];
  const undeclared = undeclaredColumns(found, declaredBy(policies));
  if (undeclared.length === 0) return;
  const lines = undeclared.map(({ remedy }) => `  ${remedy}`);
  throw new StartRefused(`a stored column is declared by no notice\n${lines.join("\n")}`);
}

/** A data term counts as declared when a notice lets the collector hold it, be it by the word itself or a broader one. */
export function declaredBy(policies: readonly Policy[]): IsDeclared {
  const own = policies.find(({ id }) => id === "avow");
  const practices = new Set(own?.notice.practices.map(({ id }) => id));
  // A gate of its own: looking leaves no evidence of things that did not happen.
  const quiet = createGate(policies, { nowMs: () => 0 });
  const actors = policies.map(({ id }) => quiet.actor(collector, id));
  return (kind, name) => {
    if (kind === "practice") return practices.has(name);
    return actors.some(
      (actor) => actor.decide({ act: "hold", data: name, from: "visitor", form: "pseudonymous" }).allowed,
    );
  };
}
