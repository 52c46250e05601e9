// A log made of what was served is a log like any other: verifiable, and silent about nothing it cannot know.
import { expect, test } from "vitest";
import { compileNotice, vocabularyText } from "../compile/compile-notice.ts";
import { sha256Hex } from "../compile/sha256-hex.ts";
import type { Policy } from "../model/policy.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { versionText } from "./archived-version.ts";
import { logOfServed } from "./log-of-served.ts";
import { verifyVersionLog } from "./verify-version-log.ts";

function compile(text: string): Policy {
  return compileNotice(parseNotice(text, "notice.yaml").notice!, { vocabulary: smallVocabulary });
}

const longer = compile(exampleNotice);
const shorter = compile(exampleNotice.replace("25 months", "24 months"));
const shortest = compile(exampleNotice.replace("25 months", "23 months"));
const texts = [...[longer, shorter, shortest].map(versionText), vocabularyText(smallVocabulary)];
const archive = new Map(texts.map((text) => [sha256Hex(text), text]));

function served(...steps: readonly (readonly [Policy, string])[]) {
  return steps.map(([{ version }, on]) => ({ version, on }));
}

test("chains what was served, with verdicts, so that anybody can verify it", () => {
  const log = logOfServed("pypi", served([longer, "2026-01-01"], [shorter, "2026-02-01"]), (hash) => archive.get(hash));
  expect(log?.log.map(({ on, verdict }) => [on, verdict])).toEqual([
    ["2026-01-01", "first"],
    ["2026-02-01", "more protective"],
  ]);
  expect(verifyVersionLog(log!)).toEqual([]);
});

test("says of a weaker version that nobody was told, because a record declares nothing", () => {
  const log = logOfServed("pypi", served([shorter, "2026-01-01"], [longer, "2026-02-01"]), (hash) => archive.get(hash));
  expect(verifyVersionLog(log!)).toEqual([expect.stringContaining("nobody was told")]);
});

test("leaves out what cannot be opened any more, and dates nothing before what it follows", () => {
  const steps = served([longer, "2026-03-01"], [shorter, "2026-02-01"], [shortest, "2026-01-01"]);
  const log = logOfServed("pypi", steps, (hash) => (hash === shorter.version ? undefined : archive.get(hash)));
  expect(log?.log.map(({ version, on }) => [version, on])).toEqual([
    [longer.version, "2026-03-01"],
    [shortest.version, "2026-03-01"],
  ]);
  expect(verifyVersionLog(log!)).toEqual([]);
  expect(logOfServed("pypi", steps, () => undefined)).toBeUndefined();
  expect(logOfServed("another", steps, (hash) => archive.get(hash))).toBeUndefined();
});
