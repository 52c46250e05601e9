// PS11, JL6: what was collected keeps the protection it was collected under, whatever is done to files, logs, terms and clocks.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { type Installation, avow, install } from "../installation.ts";
import {
  analytics,
  count,
  dayFromNow,
  declare,
  keyFor,
  livingNotice,
  marketing,
  noticePath,
  rewrite,
  versionOf,
  visit,
  weaken,
} from "./ratchet-steps.ts";

let installation: Installation;
afterEach(() => installation.remove());

/** Three rows under the starter notice, then the server is stopped. */
async function collected(): Promise<{
  readonly version: string;
  readonly statistics: string;
  readonly selling: string;
}> {
  installation = await install();
  const version = versionOf(noticePath(installation));
  await visit(installation, 3);
  const [statistics, selling] = [await keyFor(installation, analytics), await keyFor(installation, marketing)];
  expect(await count(installation, statistics)).toMatchObject({ status: 200, pageviews: 3, notUsed: [] });
  await installation.stop();
  return { version, statistics, selling };
}

test("PS11 restart on a weaker file that nobody declared: the old version stays in force, loudly, for new data too", async () => {
  const { version, statistics, selling } = await collected();
  weaken(installation);
  const weaker = versionOf(noticePath(installation));
  await installation.start();
  expect(installation.log()).toMatch(
    /NOT IN FORCE: .*notice\.yaml .*less protective.*\n.*marketing[^]*publish \S+notice\.yaml --to DIR --material/,
  );
  await visit(installation, 1);
  expect((await count(installation, selling)).status).toBe(403);
  expect(await count(installation, statistics)).toMatchObject({ status: 200, pageviews: 4, notUsed: [] });
  const shown = await livingNotice(installation);
  expect(shown.version).toBe(version);
  expect(shown.held.map((held) => held.version)).toEqual([version]);
  expect(shown.waiting).toEqual({ version: weaker, verdict: "less protective" });
  const page = await (await fetch(`${installation.url}/notices/exam`)).text();
  expect(page).toMatch(/class="banner"[^]*less protective than[^]*It is not in force/);
});

test("PS11 restart on a weaker file that was declared: old rows stay under the old version, new ones are under the new", async () => {
  const { version, statistics, selling } = await collected();
  weaken(installation);
  const weaker = versionOf(noticePath(installation));
  declare(installation, dayFromNow(0));
  await installation.start();
  expect((await livingNotice(installation)).version).toBe(weaker);
  const before = await count(installation, selling);
  expect(before).toMatchObject({ status: 200, pageviews: 0, notUsed: [{ rows: 3, version }] });
  // Continued visits are no answer: the same browser comes again, and only what it brings now is under the new version.
  await visit(installation, 2);
  for (const question of [{}, { dimensions: ["event:page"] }, { metrics: ["events"] }, { dimensions: ["time:day"] }]) {
    expect(await count(installation, selling, question)).toMatchObject({
      pageviews: 2,
      notUsed: [{ rows: 3, version, practice: "web-traffic", reason: "undeclared purpose", clause: "web-traffic" }],
    });
  }
  // What both versions allow is still answered, over both.
  expect(await count(installation, statistics)).toMatchObject({ pageviews: 5, notUsed: [] });
  const shown = await livingNotice(installation);
  // What was stopped is evidence beside the promise.
  expect(shown.sections.flatMap(({ clauses }) => clauses).find(({ id }) => id === "changes")).toMatchObject({
    state: "enforced in part",
    counts: { refusals: ["undeclared purpose"] },
  });
  expect(shown.held).toMatchObject(
    [
      { version, isCurrent: false, isKnown: true },
      { version: weaker, isCurrent: true, isKnown: true },
    ].toSorted((a, b) => (a.version < b.version ? -1 : 1)),
  );
  expect(shown.history.map((each) => [each.version, each.current])).toEqual([
    [weaker, true],
    [version, false],
  ]);
});

