// JP10, JP5: who is responsible, by address and by way of installing: a table of questions, asked of a running server and of the command.
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, avow, install, root } from "../installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await install({ args: ["--notices", join(root, "notices")] });
}, 60_000);
afterAll(() => installation.remove());

interface Told {
  readonly status: number;
  readonly covered: boolean;
  readonly text: string;
  readonly likely?: string;
  readonly why: readonly string[];
  readonly ids: readonly string[];
  readonly contact?: string;
}

async function whose(asked: string): Promise<Told> {
  const reply = await fetch(`${installation.url}/whose?url=${encodeURIComponent(asked)}`, {
    headers: { accept: "application/json" },
  });
  const body = (await reply.json()) as {
    covered?: boolean;
    sentence?: string;
    error?: string;
    likely?: string;
    why?: string[];
    notices?: { id: string }[];
    contact?: string;
  };
  return {
    status: reply.status,
    covered: body.covered === true,
    text: body.sentence ?? body.error ?? "",
    why: body.why ?? [],
    ids: (body.notices ?? []).map(({ id }) => id),
    ...(body.likely === undefined ? {} : { likely: body.likely }),
    ...(body.contact === undefined ? {} : { contact: body.contact }),
  };
}

const foundation = "Python Software Foundation";
const jupyter = "Jupyter Executive Council";

/** What is asked, who is likely responsible, and the notices in their order. */
const covered: readonly (readonly [asked: string, likely: string, ids: readonly string[]])[] = [
  ["https://pypi.org/project/numpy/", foundation, ["pypi", "psf"]],
  ["PYPI.ORG.", foundation, ["pypi", "psf"]],
  ["https://pypi.org:8443/", foundation, ["pypi", "psf"]],
  ["https://user:secret@pypi.org/", foundation, ["pypi", "psf"]],
  ["https://evil.example@pypi.org/", foundation, ["pypi", "psf"]],
  ["https://www.python.org/about", foundation, ["python-org", "psf"]],
  ["wss://jupyter.org/socket", jupyter, ["jupyter"]],
  ["https://jupyterlab.readthedocs.io/en/latest/", "JupyterLab", ["jupyterlab", "jupyter"]],
  ["pip:jupyter", jupyter, ["jupyter"]],
  ["pip jupyterlab", "JupyterLab", ["jupyterlab", "jupyter"]],
  ["PIP:JupyterLab[extra]>=4", "JupyterLab", ["jupyterlab", "jupyter"]],
  ["conda:conda-forge::jupyterlab=4.1", "JupyterLab", ["jupyterlab", "jupyter"]],
  ["npm:@jupyterlab/application@4.2.0", "JupyterLab", ["jupyterlab", "jupyter"]],
  ["vendor:Python Software Foundation", foundation, ["psf", "pypi", "python-org"]],
  ["vendor:Jupyter Executive Council", "whoever operates the software for you", ["jupyter"]],
];

test.each(covered)("JP10 JP5 %s: likely %s, the nearest notice first", async (asked, likely, ids) => {
  const told = await whose(asked);
  expect(told.status).toBe(200);
  expect(told.likely).toBe(likely);
  expect(told.ids).toEqual(ids);
  expect(told.why.length, "says why").toBeGreaterThan(0);
  expect(told.contact).toBeDefined();
});

/** What is asked, and who is likely responsible instead. */
const foreign: readonly (readonly [asked: string, likely: string, text: RegExp])[] = [
  ["https://colab.research.google.com/notebook", "google.com", /ask colab\.research\.google\.com's operator/],
  ["https://jupyter.org@evil.example/", "evil.example", /ask evil\.example's operator/],
  ["https://pypi.org%2f@evil.example/", "evil.example", /ask evil\.example's operator/],
  ["https://pypi.org.evil.example/", "evil.example", /ask pypi\.org\.evil\.example's operator/],
  ["https://notpypi.org/", "notpypi.org", /ask notpypi\.org's operator/],
  ["https://sub.pypi.org/", "pypi.org", /ask sub\.pypi\.org's operator/],
  ["https://xn--pyp-ipa.org/", "xn--pyp-ipa.org", /ask xn--pyp-ipa\.org's operator/],
  ["https://pуpi.org/", "xn--ppi-dfd.org", /ask xn--ppi-dfd\.org's operator/],
  ["https://someone.github.io/lab/", "someone.github.io", /ask someone\.github\.io's operator/],
  ["http://127.0.0.1:8888/lab", "whoever runs the machine", /ask 127\.0\.0\.1's operator/],
  ["http://2130706433:8888/lab", "whoever runs the machine", /ask 127\.0\.0\.1's operator/],
  ["http://[::1]:8888/lab", "whoever runs the machine", /ask \[::1\]'s operator/],
  ["pip:notpackaged", "the publisher of notpackaged", /ask whoever publishes notpackaged/],
  ["pip:jupyterlab-evil", "the publisher of jupyterlab-evil", /ask whoever publishes/],
  ["npm:application", "the publisher of application", /ask whoever publishes/],
  ["npm:jupyterlab", "the publisher of jupyterlab", /ask whoever publishes/],
  ["vendor:Example Cloud", "Example Cloud", /ask Example Cloud/],
];

test.each(foreign)("JP10 JP4 %s: not covered, likely %s", async (asked, likely, text) => {
  const told = await whose(asked);
  expect([told.status, told.covered, told.ids]).toEqual([404, false, []]);
  expect(told.likely).toBe(likely);
  expect(told.text).toMatch(text);
  expect(told.why.length, "says why").toBeGreaterThan(0);
  expect(told.contact, "JP11 whom else to ask").toBeDefined();
});

test.each([
  "",
  "*.pypi.org",
  "javascript:alert(1)",
  "ftp://pypi.org/",
  "https://",
  "vendor:",
  "pip:../x",
  "pypi.org\u0000",
  "a".repeat(2001),
])("JP10 `%s` is nobody's address, package or vendor", async (asked) => {
  expect((await whose(asked)).status).toBe(400);
});

test("JP10 a way of installing alone does not tell: it says likely, why, and how to ask", async () => {
  const told = await whose("pip");
  expect(told.covered).toBe(false);
  expect(told.text).toMatch(/pip alone does not tell; likely/);
  expect(told.why.join(" ")).toMatch(/package index is pypi\.org .* Python Software Foundation/);
});

test("JP10 the page without script and the command say the same as the server says to programs", async () => {
  for (const asked of ["https://pypi.org/", "pip:jupyterlab", "https://colab.example.com/"]) {
    const told = await whose(asked);
    const page = await fetch(`${installation.url}/whose?url=${encodeURIComponent(asked)}`, {
      headers: { accept: "text/html" },
    });
    const html = (await page.text()).replaceAll("&#39;", "'");
    expect(page.status).toBe(told.status);
    expect(html.toLowerCase()).toContain(told.text.toLowerCase());
    expect(html).not.toContain("<script");
    const ran = avow("whose", asked, "--json", "--notices", join(root, "notices"));
    const answer = JSON.parse(ran.out) as {
      sentence: string;
      likely: string;
      why: string[];
      notices: { id: string }[];
    };
    expect(ran.code).toBe(told.covered ? 0 : 1);
    expect([answer.sentence, answer.likely, answer.why, answer.notices.map(({ id }) => id)]).toEqual([
      told.text,
      told.likely,
      told.why,
      told.ids,
    ]);
  }
});
