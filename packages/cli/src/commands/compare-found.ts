// What `avow compare` is asked to compare: two files, one file and a revision, or a directory of notices and a revision.
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Comparison, type ComparisonHead, type Verdict, type Vocabulary, compareNotices } from "@avow/policy";
import { misuse } from "../failure.ts";
import { noticePaths } from "../notice-files.ts";
import { type Revision, revisionAt } from "./compare-git.ts";
import { type NamedPair, UnreadableNotice, reviewsOf, versionAt, versionOfFile } from "./compare-sides.ts";
import { type WordFiles, vocabularyBefore, vocabularyNow } from "./compare-vocabulary.ts";

/** How the versions are told; without `since` OLD and NEW are both files. */
export interface Asked extends WordFiles {
  readonly since?: string;
}

/** One notice of a comparison; without a result where only one side has it. */
export interface Found {
  readonly path: string;
  readonly verdict: Verdict;
  /** Why there is no comparison. */
  readonly note?: string;
  readonly result?: Result;
}

export interface Result {
  readonly pair: NamedPair;
  readonly comparison: Comparison;
  readonly head: ComparisonHead;
}

/** @throws misuse when there is no verdict to give. */
export async function compared(old: string, next: string | undefined, asked: Asked): Promise<readonly Found[]> {
  const { since } = asked;
  const vocabulary = await vocabularyNow(asked);
  if (since === undefined) {
    if (next === undefined) throw misuse("there is nothing to compare with", "give OLD and NEW, or --since REVISION");
    const before = await vocabularyBefore(asked);
    const [from, to] = [one(old), one(next)];
    return [
      await resultOf({ path: to, old: await versionOfFile(from, before), next: await versionOfFile(to, vocabulary) }),
    ];
  }
  if (next !== undefined)
    throw misuse("with `--since` there is one file to name", "the old version is that file at the revision");
  return comparedSince(old, since, vocabulary, asked);
}

async function comparedSince(
  path: string,
  since: string,
  vocabulary: Vocabulary,
  asked: Asked,
): Promise<readonly Found[]> {
  const files = noticePaths(path);
  const isMany = isDirectoryOfNotices(path);
  const revision = await revisionAt(since, isMany ? path : dirname(path));
  const before = await vocabularyBefore(asked, revision);
  const found: Found[] = [];
  for (const file of files) found.push(await foundSince(file, revision, before, vocabulary, isMany));
  return isMany ? [...found, ...(await goneSince(path, files, revision))] : found;
}

/** Of several, one that is new or was not readable then does not keep the others from being compared. */
async function foundSince(
  file: string,
  revision: Revision,
  before: Vocabulary,
  vocabulary: Vocabulary,
  isMany: boolean,
): Promise<Found> {
  const { name } = revision;
  const next = await versionOfFile(file, vocabulary, "this version");
  try {
    const old = await versionAt(revision, await revision.pathOf(file), before);
    if (old !== undefined) return await resultOf({ path: file, old, next });
    if (isMany) return { path: file, verdict: "equivalent", note: `new: it did not exist at ${name}` };
  } catch (error) {
    if (!isMany || !(error instanceof UnreadableNotice)) throw error;
    return { path: file, verdict: "incomparable", note: `not compared: ${error.message}` };
  }
  throw misuse(`\`${file}\` did not exist at \`${name}\``, "a first version has nothing to be compared with");
}

/** Not the folder of one notice: then its file is meant. */
export function isDirectoryOfNotices(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true && !existsSync(join(path, "notice.yaml"));
}

/** Where a notice was and is not, all it promised is gone, and all it permitted. */
async function goneSince(path: string, files: readonly string[], revision: Revision): Promise<readonly Found[]> {
  const here = await Promise.all(files.map((each) => revision.pathOf(each)));
  const then = await revision.noticesIn(await revision.pathOf(path));
  return then
    .filter((each) => !here.includes(each))
    .map((each) => ({ path: each, verdict: "incomparable", note: `gone: it existed at ${revision.name}` }));
}

async function resultOf(pair: NamedPair): Promise<Found> {
  const { old, next, path } = pair;
  const comparison = compareNotices(old.side, next.side, { reviews: await reviewsOf(next.policy) });
  const head = { title: next.policy.title, notice: next.policy.id, old: old.name, new: next.name };
  return { path, verdict: comparison.verdict, result: { pair, comparison, head } };
}

function one(path: string): string {
  const [found = path, ...others] = noticePaths(path);
  if (others.length > 0)
    throw misuse(`\`${path}\` holds several notices`, "name one, or compare them all with --since");
  return found;
}

/** One verdict for several notices: what is weaker in one is not made good by another. */
export function worst(found: readonly Verdict[]): Verdict {
  const isWeaker = found.some((each) => each === "less protective" || each === "incomparable");
  const isStronger = found.some((each) => each === "more protective" || each === "incomparable");
  if (isWeaker) return isStronger ? "incomparable" : "less protective";
  return isStronger ? "more protective" : "equivalent";
}
