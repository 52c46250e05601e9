// PY5, PI6 %s: the date of last change comes from the log of versions; a notice edited without a new version is found.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ran, avow, root } from "../installation.ts";
import { rewrite } from "./ratchet-steps.ts";

let dir: string;
const site = (...path: readonly string[]): string => join(dir, "site", ...path);
const notice = (id: string): string => join(dir, id, "notice.yaml");

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-published-"));
  cpSync(join(root, "notices"), dir, { recursive: true });
  const published = avow("publish", dir, "--to", site(), "--on", "2026-01-05");
  if (published.code !== 0) throw new Error(published.out + published.err);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The notice as it is after an edit, put back afterwards. */
function edited(id: string, from: string, to: string, run: () => Ran): Ran {
  const before = readFileSync(notice(id), "utf8");
  try {
    rewrite(notice(id), from, to);
    return run();
  } finally {
    writeFileSync(notice(id), before);
  }
}

/** PY5 is the first one's, PI6 the second's. */
const ids = ["python-org", "pypi"];
const day = "5 January 2026";

test.each(ids)(
  "PY5, PI6 %s: an edit without a new version fails the check: of a title, of a word of prose, of what is done",
  (id) => {
    const check = (): Ran => avow("check", notice(id));
    const text = readFileSync(notice(id), "utf8");
    const keep = /^ {4}keep: .*$/m.exec(text)?.[0] ?? "";
    const edits = [
      ["title: ", "title: The "],
      ["web-traffic: We ", "web-traffic: They "],
      [keep, "    keep: 9 days"],
    ] as const;
    for (const [from, to] of edits) {
      const ran = edited(id, from, to, check);
      expect(ran.out, from).toContain("edited without a new version");
      expect(ran.code, from).toBe(1);
    }
    // Positive control: as it was published it has its version, and a comment or a blank line is no edit of what it says.
    expect(check().code).toBe(0);
    expect(edited(id, "avow: 1", "# A comment.\n\navow: 1", check).code).toBe(0);
  },
);

test.each(ids)("PY5, PI6 %s: the date on every page is the log's, and a typed one is found", (id) => {
  for (const page of ["index.html", "notice.md", "badge.svg"]) {
    expect(readFileSync(site(id, page), "utf8"), page).toContain(day);
  }
  expect(avow("verify", site()).code).toBe(0);
  const before = readFileSync(site(id, "index.html"), "utf8");
  writeFileSync(site(id, "index.html"), before.replace("5 January 2026", "5 June 2026"));
  expect(avow("verify", site())).toMatchObject({ code: 1, out: expect.stringContaining(`${id}/index.html`) });
  writeFileSync(site(id, "index.html"), before);
  const log = readFileSync(site(id, "versions.json"), "utf8");
  writeFileSync(site(id, "versions.json"), log.replace('"on":"2026-01-05"', '"on":"2026-06-05"'));
  expect(avow("verify", site())).toMatchObject({ code: 1, out: expect.stringContaining("not what its hash says") });
  writeFileSync(site(id, "versions.json"), log);
  expect(avow("verify", site()).code).toBe(0);
});

test.each(ids)("PY5, PI6 %s: a log begun anew does not hide the version people have seen", (id) => {
  const path = join(dir, id, "versions.json");
  const log = readFileSync(path, "utf8");
  rmSync(path);
  const ran = avow("publish", notice(id), "--to", site(), "--on", "2026-03-05");
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("does not go on") });
  writeFileSync(path, log);
  // Positive control: the log people have seen goes on, and nothing is written when nothing changed.
  expect(avow("publish", notice(id), "--to", site(), "--on", "2026-03-05").out).toContain("no files written");
});
