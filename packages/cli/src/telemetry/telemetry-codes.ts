// Every mistake a declaration or a schema can have, by its stable code; each has a heading in docs/reference/telemetry-declaration.md.

export const telemetryCodes = [
  "telemetry-syntax",
  "telemetry-too-large",
  "telemetry-unknown-key",
  "telemetry-missing",
  "telemetry-bad-value",
  "schema-not-events",
  "schema-reserved-name",
  "schema-unreadable-part",
  "schema-recursive",
  "schema-contradictory",
  "schema-slow-pattern",
  "schema-loose",
  "event-undeclared",
  "field-undeclared",
  "field-unknown",
  "field-hidden",
  "category-unbound",
  "personal-data-bound",
  "likely-personal",
  "already-ended",
  "ends-far-away",
  "notice-does-not-permit",
] as const;
export type TelemetryCode = (typeof telemetryCodes)[number];
