// A person visits pages measured by our tracker, by both official npm trackers and by Plausible's script tags; the bulletin and the living notice show it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, ask, avow, createKey, install } from "../installation.ts";
import { journey, launch, personOf } from "./browser.ts";
import { bundle } from "./bundle.ts";
import { type Site, htmlPage, serveSite } from "./site-server.ts";

const domain = "exam.example";
let installation: Installation;
let site: Site;
let browser: Browser;
let key = "";
const scripts = new Map<string, string>();

/** The snippet as Plausible prints it, with our host. */
const snippet = (id: string): string => `<script async src="${installation.url}/js/pa-${id}.js"></script>
<script>
  window.plausible=window.plausible||function(){(plausible.q=plausible.q||[]).push(arguments)},plausible.init=plausible.init||function(i){plausible.o=i||{}};
  plausible.init()
</script>`;

const tag = (src: string): string => `<script defer data-domain="${domain}" src="${installation.url}${src}"></script>`;

/** Every page of the measured site: how it is measured stands in its path. */
function pageAt(path: string, scriptId: string): string | undefined {
  const heads: Readonly<Record<string, string>> = {
    "/own": tag("/js/script.js"),
    "/own-router": tag("/js/script.js"),
    "/hash": tag("/js/script.hash.js"),
    "/tag": tag("/js/script.outbound-links.js"),
    "/tag-old": tag("/js/plausible.js"),
    "/snippet": snippet(scriptId),
    "/npm-new": '<script defer src="/npm-new.js"></script>',
    "/npm-old": '<script defer src="/npm-old.js"></script>',
    "/more": tag("/js/script.outbound-links.file-downloads.tagged-events.engagement.js"),
    "/nothing": "",
  };
  const head = heads[path];
  return head === undefined ? scripts.get(path) : htmlPage(path.slice(1), head);
}

interface Listed {
  readonly domain: string;
  readonly scriptId: string;
}

async function visit(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  const answered = page.waitForResponse((reply) => reply.url().endsWith("/api/event"));
  await page.goto(`http://${domain}${path}`);
  const reply = await answered;
  expect(reply.status(), path).toBe(202);
  expect(await reply.headerValue("x-plausible-dropped"), path).toBeNull();
  return page;
}

const pagesCounted = async (): Promise<Readonly<Record<string, number>>> => {
  const reply = await ask(installation, key, { metrics: ["pageviews"], dimensions: ["event:page"] });
  const { results } = (await reply.json()) as { results: { dimensions: [string]; metrics: [number] }[] };
  return Object.fromEntries(results.map(({ dimensions, metrics }) => [dimensions[0], metrics[0]]));
};

/** What a page left on the person's device. */
async function left(context: BrowserContext, page: Page): Promise<object> {
  const stored = await page.evaluate(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: "caches" in window ? (await caches.keys()).length : 0,
  }));
  return { ...stored, cookies: (await context.cookies()).length };
}
const nothing = { cookie: "", local: 0, session: 0, databases: 0, caches: 0, cookies: 0 };

