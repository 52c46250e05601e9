// PS11, PI6: the records deleted to bring a declared weaker version in force before its day; the log beside the notice holds the one before.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Installation, avow, install } from "../installation.ts";
import {
  analytics,
  count,
  dayFromNow,
  keyFor,
  livingNotice,
  marketing,
  noticePath,
  versionOf,
  visit,
  weaken,
} from "./ratchet-steps.ts";

let installation: Installation;
afterEach(() => installation.remove());

function publish(...extra: readonly string[]): void {
  const ran = avow("publish", installation.notices, "--to", join(installation.dir, "site"), ...extra);
  if (ran.code !== 0) throw new Error(`publish ended with ${ran.code}: ${ran.err}${ran.out}`);
}

/** Published, collected under, weakened with a declared day; then everything the server knew is deleted. @returns the first version */
async function lost(effective: string): Promise<string> {
  installation = await install({ start: false });
  publish();
  const version = versionOf(noticePath(installation));
  await installation.start();
  await visit(installation, 3);
  await installation.stop();
  weaken(installation);
  publish("--material", "--effective", effective, "--question", "May we also use this for advertising?");
  rmSync(installation.data, { recursive: true });
  const { data, notices } = installation;
  expect(avow("site", "add", "exam.example", "--notice", "exam", "--data", data, "--notices", notices).err).toBe("");
  await installation.start();
  return version;
}

test("PS11 the records deleted while a declared version waits: the one before is in force till the day, for new data too", async () => {
  const version = await lost(dayFromNow(20));
  const weaker = versionOf(noticePath(installation));
  expect(await livingNotice(installation)).toMatchObject({
    version,
    waiting: { version: weaker, effective: dayFromNow(20) },
  });
  await visit(installation, 2);
  expect((await count(installation, await keyFor(installation, marketing))).status).toBe(403);
  expect(await count(installation, await keyFor(installation, analytics))).toMatchObject({ pageviews: 2 });
  // What was collected meanwhile is under the former version.
  expect((await livingNotice(installation)).held).toMatchObject([{ version, isCurrent: true }]);
});

test("PS11 the same with a day that has come: the declared version is in force", async () => {
  const version = await lost(dayFromNow(0));
  const now = await livingNotice(installation);
  expect(now.version).toBe(versionOf(noticePath(installation)));
  expect([now.version === version, now.waiting]).toEqual([false, null]);
});
