// PS1, of page views: what is kept of a visit is what is named, in its declared form, and gone when its time is over.
import { afterEach, expect, test } from "vitest";
import { openEvents } from "@avow/store";
import { type Installation, install, sendEvent } from "../installation.ts";
import { countBinaryAddresses, countTextAddresses, findText } from "./disk-witness.ts";

let installation: Installation;
afterEach(() => installation.remove());

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Rows as a server kept them some days ago, under the version it serves now. */
async function keptOn(day: string, page: string): Promise<void> {
  const notice = (await (await fetch(`${installation.url}/notices/exam.json`)).json()) as { version: string };
  await installation.stop();
  const events = await openEvents({ dir: installation.data });
  for (let visitor = 0; visitor < 3; visitor += 1) {
    await events.append({
      site: "exam.example",
      day,
      at: Date.parse(`${day}T12:00:00Z`) / 1000 + visitor,
      visitor: 281_000_000_000_001 % 2 ** 48,
      visit: visitor,
      name: "pageview",
      interactive: true,
      practice: "web-traffic",
      version: notice.version,
      dimensions: { page, country: "NL" },
    });
  }
  await events.close();
}

test("PS1 a record whose time is over is on no byte once a server has run", async () => {
  installation = await install();
  const canary = "/expired-record-canary";
  await keptOn(daysAgo(2), canary);
  // The positive control: it was there.
  expect(findText(installation.data, canary).length).toBeGreaterThan(0);
  await installation.start();
  await expect.poll(() => findText(installation.data, canary), { timeout: 20_000, interval: 200 }).toEqual([]);
});

test("PS1 a record whose time is not over stays", async () => {
  installation = await install();
  const canary = "/record-of-today-canary";
  await sendEvent(installation, { u: `https://exam.example${canary}` });
  await installation.stop();
  await installation.start();
  expect(findText(installation.data, canary).length).toBeGreaterThan(0);
});

test("PS1 the address and the user agent of a visit are on disk in no form; browser and system are, as names", async () => {
  installation = await install();
  const addresses = ["203.0.113.77", "203.0.113.78"];
  const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 AgentCanary7q";
  for (const address of addresses) {
    const headers = { "x-forwarded-for": address, "user-agent": agent };
    expect((await sendEvent(installation, { u: "https://exam.example/form-canary" }, headers)).status).toBe(202);
  }
  await installation.stop();
  expect(findText(installation.data, "form-canary").length).toBeGreaterThan(0);
  expect(findText(installation.data, "Firefox").length).toBeGreaterThan(0);
  expect(findText(installation.data, "AgentCanary7q")).toEqual([]);
  expect(findText(installation.data, "Gecko/20100101")).toEqual([]);
  expect(countTextAddresses(installation.data, addresses)).toBe(0);
  expect(countBinaryAddresses(installation.data, addresses)).toBe(0);
});