test("PS11 the log deleted afterwards, and all that lies beside the notice: nothing becomes usable", async () => {
  const { version, statistics, selling } = await collected();
  const before = readFileSync(noticePath(installation), "utf8");
  weaken(installation);
  declare(installation, dayFromNow(-1));
  await installation.start();
  await visit(installation, 2);
  await installation.stop();
  rmSync(join(noticePath(installation), "../versions.json"));
  await installation.start();
  expect(await count(installation, selling)).toMatchObject({ pageviews: 2, notUsed: [{ rows: 3, version }] });
  expect(await count(installation, statistics)).toMatchObject({ pageviews: 5, notUsed: [] });
  // The old words put back are more protective: in force at once, and what was collected in between is not set free.
  await installation.stop();
  writeFileSync(noticePath(installation), before);
  await installation.start();
  expect((await livingNotice(installation)).version).toBe(version);
  expect((await count(installation, selling)).status).toBe(403);
  expect(await count(installation, statistics)).toMatchObject({ pageviews: 5, notUsed: [] });
  // And without the log the weaker words are no version of today's any more.
  await installation.stop();
  weaken(installation);
  await installation.start();
  expect((await livingNotice(installation)).version).toBe(version);
});

test("PS11 a version whose archived text was deleted or bent is unknown: its rows are used for nothing", async () => {
  const { version, statistics } = await collected();
  // An equivalent version comes into force first, so that the old rows are under one that is not the file's.
  rewrite(noticePath(installation), "title: Privacy notice of", "title: The privacy notice of");
  await installation.start();
  await visit(installation, 2);
  expect(await count(installation, statistics)).toMatchObject({ pageviews: 5, notUsed: [] });
  for (const change of [
    `UPDATE versions SET canonical = replace(canonical, 'improving', 'approving') WHERE version = '${version}'`,
    `DELETE FROM versions WHERE version = '${version}'`,
  ]) {
    await installation.stop();
    const database = new DatabaseSync(join(installation.data, "records.sqlite"));
    database.exec(change);
    database.close();
    await installation.start();
    expect(await count(installation, statistics)).toMatchObject({
      pageviews: 2,
      notUsed: [{ rows: 3, version, reason: "held under an unknown version" }],
    });
    expect((await livingNotice(installation)).held.find((held) => held.version === version)?.isKnown).toBe(false);
  }
});

test("PS11 a re-parented term: the notice's bytes are the same and permit more; it is a weaker version like any other", async () => {
  installation = await install({ start: false });
  const terms = join(installation.dir, "terms.yaml");
  const write = (parent: string): void =>
    writeFileSync(terms, `avow terms: 1\nterms:\n  trend letters: { kind: purpose, is: ${parent}, means: Letters. }\n`);
  write("marketing");
  await installation.start(["--terms", terms]);
  await visit(installation, 3);
  const [statistics, letters] = [await keyFor(installation, analytics), await keyFor(installation, "trend letters")];
  expect((await count(installation, letters)).status).toBe(403);
  const { version } = await livingNotice(installation);
  await installation.stop();

  write("improving the service");
  await installation.start(["--terms", terms]);
  expect(installation.log()).toMatch(/NOT IN FORCE: .*trend letters/s);
  expect((await livingNotice(installation)).version).toBe(version);
  expect((await count(installation, letters)).status).toBe(403);
  await installation.stop();

  declare(installation, dayFromNow(0), "exam", "--terms", terms);
  await installation.start(["--terms", terms]);
  await visit(installation, 2);
  expect(await count(installation, letters)).toMatchObject({ pageviews: 2, notUsed: [{ rows: 3, version }] });
  expect(await count(installation, statistics)).toMatchObject({ pageviews: 5, notUsed: [] });
});

