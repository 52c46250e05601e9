// The built tracker, run in a page that has nothing but what it may read: every other read throws.
// oxlint-disable-next-line no-restricted-imports -- the test builds and runs the file; the room itself stays free of Node
import { execFileSync } from "node:child_process";
// oxlint-disable-next-line no-restricted-imports -- as above
import { readFileSync } from "node:fs";
// oxlint-disable-next-line no-restricted-imports -- as above
import { createContext, runInContext } from "node:vm";
// oxlint-disable-next-line no-restricted-imports -- as above
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { bakeDomain, bakeNames, domainToken, namesToken } from "../bake-domain.ts";
import type { Payload } from "./options.ts";
import { type PageOptions, openPage as pageWith } from "./test-page.ts";

const room = new URL("../..", import.meta.url);
let built = "";
beforeAll(() => {
  const build = 'import { build } from "vite"; await build({ configFile: "vite.config.ts" });';
  execFileSync(process.execPath, ["--input-type=module", "--eval", build], { cwd: room });
  built = readFileSync(new URL("dist/tracker.js", room), "utf8");
});
const run = (code: string, window: object): unknown => runInContext(code, createContext(window));
const openPage = (options: Partial<PageOptions> = {}) => pageWith({ code: built, run, ...options });

const tag = { domain: "exam.example" };
const urls = (bodies: readonly Payload[]): readonly string[] => bodies.map(({ u }) => u);

test("is at most 1.0 KB gzip, and holds the domain token once", () => {
  const bytes = gzipSync(built, { level: 9 }).length;
  expect(bytes).toBeLessThanOrEqual(1000);
  for (const token of [domainToken, namesToken]) expect(built.split(JSON.stringify(token))).toHaveLength(2);
});

test("names no cookie, storage or property that tells devices apart", () => {
  expect(built).not.toMatch(/cookie|storage|indexedDB|caches|userAgent|screen|language|canvas|innerWidth|doNotTrack/i);
});

test("positive control: the page of this test notices a read that is not declared", () => {
  expect(() => openPage({ tag, code: "navigator.userAgent" })).toThrow("navigator.userAgent");
  expect(() => openPage({ tag, code: "document.cookie" })).toThrow("document.cookie");
  expect(() => openPage({ tag, code: "document.cookie = 'a=b'" })).toThrow("document.cookie");
  expect(() => openPage({ tag, code: "window.localStorage" })).toThrow("window.localStorage");
});

describe("a tag that names its domain", () => {
  test("sends one page view, without credentials, to the script's own server", () => {
    const { sent } = openPage({ tag });
    expect(sent).toEqual([
      {
        to: "https://avow.example/api/event",
        init: { method: "POST", keepalive: true, credentials: "omit", body: expect.any(String) },
        body: { n: "pageview", u: "https://exam.example/start?ref=x", d: "exam.example", r: "https://search.example/" },
      },
    ]);
  });

  test("sends to `data-api` where it is given", () => {
    expect(openPage({ tag: { ...tag, api: "/event" } }).sent[0]?.to).toBe("/event");
  });

  test("takes the page's host where no domain is given", () => {
    expect(openPage().bodies()[0]?.d).toBe("exam.example");
  });

  test("counts the addresses a router shows, each once", () => {
    const page = openPage({ tag });
    page.push("/two");
    page.push("/two?tab=1");
    page.push("/two#below");
    page.back("/start");
    expect(urls(page.bodies())).toEqual([
      "https://exam.example/start?ref=x",
      "https://exam.example/two",
      "https://exam.example/start",
    ]);
  });

  test("counts a page that comes back from the browser's memory", () => {
    const page = openPage({ tag });
    page.wake();
    expect(page.sent).toHaveLength(2);
  });

  test("waits until the page is looked at", () => {
    const page = openPage({ tag, isVisible: false });
    expect(page.sent).toHaveLength(0);
    page.show();
    expect(page.sent).toHaveLength(1);
  });

  test("sends nothing where the browser says no, and still calls back", () => {
    const page = openPage({ tag, signal: true });
    let results: unknown[] = [];
    page.plausible()("Signup", { callback: (result) => (results = [...results, result]) });
    page.push("/two");
    expect(page.sent).toEqual([]);
    expect(results).toEqual([undefined]);
  });

  test("falls back to a beacon where there is no fetch", () => {
    expect(openPage({ tag, hasFetch: false }).sent[0]?.init.method).toBe("beacon");
  });
});

