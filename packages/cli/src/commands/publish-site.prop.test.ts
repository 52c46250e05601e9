// A published site on disk: any byte of any file changed, and any file put in or taken out, is found.
import { mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finding, appendVersion, compileNotice, parseNotice, standardVocabulary, verifySite } from "@avow/policy";
import { stylesheet } from "@avow/server";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pathsOfSite, readSiteFile, writeSite } from "./publish-site.ts";

/** The words hold the mark that every byte which is no text is read as. */
const notice = `avow: 1
notice: shop
title: Shop
controller: { name: Shop, contact: shop@exam.example }
practices:
  - { id: visits, from: visitor, data: [page], form: pseudonymous, for: usage statistics, when: opt-out, basis: legitimate interest, keep: 30 days, to: nobody }
page: [{ All: [visits] }]
words: { visits: "We count \uFFFD visits" }
`;

let dir: string;
let paths: readonly string[];
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-site-"));
  const policies = [notice, notice.replace("30 days", "20 days")].map((text) =>
    compileNotice(parseNotice(text, "notice.yaml").notice!, { vocabulary: standardVocabulary }),
  );
  const one = appendVersion(undefined, policies[0]!, standardVocabulary, { on: "2026-01-01" });
  const two = "log" in one && appendVersion(one.log, policies[1]!, standardVocabulary, { on: "2026-01-02" });
  if (two === false || "refused" in two) throw new Error("the test's notice is not published");
  writeSite(dir, [two.log], "2026-01-02");
  paths = pathsOfSite(dir);
});
afterAll(() => rmSync(dir, { recursive: true }));

function findings(): readonly Finding[] {
  return verifySite(pathsOfSite(dir), (path) => readSiteFile(dir, path), stylesheet).findings;
}

test("any byte of any file that is another is found", () => {
  expect(findings()).toEqual([]);
  const place = fc.tuple(
    fc.nat(paths.length - 1),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 1, max: 255 }),
  );
  fc.assert(
    fc.property(place, ([file, part, change]) => {
      const path = join(dir, paths[file]!);
      const bytes = readFileSync(path);
      const bent = Buffer.from(bytes);
      const at = Math.min(bytes.length - 1, Math.floor(part * bytes.length));
      bent[at] = bent[at]! ^ change;
      writeFileSync(path, bent);
      const found = findings();
      writeFileSync(path, bytes);
      return found.length > 0;
    }),
    { numRuns: 60 },
  );
  expect(findings()).toEqual([]);
});

test("bytes that are no text are found where the page has the mark they are read as", () => {
  const path = join(dir, "shop/notice.md");
  const bytes = readFileSync(path);
  const at = bytes.indexOf("\uFFFD");
  expect(at).toBeGreaterThan(0);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]));
  expect(findings().map((each) => each.path)).toEqual(["shop/notice.md"]);
  writeFileSync(path, bytes);
});

test("a link among a notice's pages is found, wherever it leads", () => {
  const path = join(dir, "shop/versions/more.html");
  symlinkSync(join(dir, "shop/index.html"), path);
  expect(findings().map((each) => each.path)).toEqual(["shop/versions/more.html"]);
  unlinkSync(path);
  expect(findings()).toEqual([]);
});