test("PS11 the notice's file deleted while data is held: nothing is collected or answered, and put back weaker it is not in force", async () => {
  const { version, statistics, selling } = await collected();
  const path = noticePath(installation);
  copyFileSync(path, join(installation.dir, "kept.yaml"));
  rmSync(path);
  await installation.start();
  expect(installation.log()).toMatch(/notice `exam` was served here and its file is gone/);
  expect((await count(installation, statistics)).status).toBe(404);
  copyFileSync(join(installation.dir, "kept.yaml"), path);
  weaken(installation);
  await installation.stop();
  await installation.start();
  expect((await livingNotice(installation)).version).toBe(version);
  expect((await count(installation, selling)).status).toBe(403);
  expect(await count(installation, statistics)).toMatchObject({ pageviews: 3 });
});

test("PS11 the site moved to another, weaker notice: its rows stay under the one they were collected under", async () => {
  const { version, statistics, selling } = await collected();
  const other = noticePath(installation, "other");
  mkdirSync(join(other, ".."));
  copyFileSync(noticePath(installation), other);
  rewrite(other, "notice: exam", "notice: other");
  rewrite(other, "for: improving the service", "for: [improving the service, marketing]");
  const { data, notices } = installation;
  const moved = avow("site", "add", "exam.example", "--notice", "other", "--data", data, "--notices", notices);
  expect(moved.err).toBe("");
  await installation.start();
  await visit(installation, 2);
  expect(await count(installation, selling)).toMatchObject({ pageviews: 2, notUsed: [{ rows: 3, version }] });
  expect(await count(installation, statistics)).toMatchObject({ pageviews: 5, notUsed: [] });
});

test("PS11 an addendum whose parent was weakened: the parent as it was stays in force and bound to what is held", async () => {
  installation = await install({ start: false });
  const [path, base] = [noticePath(installation), noticePath(installation, "base")];
  mkdirSync(join(base, ".."));
  copyFileSync(path, base);
  rewrite(base, "notice: exam", "notice: base");
  rewrite(path, "covers: [exam.example]", "covers: [exam.example]\naddendum to: ../base/notice.yaml");
  await installation.start();
  await visit(installation, 3);
  const [statistics, selling] = [await keyFor(installation, analytics), await keyFor(installation, marketing)];
  const { version } = await livingNotice(installation);
  await installation.stop();
  rewrite(base, "for: improving the service", "for: [improving the service, marketing]");
  await installation.start();
  expect(installation.log()).toMatch(
    /NOT IN FORCE: \S*exam[^]*NOT IN FORCE: \S*base|NOT IN FORCE: \S*base[^]*NOT IN FORCE: \S*exam/,
  );
  expect((await count(installation, selling)).status).toBe(403);
  await installation.stop();
  for (const id of ["exam", "base"]) declare(installation, dayFromNow(0), id);
  await installation.start();
  await visit(installation, 2);
  expect(await count(installation, selling)).toMatchObject({ pageviews: 2, notUsed: [{ rows: 3, version }] });
  expect(await count(installation, statistics)).toMatchObject({ pageviews: 5, notUsed: [] });
});

function stages(days: number): string {
  return `keep: { pseudonymous: ${days} days, aggregate of 10: 25 months }`;
}

test("PS11 a longer keep declared later: rows past the old one are not used, those of the new version at that age are", async () => {
  installation = await install({ start: false, args: ["--test-clock"] });
  rewrite(
    noticePath(installation),
    "keep: { pseudonymous: until the day closes, aggregate of 10: 25 months }",
    stages(30),
  );
  const version = versionOf(noticePath(installation));
  await installation.start();
  const long = { "x-avow-now": new Date(Date.now() - 40 * 86_400_000).toISOString() };
  await visit(installation, 3, long);
  await visit(installation, 1);
  await installation.stop();
  rewrite(noticePath(installation), stages(30), stages(90));
  declare(installation, dayFromNow(0));
  await installation.start();
  await visit(installation, 2, long);
  const key = await keyFor(installation, analytics);
  expect(await count(installation, key, { date_range: [dayFromNow(-60), dayFromNow(1)] })).toMatchObject({
    pageviews: 3,
    notUsed: [{ rows: 3, version, reason: "kept too long" }],
  });
});
