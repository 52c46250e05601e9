// A table as `avow types --table` writes it, for the tests beside the source.
import type { ProgramFeature, ProgramTable } from "@avow/policy";

export function testFeature(id: string, rest: Partial<ProgramFeature> = {}): ProgramFeature {
  const host = rest.contacts?.[0]?.hosts ?? [`${id}.example`];
  return {
    id,
    does: `fetches ${id}`,
    contacts: [{ id, name: `Service of ${id}`, does: "serves it", hosts: host, holds: "stores", sees: ["IP address"] }],
    sends: ["IP address"],
    for: ["fetching news"],
    declaration: `declaration of ${id}`,
    ...rest,
  };
}

export function testTable(...features: readonly ProgramFeature[]): ProgramTable {
  return { notice: "exam", title: "Exam", version: "1".repeat(64), contact: "privacy@exam.example", features };
}
