// A real Chromium found on the machine; a missing one is a named skip, or a failure under AVOW_REQUIRE_BROWSER=1.
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { describe } from "vitest";
import { ordinaryAgent } from "../installation.ts";

const places = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = places.find((path) => path !== undefined && existsSync(path));
const isRequired = process.env["AVOW_REQUIRE_BROWSER"] === "1";

/** A suite that needs the browser. */
export function journey(name: string, suite: () => void): void {
  if (executablePath !== undefined || isRequired) describe(name, suite);
  else describe.skip(`${name} (skipped: no Chromium on this machine; set CHROMIUM to its path)`, suite);
}

/** Where the browser is. @throws where a browser was required and there is none. */
export function executable(): string {
  if (executablePath === undefined)
    throw new Error("AVOW_REQUIRE_BROWSER=1, but there is no Chromium; set CHROMIUM to its path");
  return executablePath;
}

/** `hosts` says where host names lead, e.g. `{ "exam.example": 8081 }`: a port of this machine. */
export function launchArgs(hosts: Readonly<Record<string, number>> = {}): readonly string[] {
  const rules = Object.entries(hosts).map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`);
  return [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Trackers drop a browser that says it is driven; this one is to be measured as a person's.
    "--disable-blink-features=AutomationControlled",
    ...(rules.length === 0 ? [] : [`--host-resolver-rules=${rules.join(", ")}`]),
  ];
}

export async function launch(hosts: Readonly<Record<string, number>> = {}): Promise<Browser> {
  return chromium.launch({ executablePath: executable(), args: [...launchArgs(hosts)] });
}

/**
 * One person's browser: an ordinary User-Agent, because a headless one is a robot to the collector. `person` makes it
 * another's: the visitor is told by address and User-Agent, and everybody here has the same address.
 */
export async function personOf(
  browser: Browser,
  options: BrowserContextOptions & { readonly person?: number } = {},
): Promise<BrowserContext> {
  const { person = 0, ...rest } = options;
  return browser.newContext({
    userAgent: ordinaryAgent.replace("141.0.0.0", `141.0.${person}.0`),
    locale: "en-GB",
    ...rest,
  });
}
