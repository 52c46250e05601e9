// JL6: changes are dated and shown, come into force on their day and not before, and never touch what is held already.
import { afterEach, expect, test } from "vitest";
import { type Installation, install } from "../installation.ts";
import {
  analytics,
  count,
  dayFromNow,
  declare,
  keyFor,
  livingNotice,
  marketing,
  noticePath,
  rewrite,
  versionOf,
  visit,
  weaken,
} from "./ratchet-steps.ts";

let installation: Installation;
afterEach(() => installation.remove());

test("JL6 a declared change is not in force before its day, and the page says when; a clock before it changes nothing", async () => {
  installation = await install();
  const version = versionOf(noticePath(installation));
  await visit(installation, 3);
  const selling = await keyFor(installation, marketing);
  await installation.stop();
  weaken(installation);
  const weaker = versionOf(noticePath(installation));
  declare(installation, dayFromNow(2));
  await installation.start();
  expect(installation.log()).toContain(`comes into force on ${dayFromNow(2)}`);
  const shown = await livingNotice(installation);
  expect(shown.version).toBe(version);
  expect(shown.waiting).toEqual({ version: weaker, verdict: "less protective", effective: dayFromNow(2) });
  const page = await (await fetch(`${installation.url}/notices/exam`)).text();
  expect(page).toMatch(new RegExp(`class="banner"[^]*comes into force on[^]*${dayFromNow(2)}`));
  await visit(installation, 1);
  expect((await count(installation, selling)).status).toBe(403);
  expect((await livingNotice(installation)).held.map((held) => held.version)).toEqual([version]);
});

test("JL6 an equivalent change and a more protective one are in force at once, dated, and old rows go on being answered", async () => {
  installation = await install();
  const first = versionOf(noticePath(installation));
  await visit(installation, 3);
  const key = await keyFor(installation, analytics);
  await installation.stop();
  rewrite(noticePath(installation), "title: Privacy notice of", "title: The privacy notice of");
  await installation.start();
  const before = Date.now();
  const second = await livingNotice(installation);
  expect(second.version).toBe(versionOf(noticePath(installation)));
  expect(second.version).not.toBe(first);
  expect(second.waiting).toBeNull();
  expect(before - Date.parse(second.inForceSince)).toBeLessThan(60_000);
  await visit(installation, 2);
  expect(await count(installation, key)).toMatchObject({ pageviews: 5, notUsed: [] });
  await installation.stop();

  // Browsers are no longer collected: what is held of them is no longer used either, and the server does not mind.
  rewrite(noticePath(installation), "operating system, browser, country]", "operating system, country]");
  await installation.start();
  const third = await livingNotice(installation);
  expect(third.history.map((each) => each.version)).toEqual([third.version, second.version, first]);
  expect(await count(installation, key)).toMatchObject({ pageviews: 5, notUsed: [] });
  expect((await count(installation, key, { dimensions: ["visit:browser"] })).status).toBe(403);
  expect(await count(installation, key, { dimensions: ["visit:os"] })).toMatchObject({ pageviews: 5 });
});

test("JL6 what a newer version collects is not read out of rows of an older one that declared less", async () => {
  installation = await install({ start: false });
  rewrite(noticePath(installation), "operating system, browser, country]", "operating system, country]");
  await installation.start();
  const version = versionOf(noticePath(installation));
  await visit(installation, 3);
  const key = await keyFor(installation, analytics);
  await installation.stop();
  rewrite(noticePath(installation), "operating system, country]", "operating system, browser, country]");
  declare(installation, dayFromNow(0));
  await installation.start();
  await visit(installation, 2);
  const byBrowser = await count(installation, key, { dimensions: ["visit:browser"] });
  expect(byBrowser).toMatchObject({ pageviews: 2, notUsed: [{ rows: 3, version, reason: "undeclared data" }] });
  expect(await count(installation, key, { dimensions: ["visit:os"] })).toMatchObject({ pageviews: 5, notUsed: [] });
});

test("JL6 a change without its banner would be found: the page of a changed notice opens with what changed and when, an unchanged one with none", async () => {
  installation = await install({ args: ["--test-clock"] });
  const page = async (nowMs = Date.now()): Promise<string> => {
    const headers = { "x-avow-now": new Date(nowMs).toISOString() };
    return (await fetch(`${installation.url}/notices/exam`, { headers })).text();
  };
  expect(await page()).not.toMatch(/class="banner"/);
  const version = versionOf(noticePath(installation));
  await installation.stop();
  weaken(installation);
  declare(installation, dayFromNow(0));
  await installation.start();
  const banner = /class="banner"[^]*?<\/div>[^]*<h1>/.exec(await page())?.[0] ?? "";
  expect(banner).toContain("This notice changed on");
  expect(banner).toContain(`datetime="${dayFromNow(0)}`);
  expect(banner).toContain("less protective than version");
  expect(banner).toContain(version);
  expect(banner).toContain("marketing");
  // Another start does not take it away; a month does.
  await installation.stop();
  await installation.start();
  expect(await page()).toContain("This notice changed on");
  expect(await page(Date.now() + 29 * 86_400_000)).toContain("This notice changed on");
  expect(await page(Date.now() + 31 * 86_400_000)).not.toContain("This notice changed on");
});