journey("trackers in a real browser", () => {
  beforeAll(async () => {
    installation = await install({ start: false });
    // Events of the page's own, their properties and how far pages are read are declared too.
    const notice = join(installation.notices, "exam", "notice.yaml");
    const text = readFileSync(notice, "utf8");
    const more = text.replace(/visit duration/, "visit duration, scroll depth, custom event, custom property");
    expect(more).not.toBe(text);
    writeFileSync(notice, more);
    const added = avow(
      "site",
      "add",
      domain,
      "--notice",
      "exam",
      "--data",
      installation.data,
      "--notices",
      installation.notices,
      "--public",
    );
    expect(added.code, added.err).toBe(0);
    const listed = avow("site", "rules", domain, "--prop", "url", "--prop", "plan", "--data", installation.data);
    expect(listed.code, listed.err).toBe(0);
    await installation.start();
    key = createKey(installation);
    const { sites } = JSON.parse(avow("site", "list", "--json", "--data", installation.data).out) as {
      sites: Listed[];
    };
    const scriptId = sites.find((each) => each.domain === domain)?.scriptId ?? "";
    const endpoint = `${installation.url}/api/event`;
    scripts.set(
      "/npm-new.js",
      await bundle(
        `import { init } from "@plausible-analytics/tracker"; init({ domain: "${domain}", endpoint: "${endpoint}", captureOnLocalhost: true, outboundLinks: true, customProperties: { plan: "small" } });`,
      ),
    );
    scripts.set(
      "/npm-old.js",
      await bundle(
        `import Plausible from "plausible-tracker"; Plausible({ domain: "${domain}", apiHost: "${installation.url}", trackLocalhost: true }).enableAutoPageviews();`,
      ),
    );
    site = await serveSite((path) => pageAt(path, scriptId));
    browser = await launch({ [domain]: site.port });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await installation?.remove();
  });

  test("our tracker counts the page and leaves nothing on the device", async () => {
    const context = await personOf(browser, { person: 1 });
    const page = await visit(context, "/own");
    expect(await left(context, page)).toEqual(nothing);
    expect(await pagesCounted()).toMatchObject({ "/own": 1 });
    // Positive control: the same look sees what a page does leave.
    await page.evaluate(() => {
      document.cookie = "a=b";
      localStorage.setItem("a", "b");
    });
    expect(await left(context, page)).not.toEqual(nothing);
    await context.close();
  });

  test("our tracker counts the pages of a router, and those of a hash router by their fragment", async () => {
    const context = await personOf(browser, { person: 2 });
    const page = await visit(context, "/own-router");
    const second = page.waitForResponse((reply) => reply.url().endsWith("/api/event"));
    await page.evaluate(() => history.pushState({}, "", "/own-router/second"));
    await second;
    await visit(context, "/hash#/inbox");
    expect(await pagesCounted()).toMatchObject({ "/own-router": 1, "/own-router/second": 1 });
    await context.close();
  });

  test("our tracker sends nothing where the browser says no", async () => {
    const context = await personOf(browser, { person: 3 });
    await context.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
    const page = await context.newPage();
    const sent: string[] = [];
    page.on("request", (request) => sent.push(new URL(request.url()).pathname));
    await page.goto(`http://${domain}/own`, { waitUntil: "networkidle" });
    expect(sent).toContain("/js/script.js");
    expect(sent).not.toContain("/api/event");
    await context.close();
  });

  test.each([
    ["Plausible's script tag", "/tag"],
    ["Plausible's oldest script tag", "/tag-old"],
    ["Plausible's newer snippet", "/snippet"],
    ["@plausible-analytics/tracker, unmodified", "/npm-new"],
    ["plausible-tracker, unmodified", "/npm-old"],
  ])("%s is counted", async (_name, path) => {
    const context = await personOf(browser, { person: 4 });
    await visit(context, path);
    expect(await pagesCounted()).toMatchObject({ [path]: 1 });
    await context.close();
  });

  test.each([
    ["our larger tracker", "/more"],
    ["@plausible-analytics/tracker, unmodified", "/npm-new"],
  ])("%s tells of a link that leads away and of how the page was read, and all of it is kept", async (_name, path) => {
    const context = await personOf(browser, { person: path === "/more" ? 5 : 6 });
    const page = await visit(context, path);
    const sent: { readonly n: string; readonly dropped: string | null }[] = [];
    page.on("response", (reply) => {
      if (!reply.url().endsWith("/api/event")) return;
      const { n } = JSON.parse(reply.request().postData() ?? "{}") as { n: string };
      sent.push({ n, dropped: reply.headers()["x-plausible-dropped"] ?? null });
    });
    await page.evaluate(() => {
      const link = document.createElement("a");
      link.href = "https://elsewhere.example/away";
      link.textContent = "away";
      // The page is to stay: what is told of must not depend on leaving it.
      link.addEventListener("click", (event) => event.preventDefault());
      document.body.append(link);
      link.click();
      history.pushState({}, "", `${location.pathname}/second`);
    });
    await expect.poll(() => sent.map(({ n }) => n).toSorted(), { timeout: 10_000 }).toContain("engagement");
    const names = sent.map(({ n }) => n);
    if (path === "/more") expect(names).toContain("Outbound Link: Click");
    expect(sent.every(({ dropped }) => dropped === null)).toBe(true);
    await context.close();
  });

  test("the bulletin and the living notice show what was measured", async () => {
    // Enough people for a page to be shown, and enough elsewhere that nobody is found by subtraction.
    const look = async (person: number): Promise<void> => {
      const context = await personOf(browser, { person: 100 + person });
      await visit(context, person < 12 ? "/own" : "/tag");
      await context.close();
    };
    for (let first = 0; first < 24; first += 6) {
      await Promise.all(Array.from({ length: 6 }, (_, at) => look(first + at)));
    }
    const reader = await personOf(browser);
    const page = await reader.newPage();
    await page.goto(`${installation.url}/stats/${domain}`);
    const bulletin = await page.locator("main").innerText();
    expect(bulletin).toContain("/own");
    expect(bulletin).toMatch(/visitors/i);

    await page.goto(`${installation.url}/notices/exam`);
    await page.getByText("How, and check it").first().click();
    const notice = await page.locator("main").innerText();
    expect(notice).toContain("enforced");
    expect(notice).toMatch(/Your visit just now/i);
    expect(notice, "the clause's own counts, banded").toMatch(/permitted under it so far: (about \d|under \d)/i);
    expect(await left(reader, page), "our own pages leave nothing either").toEqual(nothing);
    await reader.close();
  });
});
