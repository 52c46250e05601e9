// JP4: the notice does not speak for hosts it does not cover; asked about one, it says whom to ask, never its own answer.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, install, root, sendEvent } from "../installation.ts";
import { join } from "node:path";

let installation: Installation;
beforeAll(async () => {
  installation = await install({ args: ["--notices", join(root, "notices")] });
}, 60_000);
afterAll(() => installation.remove());

const whose = async (url: string): Promise<{ status: number; body: string }> => {
  const reply = await fetch(`${installation.url}/whose?url=${encodeURIComponent(url)}`, {
    headers: { accept: "application/json" },
  });
  return { status: reply.status, body: await reply.text() };
};

test("JP4 asked about a foreign host: not covered, ask its operator; a covered one is answered with its notice", async () => {
  const covered = await whose("https://jupyter.org/try");
  expect(covered.status).toBe(200);
  expect(covered.body).toContain("jupyter");
  expect(covered.body).not.toContain("not covered");

  for (const url of [
    "https://colab.research.google.com/notebook",
    "https://jupyter.org.evil.example/",
    "https://notjupyter.org/",
    "https://user@hub.cloud.example:8000/jupyter.org",
  ]) {
    const foreign = await whose(url);
    const host = new URL(url).hostname;
    expect(foreign.body, url).toContain("not covered");
    expect(foreign.body, url).toContain(host);
    expect(foreign.body, url).toContain("operator");
    expect(foreign.body, `${url}: no notice answers for it`).not.toMatch(/"notice"\s*:\s*"/);
  }
});

test("JP4 an event for a site no notice covers is dropped and counted, never stored", async () => {
  const foreign = await sendEvent(installation, { d: "foreign.example", u: "https://foreign.example/" });
  expect(foreign.status).toBe(202);
  expect(foreign.headers.get("x-plausible-dropped")).toBe("1");
  const own = await sendEvent(installation, {});
  expect(own.headers.get("x-plausible-dropped")).toBeNull();
});
