// JP11: other questions go to a named body: contact on every page and in every refusal; a notice without one fails its check.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, ask, avow, createKey, install } from "../installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await install();
}, 60_000);
afterAll(() => installation.remove());

test("JP11 remove the contact: the check fails at its place; with it the check is clean", () => {
  const path = join(installation.notices, "exam", "notice.yaml");
  const whole = readFileSync(path, "utf8");
  expect(avow("check", path).code).toBe(0);
  const copy = join(installation.dir, "notice.yaml");
  writeFileSync(copy, whole.replace(/, contact: [^}]+/, " "));
  expect(readFileSync(copy, "utf8")).not.toBe(whole);
  const checked = avow("check", copy);
  expect(checked.code).toBe(1);
  expect(checked.out + checked.err).toMatch(/notice\.yaml:4:\d+: missing-contact: /);
});

test("JP11 every refusal carries the contact, every page shows it", async () => {
  const key = createKey(installation);
  const refusals = [
    await ask(installation, key, { purpose: "marketing" }),
    await ask(installation, key, { dimensions: ["visit:city"] }),
    await fetch(`${installation.url}/whose?url=https://foreign.example/`, { headers: { accept: "application/json" } }),
  ];
  for (const refusal of refusals) expect(await refusal.text(), refusal.url).toContain("contact");

  for (const path of [
    "/",
    "/notices/exam",
    "/notices/avow",
    "/stats/exam.example",
    "/whose",
    "/no/such/page",
    "/sign-in",
  ]) {
    const page = await fetch(installation.url + path, { headers: { accept: "text/html" } });
    const text = await page.text();
    expect(text, path).toMatch(/contact|questions:/i);
    expect(text, path).toMatch(/mailto:|https:\/\//);
  }
});
