// Makes docs/images/living-notice.png, the picture in the README, from a running installation: `npm run readme-image`.
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startDemonstration } from "./demonstration.ts";

const out = join(import.meta.dirname, "../../../docs/images/living-notice.png");
const executablePath = process.env["AVOW_CHROMIUM"] ?? "/usr/bin/chromium";
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const demonstration = await startDemonstration();
const browser = await chromium.launch({ executablePath, args });
try {
  const page = await browser.newPage({
    viewport: { width: 1120, height: 1000 },
    extraHTTPHeaders: { "x-forwarded-for": "203.0.113.77" },
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  });
  await page.goto(`${demonstration.url}/notices/example`);
  await page.screenshot({ path: out });
} finally {
  await browser.close();
  await demonstration.remove();
}
