// Before anything is answered: every column found in any store is accounted for by a notice (clauses.md PS14).
import { type Gate, createGate } from "@avow/gate/server";
import { occurrence } from "@avow/gate/telemetry-schema";
import type { Policy } from "@avow/policy";
import { type Events, type IsDeclared, type Records, type TelemetryStore, undeclaredColumns } from "@avow/store";
import { StartRefused } from "../start-refused.ts";
import { collector } from "./collector.ts";

/** @throws StartRefused naming table, column and remedy of each. */
export async function requireDeclaredColumns(
  records: Records,
  events: Events,
  gate: Gate,
  telemetry: Pick<TelemetryStore, "columns">,
): Promise<void> {
  const found = [...(await records.columns()), ...(await events.columns()), ...(await telemetry.columns())];
  const undeclared = undeclaredColumns(found, declaredBy([...gate.policies(), ...(await heldUnder(events, gate))]));
  if (undeclared.length === 0) return;
  const lines = undeclared.map(({ remedy }) => `  ${remedy}`);
  throw new StartRefused(`a stored column is declared by no notice\n${lines.join("\n")}`);
}

/** Policies of versions that rows are held under: what they declared may stay for as long as those rows do (clauses.md PS11). */
async function heldUnder(events: Events, gate: Gate): Promise<readonly Policy[]> {
  const served = new Set(gate.policies().map(({ version }) => version));
  const closed = (await events.closedDays()).flatMap(({ holdings }) => holdings);
  const versions = new Set([...(await events.held()), ...closed].map(({ version }) => version));
  return [...versions].filter((version) => !served.has(version)).flatMap((version) => gate.version(version) ?? []);
}

/** A data term counts as declared when a notice lets the collector hold it, be it by the word itself or a broader one. */
export function declaredBy(policies: readonly Policy[]): IsDeclared {
  const own = policies.find(({ id }) => id === "avow");
  const practices = new Set(own?.notice.practices.map(({ id }) => id));
  // Gates of their own: looking leaves no evidence of things that did not happen.
  const actors = policies.map((policy) => createGate([policy], { nowMs: () => 0 }).actor(collector, policy.id));
  return (kind, name) => {
    if (kind === "practice") return practices.has(name);
    // Of whoever runs a program, after a yes: not asked as page views are.
    if (name === occurrence)
      return policies.some(({ notice }) => notice.practices.some((each) => each.data.includes(name)));
    return actors.some(
      (actor) => actor.decide({ act: "hold", data: name, from: "visitor", form: "pseudonymous" }).allowed,
    );
  };
}
