// The protocol page names every step and every reason, in order, and nothing else.
// oxlint-disable-next-line no-restricted-imports -- a test reads the page it compares with
import { readFileSync } from "node:fs";
import { fieldDrops, limits } from "@avow/gate/telemetry-schema";
import { expect, test } from "vitest";
import { batchSteps, eventSteps } from "./steps.ts";

const page = readFileSync(new URL("../../../../docs/reference/telemetry-protocol.md", import.meta.url), "utf8");

test("every step with its reasons", () => {
  const rows = [...batchSteps, ...eventSteps].map(({ name, drops }) =>
    `| ${name} | ${drops.join(", ")} |`.replace("|  |", "| |"),
  );
  const table = page.split("| step | drops |\n|---|---|\n")[1]?.split("\n\n")[0] ?? "";
  expect(table.split("\n")).toEqual(rows);
});

test("every reason for a field, and every limit", () => {
  expect(page).toContain(`Fields are dropped one by one: ${fieldDrops.join(", ")}.`);
  const { textLength, eventLength, batchBytes } = limits;
  for (const figure of [textLength, eventLength, batchBytes]) expect(page).toContain(figure.toLocaleString("en"));
  for (const figure of [limits.listLength, limits.batchEvents]) expect(page).toContain(String(figure));
});
