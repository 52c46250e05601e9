// PY4: a purpose belongs to the credential; an analytics key that claims another is denied, with the clause.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, ask, avow, createKey, install, sendEvent } from "../installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await install();
}, 60_000);
afterAll(() => installation.remove());

test("PY4 an analytics key that claims `preventing fraud` is denied, with the clause; without the claim it is answered", async () => {
  const key = createKey(installation);
  await (await sendEvent(installation, {})).arrayBuffer();

  const allowed = await ask(installation, key, { dimensions: ["event:page"] });
  expect(allowed.status).toBe(200);
  expect(await allowed.json()).toMatchObject({ results: [{ dimensions: ["/"], metrics: [1, 1] }] });

  for (const claim of ["preventing fraud", "marketing", "no such purpose"]) {
    for (const [body, headers] of [
      [{ purpose: claim }, {}],
      [{}, { "x-avow-purpose": claim }],
    ] as const) {
      const denied = await ask(installation, key, { dimensions: ["event:page"], ...body }, headers);
      expect(denied.status, claim).toBe(403);
      const refusal = (await denied.json()) as Record<string, string>;
      expect(refusal["error"]).toContain("purpose");
      expect(refusal["clause"]).toBe("web-traffic");
      expect(refusal["contact"]).toContain("exam.example");
    }
  }
});

test("PY4 a key cannot be issued for a purpose the notice does not declare", () => {
  const refused = avow(
    "key",
    "create",
    "--site",
    "exam.example",
    "--data",
    installation.data,
    "--purpose",
    "preventing fraud",
  );
  expect(refused.code).not.toBe(0);
  expect(refused.out).toBe("");
  expect(refused.err).toContain("preventing fraud");
});
