// Shoots every page of a running installation in light, dark, phone and print, to be judged by eye: `node --conditions=source tests/journeys/looks/shoot.ts DIR`.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { startDemonstration } from "./demonstration.ts";

const chromiumPath = process.env["AVOW_CHROMIUM"] ?? "/usr/bin/chromium";
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const looks = [
  { name: "light", width: 1280, height: 900, colorScheme: "light", media: "screen" },
  { name: "dark", width: 1280, height: 900, colorScheme: "dark", media: "screen" },
  { name: "phone", width: 390, height: 844, colorScheme: "light", media: "screen" },
  { name: "print", width: 660, height: 960, colorScheme: "light", media: "print" },
] as const;

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly asOwner?: boolean;
  readonly open?: boolean;
}

export async function shoot(outDir: string, only?: string): Promise<readonly string[]> {
  if (!existsSync(chromiumPath)) throw new Error(`no Chromium at ${chromiumPath}; set AVOW_CHROMIUM`);
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const demonstration = await startDemonstration();
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...args] });
  try {
    const shots: readonly Shot[] = demonstration.shots;
    const made: string[] = [];
    for (const shot of shots.filter(({ name }) => only === undefined || name.includes(only))) {
      for (const look of looks) made.push(await one(browser, demonstration, shot, look, outDir));
    }
    return made;
  } finally {
    await browser.close();
    await demonstration.remove();
  }
}

async function one(
  browser: Browser,
  { url, cookie }: { readonly url: string; readonly cookie: string },
  shot: Shot,
  look: (typeof looks)[number],
  outDir: string,
): Promise<string> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.colorScheme,
    extraHTTPHeaders: { "x-forwarded-for": "203.0.113.77", ...(shot.asOwner === true ? { cookie } : {}) },
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  });
  const page = await context.newPage();
  await page.emulateMedia({ media: look.media, colorScheme: look.colorScheme });
  await page.goto(url + shot.path);
  if (shot.open === true)
    await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  const path = join(outDir, `${shot.name}-${look.name}.png`);
  await page.screenshot({ path, fullPage: true });
  if (look.name === "print") await page.pdf({ path: path.replace(/png$/, "pdf"), format: "A4" });
  await context.close();
  return path;
}

const [outDir, only] = process.argv.slice(2);
if (outDir !== undefined && import.meta.filename === process.argv[1]) {
  for (const path of await shoot(outDir, only)) console.log(path);
}
