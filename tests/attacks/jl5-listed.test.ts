// JL5: whoever is on no list gets nothing, and a service whose practices are unknown is shown as unknown, never as harmless.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Installation, avow, install, root } from "../installation.ts";

let installation: Installation;
afterEach(() => installation?.remove());

/** What the living notice says of each recipient, tags taken out. */
async function told(id: string): Promise<string> {
  const page = await (await fetch(`${installation.url}/notices/${id}`)).text();
  return page.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}

const pictures = "independent controller · your own machine contacts it · keeps what it gets";
const asked = ["--data", "IP address", "--from", "software user", "--for", "finding extensions", "--answer", "yes"];

test("JL5 a service on no list is refused, and one on the list is not", () => {
  const listed = avow("explain", "jupyterlab", ...asked, "--to", "github", "--json");
  expect(JSON.parse(listed.out)).toMatchObject({ decision: { allowed: true } });
  const strange = avow("explain", "jupyterlab", ...asked, "--to", "pictures-of-authors", "--json");
  expect(strange.code).toBe(1);
  expect(JSON.parse(strange.out)).toMatchObject({
    decision: { allowed: false, reason: "undeclared recipient" },
  });
});

test("JL5 what a service logs is shown, and what is not known of it is shown as not stated", async () => {
  installation = await install({ start: false });
  const copy = join(installation.notices, "jupyterlab");
  cpSync(join(root, "notices/jupyterlab"), copy, { recursive: true });
  await installation.start();
  const before = await told("jupyterlab");
  // The control: what is stated is shown.
  expect(before).toContain(`GitHub serves pictures of authors. ${pictures} · sees IP address, user agent and page`);
  expect(before).toMatch(
    /unpkg serves files of extensions\. [^.]*whether it keeps anything is not stated · what it sees is not stated/,
  );
  expect(before).not.toMatch(/sees (?:none|nothing)|keeps (?:none|nothing)/i);
  await installation.stop();
  const path = join(copy, "notice.yaml");
  const text = readFileSync(path, "utf8");
  const silent = text.replaceAll(
    /\n\s+sees: \[IP address, user agent, page\], visible to us: no/g,
    "\n      visible to us: no",
  );
  expect(silent).not.toBe(text);
  writeFileSync(path, silent.replace("notice: jupyterlab", "notice: silent-lab"));
  await installation.start();
  const after = await told("silent-lab");
  expect(after).toContain(`GitHub serves pictures of authors. ${pictures} · what it sees is not stated`);
  expect(after).not.toMatch(/sees (?:none|nothing)/i);
});
