// A published site: dated from the log alone, honest about what changed, inert in a browser, and every bent byte is found.
import { describe, expect, it } from "vitest";
import { compileNotice } from "../compile/compile-notice.ts";
import { sha256Hex } from "../compile/sha256-hex.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { appendVersion } from "../versions/append-version.ts";
import type { VersionLog } from "../versions/version-log.ts";
import { type SiteFiles, siteFiles } from "./site-files.ts";
import { verifySite } from "./verify-site.ts";

const stylesheet = "body { margin: 0 }\n";
const question = "May we keep counts a month longer? <i>";
const hostile = exampleNotice
  .replace("We count visits, never visitors.", `<script>alert(1)</script> "'& visits`)
  .replace("25 months", "24 months");

function policyOf(text: string) {
  return compileNotice(parseNotice(text, "notice.yaml").notice!, { vocabulary: smallVocabulary });
}

function logOf(...steps: readonly (readonly [text: string, on: string, effective?: string])[]): VersionLog {
  let log: VersionLog | undefined;
  for (const [text, on, effective] of steps) {
    const material = effective === undefined ? {} : { material: { effective, question } };
    const done = appendVersion(log, policyOf(text), smallVocabulary, { on, ...material });
    if ("refused" in done) throw new Error(done.refused);
    log = done.log;
  }
  return log!;
}

const longer = hostile.replace("24 months", "26 months");
const log = logOf([hostile, "2026-01-01"], [longer, "2026-02-01", "2026-03-01"]);
const site = (today: string, one = log): SiteFiles => siteFiles({ logs: [one], today, stylesheet })!;
const page = (today: string, path = "pypi/index.html"): string => site(today).get(path)!;
const whole = site("2026-03-05");

function findings(files: SiteFiles) {
  return verifySite([...files.keys()], (path) => files.get(path), stylesheet).findings;
}

