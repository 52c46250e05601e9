// JP6: a host declared `stores: nothing` is written for by no endpoint, and people are warned before they use it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, avow, install, ordinaryAgent, sendEvent } from "../installation.ts";
import { findText } from "./disk-witness.ts";

let installation: Installation;
const path = (): string => join(installation.notices, "free", "notice.yaml");

beforeAll(async () => {
  installation = await install({ start: false });
  // The same notice, but for one host it declares to store nothing.
  const exam = readFileSync(join(installation.notices, "exam", "notice.yaml"), "utf8");
  mkdirSync(join(installation.notices, "free"));
  const free = exam
    .replace(/^notice: exam$/m, "notice: free")
    .replace(
      /^covers: .*$/m,
      'covers: [free.example, { host: viewer.free.example, stores: nothing, caution: "Do not open sensitive documents here." }]',
    );
  writeFileSync(path(), free);
  await installation.start();
}, 60_000);
afterAll(() => installation.remove());

test("JP6 a site that stores nothing cannot be added for measuring; its neighbour can", () => {
  const refused = avow("site", "add", "viewer.free.example", "--notice", "free", "--data", installation.data);
  expect(refused.code).not.toBe(0);
  expect(refused.err).toMatch(/stores nothing|stores: nothing/);
  expect(avow("site", "add", "free.example", "--notice", "free", "--data", installation.data).code).toBe(0);
});

test("JP6 a canary through every endpoint, errors included, is on no byte", async () => {
  const canary = "Canary9f3kViewer";
  const control = "Control7h2mNeighbour";
  const headers = {
    "user-agent": `${ordinaryAgent} ${canary}`,
    referer: `https://viewer.free.example/${canary}`,
    cookie: `c=${canary}`,
  };
  const event = {
    d: "viewer.free.example",
    u: `https://viewer.free.example/${canary}`,
    r: `https://x.example/${canary}`,
    p: { note: canary },
  };
  const dropped = await sendEvent(installation, event, headers);
  expect(dropped.status).toBe(202);
  expect(dropped.headers.get("x-plausible-dropped")).toBe("1");
  // Measured as a page of the neighbour, the host itself still stores nothing.
  const smuggled = await sendEvent(installation, { ...event, d: "free.example" }, headers);
  expect(smuggled.headers.get("x-plausible-dropped")).toBe("1");

  const attempts: [string, RequestInit][] = [
    ["/api/event", { method: "POST", body: `{"d":"viewer.free.example","n":"${canary}"` }],
    ["/api/v2/query", { method: "POST", body: JSON.stringify({ site_id: "viewer.free.example", metrics: [canary] }) }],
    [`/whose?url=https://viewer.free.example/${canary}`, {}],
    [`/stats/viewer.free.example?page=/${canary}`, {}],
    [`/notices/free?${canary}`, {}],
    [`/${canary}`, {}],
    [
      "/sign-in",
      {
        method: "POST",
        body: `name=${canary}&password=${canary}`,
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
    ],
    [`/owner/${canary}`, {}],
  ];
  for (const [where, init] of attempts) {
    const reply = await fetch(installation.url + where, {
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string>) },
    });
    expect(reply.status, where).toBeLessThan(500);
    await reply.arrayBuffer();
  }
  // Positive control: the neighbour's page is stored, and the witness sees it.
  const kept = await sendEvent(installation, { d: "free.example", u: `https://free.example/${control}` });
  expect(kept.headers.get("x-plausible-dropped")).toBeNull();
  expect(findText(installation.data, control).length).toBeGreaterThan(0);
  expect(findText(installation.data, canary)).toEqual([]);
  expect(installation.log()).not.toContain(canary);
  await installation.stop();
  expect(findText(installation.data, canary)).toEqual([]);
  await installation.start();
});

test("JP6 a page of a host nobody's notice covers is not written in a neighbour's name, however it is spelt", async () => {
  const canary = "Canary4t8nForeign";
  for (const u of [
    `https://foreign.example/${canary}`,
    `https://notfree.example/${canary}`,
    `https://free.example.foreign.example/${canary}`,
    `https://free.example@foreign.example/${canary}`,
    `https://FOREIGN.example.:8443/${canary}`,
    `app://foreign.example/${canary}`,
    `//foreign.example/${canary}`,
  ]) {
    const reply = await sendEvent(installation, { d: "free.example", u });
    expect([reply.status, reply.headers.get("x-plausible-dropped")], u).toEqual([202, "1"]);
  }
  expect(findText(installation.data, canary)).toEqual([]);
  // Positive control: its own subdomain counts, and a host its owner lists.
  const control = "Control6w3pListed";
  const event = { d: "free.example", u: `https://foreign.example/${control}` };
  expect(
    (await sendEvent(installation, { ...event, u: `https://a.free.example/${control}` })).headers.get(
      "x-plausible-dropped",
    ),
  ).toBeNull();
  const listed = ["--host", "*free.example", "--host", "foreign.example"];
  expect(avow("site", "rules", "free.example", ...listed, "--data", installation.data).code).toBe(0);
  await expect
    .poll(async () => (await sendEvent(installation, event)).headers.get("x-plausible-dropped"), { timeout: 5_000 })
    .toBeNull();
  expect(findText(installation.data, control).length).toBeGreaterThan(0);
  // What stores nothing stays unwritten even where its owner lists it.
  const hidden = await sendEvent(installation, { d: "free.example", u: `https://viewer.free.example/${canary}` });
  expect(hidden.headers.get("x-plausible-dropped")).toBe("1");
  expect(findText(installation.data, canary)).toEqual([]);
});

test("JP6 the caution stands on the page; a notice without it is found by the check", async () => {
  const page = await (await fetch(`${installation.url}/notices/free`)).text();
  expect(page).toContain("Do not open sensitive documents here.");
  const copy = join(installation.dir, "notice.yaml");
  writeFileSync(copy, readFileSync(path(), "utf8").replace(/, caution: "[^"]+"/, ""));
  const checked = avow("check", copy);
  expect(checked.code).toBe(1);
  expect(checked.out + checked.err).toMatch(/caution/);
});
