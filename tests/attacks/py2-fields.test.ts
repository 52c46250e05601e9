// PY2: what a record carries beyond the declared fields is dropped and counted; the declared part is kept.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, ask, createKey, install, sendEvent } from "../installation.ts";
import { findText } from "./disk-witness.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await install();
}, 60_000);
afterAll(() => installation.remove());

test("PY2 undeclared fields of an event are dropped and counted, declared ones kept", async () => {
  const canary = "Undeclared5d8wField";
  const reply = await sendEvent(installation, {
    u: "https://exam.example/declared-page-canary",
    p: { name: canary, email: `${canary}@mail.example` },
    city: canary,
    e_mail: `${canary}@mail.example`,
    biography: canary,
  });
  expect(reply.status).toBe(202);

  const key = createKey(installation);
  const stored = await ask(installation, key, { dimensions: ["event:page"], metrics: ["pageviews"] });
  expect(await stored.json()).toMatchObject({ results: [{ dimensions: ["/declared-page-canary"], metrics: [1] }] });
  expect(findText(installation.data, "declared-page-canary").length).toBeGreaterThan(0);
  expect(findText(installation.data, canary)).toEqual([]);

  const notice = (await (
    await fetch(`${installation.url}/notices/exam`, { headers: { accept: "application/json" } })
  ).json()) as {
    sections: { clauses: { id: string }[] }[];
  };
  const clause = notice.sections.flatMap((section) => section.clauses).find((each) => each.id === "web-traffic");
  expect(JSON.stringify(clause)).toContain("undeclared data");
});

test("PY2 a dimension the notice does not declare cannot be asked for", async () => {
  const key = createKey(installation);
  const refused = await ask(installation, key, { dimensions: ["visit:city"] });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.status).toBeLessThan(500);
  expect((await ask(installation, key, { dimensions: ["visit:country"] })).status).toBe(200);
});
