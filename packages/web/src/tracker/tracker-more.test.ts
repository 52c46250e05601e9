// The larger build: what each extension of Plausible's script tag documents, in a page that has nothing else to read.
// oxlint-disable-next-line no-restricted-imports -- the test builds and runs the file; the room itself stays free of Node
import { execFileSync } from "node:child_process";
// oxlint-disable-next-line no-restricted-imports -- as above
import { readFileSync } from "node:fs";
// oxlint-disable-next-line no-restricted-imports -- as above
import { createContext, runInContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import { bakeDomain, bakeNames } from "../bake-domain.ts";
import type { Options, Payload } from "./options.ts";
import { type PageOptions, openPage } from "./test-page.ts";

const room = new URL("../..", import.meta.url);
let built = "";
beforeAll(() => {
  const build = 'import { build } from "vite"; await build({ configFile: "vite.config.ts", mode: "more" });';
  execFileSync(process.execPath, ["--input-type=module", "--eval", build], { cwd: room });
  built = readFileSync(new URL("dist/tracker-more.js", room), "utf8");
});
const run = (code: string, window: object): unknown => runInContext(code, createContext(window));

const tag = { domain: "exam.example" };
function page(names: string, options: Partial<PageOptions> = {}) {
  return openPage({ tag, more: {}, run, code: bakeNames(built, names), ...options });
}
/** The snippet's file, started with options. */
function snippet(options: Options) {
  const opened = openPage({ more: {}, run, code: bakeDomain(built, "exam.example") });
  opened.plausible().init(options);
  return opened;
}
const told = (bodies: readonly Payload[]) => bodies.map(({ n, p }) => (p === undefined ? [n] : [n, p]));

interface Node {
  readonly tagName: string;
  readonly classList: readonly string[];
  readonly parentElement: Node | null;
  readonly href?: string;
  readonly hostname?: string;
  closest(selector: string): Node | null;
}
/** An element as a click finds it. */
function element(tagName: string, classes = "", parent: Node | null = null, href?: string): Node {
  const node: Node = {
    tagName,
    classList: classes.split(" ").filter((each) => each !== ""),
    parentElement: parent,
    ...(href === undefined ? {} : { href, hostname: URL.canParse(href) ? new URL(href).hostname : "" }),
    closest: () => (tagName === "A" ? node : (parent?.closest("a") ?? null)),
  };
  return node;
}
const link = (href: string, classes = "") => element("A", classes, null, href);
const click = (opened: ReturnType<typeof page>, target: Node) => opened.fire("click", { target, button: 0 });

describe("outbound-links", () => {
  test("tells of links that lead to another host, from within them too, and of the middle button", () => {
    const opened = page(".outbound-links");
    click(opened, link("https://other.example/a?b=c"));
    click(opened, element("SPAN", "", link("https://other.example/b")));
    opened.fire("auxclick", { target: link("https://other.example/c"), button: 1 });
    opened.fire("auxclick", { target: link("https://other.example/d"), button: 2 });
    for (const here of ["https://exam.example/x", "mailto:a@exam.example", ""]) click(opened, link(here));
    click(opened, element("P"));
    expect(told(opened.bodies()).slice(1)).toEqual(
      ["a?b=c", "b", "c"].map((path) => ["Outbound Link: Click", { url: `https://other.example/${path}` }]),
    );
  });

  test("is silent where it is not named, and an option where the snippet is used", () => {
    const silent = page(".hash");
    click(silent, link("https://other.example/"));
    expect(silent.sent).toHaveLength(1);
    const opened = snippet({ outboundLinks: true });
    click(opened, link("https://other.example/"));
    expect(opened.bodies()[1]?.n).toBe("Outbound Link: Click");
  });
});

const filesTold = (opened: ReturnType<typeof page>, ...paths: readonly string[]) => {
  for (const path of paths) click(opened, link(`https://exam.example/${path}`));
  return opened
    .bodies()
    .slice(1)
    .map(({ n, p }) => [n, p?.["url"]]);
};

const fileEvent = (path: string) => ["File Download", `https://exam.example/${path}`];

describe("file-downloads", () => {
  test("tells of the usual types, without the query", () => {
    const opened = page(".file-downloads");
    expect(filesTold(opened, "a.pdf?key=1#x", "b.zip", "c.html", "pdf", "d.pdfx")).toEqual([
      fileEvent("a.pdf"),
      fileEvent("b.zip"),
    ]);
  });

  test("`file-types` are instead of them, `add-file-types` besides", () => {
    const instead = page(".file-downloads", { more: { attributes: { "file-types": "js, py" } } });
    expect(filesTold(instead, "a.py", "b.pdf")).toEqual([fileEvent("a.py")]);
    const besides = page(".file-downloads", { more: { attributes: { "add-file-types": "whl" } } });
    expect(filesTold(besides, "a.whl", "b.pdf")).toEqual([fileEvent("a.whl"), fileEvent("b.pdf")]);
    expect(filesTold(snippet({ fileDownloads: { fileExtensions: ["deb"] } }), "a.deb", "b.pdf")).toEqual([
      fileEvent("a.deb"),
    ]);
  });
});

describe("tagged-events", () => {
  test("tells of elements by their classes, up to three levels around, `+` for blanks and `--` for `=`", () => {
    const opened = page(".tagged-events");
    click(opened, element("BUTTON", "big plausible-event-name=Sign+Up plausible-event-plan--small+one"));
    const card = element("DIV", "plausible-event-name--Card");
    click(opened, element("B", "", element("I", "", element("P", "", card))));
    click(opened, element("B", "", element("B", "", element("B", "", element("B", "", card)))));
    click(opened, link("https://other.example/", "plausible-event-name=Shop"));
    expect(told(opened.bodies()).slice(1)).toEqual([
      ["Sign Up", { plan: "small one" }],
      ["Card", {}],
      ["Shop", { url: "https://other.example/" }],
    ]);
  });

  test("a form is told of when it is sent, not when it is clicked in", () => {
    const opened = page(".tagged-events");
    const form = element("FORM", "plausible-event-name=Letter");
    click(opened, element("INPUT", "", form));
    expect(opened.sent).toHaveLength(1);
    opened.fire("submit", { target: form });
    expect(told(opened.bodies())[1]).toEqual(["Letter", {}]);
  });

  test("revenue goes along", () => {
    const opened = page(".tagged-events.revenue");
    const classes = "plausible-event-name=Buy plausible-revenue-amount=10.29 plausible-revenue-currency=EUR";
    click(opened, element("BUTTON", classes));
    expect(opened.bodies()[1]?.$).toEqual({ amount: "10.29", currency: "EUR" });
    opened.plausible()("Buy", { revenue: { amount: 5, currency: "USD" } });
    expect(opened.bodies()[2]?.$).toEqual({ amount: 5, currency: "USD" });
  });
});

test("pageview-props: `event-…` on the script goes with page views, and with nothing else", () => {
  const opened = page(".pageview-props", {
    more: { attributes: { src: "x", "event-author": "Ada", "event-paid": "no" } },
  });
  opened.plausible()("Signup");
  opened.plausible()("pageview", { props: { author: "Bob" } });
  expect(told(opened.bodies())).toEqual([
    ["pageview", { author: "Ada", paid: "no" }],
    ["Signup"],
    ["pageview", { author: "Bob", paid: "no" }],
  ]);
});

const isTold = (dataset: Record<string, string>, path: string): boolean =>
  page(".exclusions", { tag: { ...tag, ...dataset }, url: `https://exam.example${path}` }).sent.length === 1;

describe("exclusions", () => {
  test.each([
    ["/a", "/a", false],
    ["/a", "/a/", false],
    ["/a", "/ab", true],
    ["/a, /b*", "/bc", false],
    ["/b*", "/b/c", true],
    ["/b/**", "/b/c/d", false],
    ["/*/admin", "/x/admin", false],
    ["/*/admin", "/x/y/admin", true],
    ["/a.b", "/aXb", true],
  ])("data-exclude %s: %s is told of: %s", (exclude, path, is) => expect(isTold({ exclude }, path)).toBe(is));

  test("data-include tells of nothing else", () => {
    expect(isTold({ include: "/blog/**" }, "/blog/a")).toBe(true);
    expect(isTold({ include: "/blog/**" }, "/shop")).toBe(false);
    expect(isTold({ include: "/blog/**", exclude: "/blog/a" }, "/blog/a")).toBe(false);
  });
});

test("compat: a script that another put there is found by its id", () => {
  expect(page(".compat", { more: { currentScript: null } }).bodies()).toMatchObject([
    { n: "pageview", d: "exam.example" },
  ]);
});

test("manual and hash hold in this build too", () => {
  expect(page(".manual.outbound-links").sent).toEqual([]);
  expect(page(".hash.outbound-links").bodies()[0]).toMatchObject({ h: 1, u: "https://exam.example/start?ref=x#part" });
});

test("form submissions are told of where they are asked for, without anything of the form", () => {
  const opened = snippet({ formSubmissions: true });
  opened.fire("submit", { target: element("FORM") });
  expect(told(opened.bodies())[1]).toEqual(["Form: Submission"]);
});

const engagements = (opened: ReturnType<typeof page>) =>
  opened
    .bodies()
    .filter(({ n }) => n === "engagement")
    .map(({ u, sd, e }) => [new URL(u).pathname, sd, e]);

describe("engagement", () => {
  test("is told when a page is left: how far, and how long it was looked at", () => {
    const opened = page(".engagement");
    opened.pass(4_000);
    opened.scroll(500);
    opened.push("/two");
    opened.pass(5_000);
    opened.hide();
    opened.pass(60_000);
    opened.show();
    opened.pass(1_000);
    opened.hide();
    expect(engagements(opened)).toEqual([
      ["/start", 50, 4_000],
      ["/two", 50, 5_000],
    ]);
    expect(opened.bodies().find(({ n }) => n === "engagement")?.u).toBe("https://exam.example/start?ref=x");
  });

  test("is not where nobody asked, the page was not told of, or the browser says no", () => {
    for (const opened of [
      page(".outbound-links"),
      page(".engagement", { signal: true }),
      page(".engagement.exclusions", { tag: { ...tag, exclude: "/start" } }),
    ]) {
      opened.pass(9_000);
      opened.hide();
      expect(engagements(opened)).toEqual([]);
    }
  });
});

test("names no cookie, storage or property that tells devices apart", () => {
  expect(built).not.toMatch(/cookie|storage|indexedDB|caches|userAgent|screen|language|canvas|innerWidth|doNotTrack/i);
});
