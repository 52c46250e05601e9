// Every public page in a browser without script and in one that refuses cookies (clauses.md PS2), and by keyboard alone.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, type Page, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, avow, install, root, sendEvent } from "../installation.ts";
import { executable, journey, launch, launchArgs, personOf } from "./browser.ts";
import { serveSite } from "./site-server.ts";

let installation: Installation;
let browser: Browser;

/** What people without an account can open, and a word each must show. */
const publicPages: readonly (readonly [path: string, status: number, shows: RegExp])[] = [
  ["/", 200, /notice/i],
  ["/notices/exam", 200, /your visit just now/i],
  ["/notices/avow", 200, /avow/i],
  ["/notices/pypi", 200, /not theirs/i],
  ["/stats/exam.example", 200, /visitors/i],
  ["/stats/exam.example?period=7d", 200, /visitors/i],
  ["/whose", 200, /whose|which notice/i],
  ["/whose?url=https://exam.example/", 200, /exam/i],
  ["/whose?url=https://foreign.example/", 404, /not covered/i],
  ["/sign-in", 200, /sign in/i],
  ["/no/such/page", 404, /questions: \S+/i],
];

async function open(page: Page, path: string): Promise<number> {
  const reply = await page.goto(installation.url + path);
  return reply?.status() ?? 0;
}

/** The forms of the public pages, filled in and sent as a person would. */
async function useForms(page: Page): Promise<void> {
  await open(page, "/whose");
  await page.locator('input[name="url"]').first().fill("https://exam.example/some/page");
  await page.locator('input[name="url"]').first().press("Enter");
  await page.waitForURL(/whose\?url=/);
  expect(await page.locator("main").innerText()).toMatch(/exam/i);

  await open(page, "/sign-in");
  await page.locator('input[name="name"]').fill("nobody");
  await page.locator('input[name="password"]').fill("not the password");
  await page.locator('input[name="password"]').press("Enter");
  await page.waitForURL(/sign-in/);
  expect(await page.locator("main").innerText()).toMatch(/wrong/i);
}

async function readEverything(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  for (const [path, status, shows] of publicPages) {
    expect(await open(page, path), path).toBe(status);
    expect(await page.locator("body").innerText(), path).toMatch(shows);
  }
  await useForms(page);
}

/** A browser whose owner has set it to refuse every cookie. */
async function withoutCookies(work: (context: BrowserContext) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "avow-profile-"));
  mkdirSync(join(profile, "Default"));
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable(),
    args: [...launchArgs()],
  });
  try {
    await work(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

journey("public pages in a real browser", () => {
  beforeAll(async () => {
    installation = await install({ start: false, args: ["--notices", join(root, "notices")] });
    const added = avow(
      "site",
      "add",
      "exam.example",
      "--notice",
      "exam",
      "--data",
      installation.data,
      "--notices",
      installation.notices,
      "--public",
    );
    expect(added.code, added.err).toBe(0);
    await installation.start();
    for (let n = 0; n < 20; n += 1) {
      const reply = await sendEvent(
        installation,
        { u: `https://exam.example/page-${n % 2}` },
        { "x-forwarded-for": `198.18.${n}.1` },
      );
      await reply.arrayBuffer();
    }
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await installation?.remove();
  });

  test("work, forms included, with JavaScript disabled", async () => {
    const context = await personOf(browser, { javaScriptEnabled: false });
    await readEverything(context);
    await context.close();
  });

  test("PS2 work, forms included, with cookies blocked", async () => {
    await withoutCookies(async (context) => {
      // Positive control: this browser does refuse cookies.
      const jar = await serveSite(() => "<!doctype html><title>jar</title>");
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${jar.port}/`);
      expect(await page.evaluate(() => ((document.cookie = "a=b"), document.cookie))).toBe("");
      await jar.close();

      await readEverything(context);
      expect(await context.cookies()).toEqual([]);
    });
  });

  test("set no cookie, keep nothing, ask no other host and break no policy of their own", async () => {
    const context = await personOf(browser);
    const page = await context.newPage();
    const complaints: string[] = [];
    const hosts = new Set<string>();
    page.on("console", (message) => {
      // A 404 asked for on purpose is in the console too; it is the status, not a mistake of the page.
      if (message.type() === "error" && !message.text().includes("404")) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    for (const [path] of publicPages) {
      await open(page, path);
      expect(await page.evaluate(() => localStorage.length + sessionStorage.length), path).toBe(0);
    }
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(installation.url).host]);
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });

  test.each(publicPages.map(([path]) => path))(
    "%s: every link, button and field is reached by Tab, in reading order, visibly",
    async (path) => {
      const context = await personOf(browser);
      const page = await context.newPage();
      await open(page, path);
      const expected = await page.evaluate(() => {
        const all = [
          ...document.querySelectorAll<HTMLElement>(
            "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']",
          ),
        ];
        const reachable = all.filter((each) => each.checkVisibility() && !each.matches(":disabled"));
        for (const [at, each] of reachable.entries()) each.dataset["order"] = String(at);
        return reachable.length;
      });
      expect(expected).toBeGreaterThan(0);
      const reached: string[] = [];
      const unmarked: string[] = [];
      // A date field has a stop for day, month and year and one for its calendar.
      for (let press = 0; press < expected * 4 && reached.length < expected; press += 1) {
        await page.keyboard.press("Tab");
        const focused = await page.evaluate(() => {
          const element = document.activeElement;
          if (!(element instanceof HTMLElement) || element === document.body) return undefined;
          return {
            order: element.dataset["order"] ?? element.tagName,
            isMarked: getComputedStyle(element).outlineStyle !== "none",
            text: element.textContent.trim().slice(0, 40),
          };
        });
        // Past the last one the browser's own controls are next.
        if (focused === undefined) break;
        if (reached.at(-1) === focused.order) continue;
        reached.push(focused.order);
        if (!focused.isMarked) unmarked.push(focused.text);
      }
      expect(reached).toEqual(Array.from({ length: expected }, (_, at) => String(at)));
      expect(unmarked).toEqual([]);
      await context.close();
    },
  );
});