describe("names of Plausible's script tag", () => {
  test("script.hash.js makes the fragment part of the address", () => {
    const page = openPage({ tag, src: "https://avow.example/js/script.hash.js" });
    page.hash("#/inbox");
    expect(page.bodies().map(({ u, h }) => [u, h])).toEqual([
      ["https://exam.example/start?ref=x#part", 1],
      ["https://exam.example/start?ref=x#/inbox", 1],
    ]);
  });

  test("script.manual.js sends only what it is told to", () => {
    const page = openPage({ tag, src: "https://avow.example/js/script.manual.js" });
    page.push("/two");
    expect(page.sent).toEqual([]);
    page.plausible()("pageview", { u: "https://exam.example/other" });
    expect(urls(page.bodies())).toEqual(["https://exam.example/other"]);
  });
});

describe("pages of the writer's own machine", () => {
  const local = ["http://localhost:8080/", "http://127.0.0.1/", "http://[::1]/", "file:///home/page.html"];

  test.each(local)("%s is not told of, as the peer does", (url) => expect(openPage({ tag, url }).sent).toEqual([]));

  test.each(local)("%s is with script.local.js, under any name, and with the option", (url) => {
    expect(openPage({ tag, url, src: "https://avow.example/js/script.local.js" }).sent).toHaveLength(1);
    expect(openPage({ tag, url, code: bakeNames(built, ".local") }).sent).toHaveLength(1);
    const page = openPage({ url, code: bakeDomain(built, "exam.example") });
    page.plausible().init({ captureOnLocalhost: true });
    expect(page.sent).toHaveLength(1);
  });

  test("a host that only begins like one is another's", () => {
    expect(openPage({ tag, url: "https://localhost.example/" }).sent).toHaveLength(1);
  });
});

describe("custom events", () => {
  test("carry properties, interactivity and revenue, and call back with the status", async () => {
    const page = openPage({ tag });
    const result = await new Promise((resolve) => {
      const revenue = { currency: "EUR", amount: 5 };
      page.plausible()("Signup", { props: { plan: "small" }, interactive: false, revenue, callback: resolve });
    });
    expect(result).toMatchObject({ status: 202 });
    expect(page.bodies()[1]).toMatchObject({ n: "Signup", p: { plan: "small" }, i: false, $: { currency: "EUR" } });
  });

  test("call back with the error when the network fails", async () => {
    const page = openPage({ tag });
    page.breakNetwork();
    const result = await new Promise((resolve) => page.plausible()("Signup", { callback: resolve }));
    expect(result).toMatchObject({ error: expect.any(Error) });
  });

  test("made before the tracker arrived are sent", () => {
    const stub = Object.assign(() => undefined, { q: [["Early", { props: { a: "b" } }]] as const });
    expect(
      openPage({ tag, stub })
        .bodies()
        .map(({ n }) => n),
    ).toEqual(["Early", "pageview"]);
  });
});

describe("the newer snippet, /js/pa-<id>.js", () => {
  const src = "https://avow.example/js/pa-abc.js";
  const snippet = (options: Partial<PageOptions> = {}) =>
    openPage({ src, code: bakeDomain(built, "exam.example"), ...options });

  test("starts when `plausible.init` is called, once", () => {
    const page = snippet();
    expect(page.sent).toEqual([]);
    page.plausible().init();
    page.plausible().init();
    expect(page.bodies()).toMatchObject([{ n: "pageview", d: "exam.example" }]);
  });

  test("starts at once where `plausible.init` was called before it arrived", () => {
    const stub = Object.assign(() => undefined, { o: { endpoint: "https://other.example/e" } });
    expect(snippet({ stub }).sent).toMatchObject([{ to: "https://other.example/e", body: { d: "exam.example" } }]);
  });

  test("takes the options of Plausible's trackers", () => {
    const page = snippet();
    page.plausible().init({
      hashBasedRouting: true,
      customProperties: (name) => ({ kind: name }),
      transformRequest: (payload) => (payload.n === "Secret" ? null : { ...payload, u: "https://exam.example/cut" }),
    });
    page.plausible()("Secret");
    page.plausible()("Open", { props: { kind: "own" } });
    expect(page.bodies()).toMatchObject([
      { n: "pageview", u: "https://exam.example/cut", p: { kind: "pageview" }, h: 1 },
      { n: "Open", p: { kind: "own" } },
    ]);
  });

  test("sends no page view by itself with `autoCapturePageviews: false`", () => {
    const page = snippet();
    page.plausible().init({ autoCapturePageviews: false });
    expect(page.sent).toEqual([]);
  });
});

test("a baked domain cannot leave its string", () => {
  expect(bakeDomain(`f("${domainToken}")`, `a"+alert(1)+"$&`)).toBe(String.raw`f("a\"+alert(1)+\"$&")`);
});
