// A compiled telemetry and the notice it belongs to, for the tests beside the source.
import type { CompiledField, CompiledTelemetry } from "@avow/gate/telemetry-schema";

const steward = { owner: "Lab", purpose: "usage statistics", expires: "2027-06-30", review: "https://lab.example/1" };
const field = (rest: Partial<CompiledField>): CompiledField => ({
  ...steward,
  categories: ["unrestricted"],
  data: "telemetry event",
  schema: true,
  ...rest,
});

export const savedId = "https://events.lab.example/saved/v1";
export const oldId = "https://events.lab.example/old/v1";

export const compiled: CompiledTelemetry = {
  avow: 1,
  telemetry: "lab",
  title: "What the lab counts",
  notice: "lab",
  policy: "1".repeat(64),
  feature: "telemetry",
  practice: "counting-use",
  from: "software user",
  collector: "https://telemetry.lab.example/api/telemetry",
  upload: { everyMs: 86_400_000, withinMs: 21_600_000 },
  openDays: 10,
  least: 3,
  categories: { unrestricted: "telemetry" },
  declarations: {},
  version: "2".repeat(64),
  events: {
    [savedId]: {
      ...steward,
      version: "1",
      title: "Saved",
      categories: ["unrestricted"],
      sample: 1,
      time: "day",
      countBy: ["action"],
      schema: true,
      fields: {
        action: field({ schema: { enum: ["save", "get"] } }),
        ms: field({ data: "performance metric", schema: { type: "number" }, expires: "2026-12-01" }),
        where: field({ data: "IP address", schema: { type: "string" } }),
        parts: field({ fields: { kind: field({ schema: { type: "string", maxLength: 5 } }) } }),
      },
    },
    [oldId]: {
      ...steward,
      expires: "2026-11-01",
      version: "1",
      title: "Old",
      categories: ["unrestricted"],
      sample: 1,
      time: "day",
      countBy: [],
      schema: true,
      fields: {},
    },
  },
};

export const notice = `avow: 1
notice: lab
title: Lab
controller: { name: Lab, contact: privacy@lab.example }
covers: [lab.example]
recipients:
  collector: { role: processor, name: Collector, does: counts, reached: directly, hosts: [telemetry.lab.example], holds: stores }
features:
  telemetry: { does: counts how you use it, needs: [collector], when: opt-in }
practices:
  - id: counting-use
    from: software user
    data: [telemetry event, performance metric]
    for: [usage statistics]
    when: opt-in
    basis: consent
    keep: { raw: 10 days, aggregate of 3: 25 months }
    to: [collector]
    needs: telemetry
page: [{ All: [counting-use, collector, telemetry] }]
`;