describe("siteFiles", () => {
  it("shows the version in force, announces the one that waits with its day and question, and falls silent after 30 days", () => {
    expect(page("2026-02-10")).toContain("24 months");
    expect(page("2026-02-10")).toMatch(/class="banner"[^]*comes into force on 1 March 2026[^]*May we keep counts/);
    expect(page("2026-03-01")).toMatch(/class="banner"[^]*This notice changed on 1 March 2026[^]*less protective/);
    expect(page("2026-03-01")).toContain("26 months");
    expect(page("2026-03-30")).toContain("This notice changed");
    expect(page("2026-03-31")).not.toContain('class="banner"');
  });

  it("never calls a change that was taken back before its day one that came", () => {
    const back = logOf([hostile, "2026-01-01"], [longer, "2026-02-01", "2026-03-01"], [hostile, "2026-02-10"]);
    for (const today of ["2026-02-10", "2026-03-02"]) {
      const text = site(today, back).get("pypi/index.html")!;
      expect(text).toContain("24 months");
      expect(text).not.toMatch(/comes into force|1 March/);
    }
    expect(site("2026-03-02", back).get("pypi/history.html")).toContain("taken back before it was in force");
  });

  it("takes the date of last change from the log", () => {
    expect(page("2026-03-05")).toContain('last updated <time datetime="2026-02-01">1 February 2026</time>');
    expect(page("2026-02-10")).toContain('<time datetime="2026-01-01">');
    expect(whole.get("pypi/notice.md")).toContain("Last updated: 1 February 2026");
    expect(whole.get("pypi/badge.svg")).toContain("1 February 2026");
    expect(whole.get("pypi/feed.xml")).toContain("<updated>2026-02-01T00:00:00Z</updated>");
  });

  it("makes the same bytes on every day between two turns", () => {
    expect([...site("2026-03-05")]).toEqual([...site("2026-03-20")]);
    expect([...site("2026-03-05")]).not.toEqual([...site("2026-04-20")]);
  });

  it("has a page for every version and step, with the witness", () => {
    const [changes] = [...whole.keys()].filter((path) => path.startsWith("pypi/changes/"));
    expect([...whole.keys()].filter((path) => path.startsWith("pypi/versions/"))).toHaveLength(2);
    expect(whole.get(changes ?? "")).toMatch(
      /web-traffic<\/code> <span class="small">less protective[^]*<del>24<\/del> months[^]*<ins>26<\/ins> months[^]*weaker: page, country: kept 24 months → 26 months/,
    );
    expect(whole.get(changes ?? "")).toContain('Who agrees writes so to <a href="mailto:psf@python.org">');
  });

  it("links the privacy policy of each recipient and the agreement with it", () => {
    expect(whole.get("pypi/index.html")).toContain(
      '<a href="https://stripe.com/privacy">its privacy policy</a>, <a href="https://stripe.com/legal/dpa">the agreement with it</a>',
    );
    expect(whole.get("pypi/notice.md")).toContain("The agreement with it: <https://stripe.com/legal/dpa>");
  });

  it("writes canonical JSON whose hash is the version, and JSON-LD in the vocabulary's terms", () => {
    expect(sha256Hex(whole.get("pypi/notice.json")!)).toBe(log.log[1]?.version);
    const linked = JSON.parse(whole.get("pypi/notice.jsonld")!);
    expect(linked["@id"]).toBe(`urn:sha256:${log.log[1]?.version}`);
    expect(linked["dpv:hasProcess"].length).toBe(policyOf(hostile).notice.practices.length);
    expect(JSON.stringify(linked)).toContain("https://w3id.org/dpv");
  });

  it("runs nothing and loads nothing of anybody: no script, no style but its own, all prose escaped", () => {
    for (const [path, text] of whole) {
      if (!/\.(?:html|xml|svg)$/.test(path)) continue;
      expect(text, path).not.toMatch(/<script|<i>|\son\w+=|<img|<iframe|javascript:/i);
      if (!path.endsWith(".html")) continue;
      expect(text).toContain('content="default-src &#39;none&#39;; style-src &#39;self&#39;');
      expect(text).toMatch(/<html lang="en">[^]*<title>[^<]+<\/title>[^]*class="skip"[^]*<main[^]*<h1>/);
    }
  });

  it("names only files that are there", () => {
    for (const [path, text] of whole) {
      if (!path.endsWith(".html")) continue;
      for (const [, href = ""] of text.matchAll(/href="([^"#:]+)"/g)) {
        const to = new URL(href, `https://site.example/${path}`).pathname.slice(1);
        expect(whole.has(to), `${path} → ${href}`).toBe(true);
      }
    }
  });
});

describe("verifySite", () => {
  it("finds nothing in what was published", () => {
    expect(findings(whole)).toEqual([]);
  });

  it.each([...whole.keys()])("finds a byte that was flipped in %s, anywhere", (path) => {
    const text = whole.get(path)!;
    for (let part = 0; part < 8; part++) {
      const at = Math.floor((text.length * part) / 8);
      const bent = text.slice(0, at) + (text[at] === "7" ? "8" : "7") + text.slice(at + 1);
      expect(findings(new Map([...whole, [path, bent]])), `${at}`).not.toEqual([]);
    }
  });

  it.each([...whole.keys()])("finds that %s is missing", (path) => {
    const rest = new Map(whole);
    rest.delete(path);
    expect(findings(rest)).not.toEqual([]);
  });

  it("finds a page no log made, a day on which nothing turned, and a shorter log", () => {
    expect(findings(new Map([...whole, ["pypi/versions/2020-01-01-more.html", "x"]]))).toEqual([
      { path: "pypi/versions/2020-01-01-more.html", finding: "no log makes this file" },
    ]);
    expect(findings(new Map([...whole, ["CNAME", "site.example"]]))).toEqual([]);
    const pointer = ".well-known/privacy-notice.json";
    const later = whole.get(pointer)!.replace('"asOf": "2026-03-03"', '"asOf": "2026-03-04"');
    expect(findings(new Map([...whole, [pointer, later]])).map(({ path }) => path)).toContain(pointer);
    const out = whole.get(pointer)!.replace('"notice": "pypi"', '"notice": "../pypi"');
    expect(findings(new Map([...whole, [pointer, out]]))).not.toEqual([]);
    const shorter = site("2026-01-05", logOf([hostile, "2026-01-01"]));
    const older = new Map([...whole, ["pypi/versions.json", shorter.get("pypi/versions.json")!]]);
    expect(findings(older)).not.toEqual([]);
  });
});
