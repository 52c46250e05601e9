// The facts that go with a letter that declines, each from the notice and with its clause.
import type { Policy } from "../model/policy.ts";

export interface Fact {
  readonly about: string;
  readonly says: string;
  readonly clause?: string;
}

/** Head first, then every clause in page order under its heading. */
export function factSheet(policy: Policy): readonly Fact[] {
  const { controller, covers, notice } = policy;
  const hosts = covers.map(({ host, stores }) => (stores === "nothing" ? `${host} (stores nothing)` : host));
  const installed = Object.entries(notice.installed).map(([method, names]) => `${method}: ${names.join(", ")}`);
  const all = clausesOf(policy);
  return [
    { about: "Who answers for the notice", says: `${controller.name}, ${controller.contact}` },
    { about: "Who is responsible for a service that runs the software", says: "whoever operates it" },
    { about: "What the notice covers", says: hosts.length === 0 ? "no host" : hosts.join(", ") },
    ...(installed.length === 0 ? [] : [{ about: "Packages it covers", says: installed.join("; ") }]),
    ...all.map(({ section, sentence, id }): Fact => ({ about: section, says: sentence, clause: id })),
  ];
}

function clausesOf(policy: Policy): Policy["clauses"] {
  return [...policy.clauses, ...(policy.parent === undefined ? [] : clausesOf(policy.parent))];
}
