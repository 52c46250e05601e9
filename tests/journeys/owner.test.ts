// The owner's way: the one-time link of the first start, a password, a private site that others cannot see, signing out and in.
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, install, sendEvent } from "../installation.ts";
import { journey, launch, personOf } from "./browser.ts";

const stats = "/stats/exam.example";
const owner = { name: "Ada", password: "a long enough passphrase" };
let installation: Installation;
let browser: Browser;
let desk: BrowserContext;
let stranger: BrowserContext;

const ownerLink = (): string => {
  const path = /\/owner\/claim\?token=[\w-]+/.exec(installation.log())?.[0];
  expect(path, `no owner link in:\n${installation.log()}`).toBeDefined();
  return installation.url + path;
};

async function sendForm(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`input[name="${name}"]:visible`).fill(value);
  await Promise.all([page.waitForEvent("load"), page.locator('input[name="password"]').press("Enter")]);
}

async function statusOf(context: BrowserContext, path: string): Promise<number> {
  const page = await context.newPage();
  const reply = await page.goto(installation.url + path);
  await page.close();
  return reply?.status() ?? 0;
}

journey("the owner in a real browser", () => {
  beforeAll(async () => {
    installation = await install();
    await (await sendEvent(installation, {})).arrayBuffer();
    browser = await launch();
    // Without script: nothing of the owner's way needs it.
    desk = await personOf(browser, { javaScriptEnabled: false });
    stranger = await personOf(browser);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await installation?.remove();
  });

  test("before anybody signs in a private site is nobody's to see", async () => {
    expect(await statusOf(stranger, stats)).toBeGreaterThanOrEqual(400);
  });

  test("a link with another token claims nothing", async () => {
    const page = await stranger.newPage();
    await page.goto(`${installation.url}/owner/claim?token=${"A".repeat(43)}`);
    if ((await page.locator('input[name="password"]').count()) > 0) await sendForm(page, owner);
    expect(await stranger.cookies()).toEqual([]);
    await page.close();
  });

  test("the printed link sets name and password, signs in, and shows the private site", async () => {
    const page = await desk.newPage();
    await page.goto(ownerLink());
    await sendForm(page, owner);
    expect(new URL(page.url()).pathname).toBe("/");
    const [cookie, ...others] = await desk.cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ httpOnly: true, path: "/" });
    expect(["Lax", "Strict"]).toContain(cookie?.sameSite);

    const reply = await page.goto(installation.url + stats);
    expect(reply?.status()).toBe(200);
    expect(await page.locator("main").innerText()).toMatch(/visitor/i);
    expect(await statusOf(stranger, stats)).toBeGreaterThanOrEqual(400);
    await page.close();
  });

  test("the link works once", async () => {
    const page = await stranger.newPage();
    await page.goto(ownerLink());
    if ((await page.locator('input[name="password"]').count()) > 0)
      await sendForm(page, { name: "Eve", password: owner.password });
    expect(await stranger.cookies()).toEqual([]);
    await page.close();
  });

  test("signing out ends it, a wrong password does not begin it, the right one does", async () => {
    const page = await desk.newPage();
    await page.goto(`${installation.url}/`);
    await Promise.all([page.waitForEvent("load"), page.locator('form[action="/sign-out"] button').click()]);
    expect(await desk.cookies()).toEqual([]);
    expect(await statusOf(desk, stats)).toBeGreaterThanOrEqual(400);

    await page.goto(`${installation.url}/sign-in`);
    await sendForm(page, { ...owner, password: "another long passphrase" });
    expect(await page.locator("main").innerText()).toMatch(/wrong/i);
    expect(await desk.cookies()).toEqual([]);

    await page.goto(`${installation.url}/sign-in`);
    await sendForm(page, owner);
    expect(await statusOf(desk, stats)).toBe(200);
    await page.close();
  });

  test("the owner opens the site to everybody, and closes it again", async () => {
    const page = await desk.newPage();
    for (const isSeen of [true, false]) {
      await page.goto(`${installation.url}/settings`);
      const button = page.locator('form[action="/sites/exam.example/visibility"] button');
      expect(await button.innerText()).toContain(isSeen ? "Make public" : "Make private");
      await Promise.all([page.waitForEvent("load"), button.click()]);
      // The server knows a site for a moment (house.ts, `site`), so the change holds within two seconds.
      const shown = async (): Promise<boolean> => (await statusOf(stranger, stats)) === 200;
      await expect.poll(shown, { timeout: 2000 }).toBe(isSeen);
    }
    await page.close();
  });

  test("after a restart the owner is still signed in and no new link is printed", async () => {
    await installation.stop();
    const before = installation.log().length;
    await installation.start();
    expect(installation.log().slice(before)).not.toContain("/owner/claim");
    expect(await statusOf(desk, stats)).toBe(200);
  });
});
