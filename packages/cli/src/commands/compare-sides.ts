// The two versions a comparison is of: read from files or from a revision, each with its parents, its reviews and its vocabulary.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type Diagnostic,
  type Policy,
  type ReadText,
  type Review,
  type Side,
  type Vocabulary,
  formatDiagnostic,
  loadNotice,
  parseReviews,
} from "@avow/policy";
import { CommandFailure } from "../failure.ts";
import { readPlainFile } from "../plain-files.ts";
import type { Revision } from "./compare-git.ts";

/** One version with what it is called where the comparison is shown. */
export interface Version {
  readonly name: string;
  readonly side: Side;
  readonly policy: Policy;
}

export interface NamedPair {
  /** The file that is compared. */
  readonly path: string;
  readonly old: Version;
  readonly next: Version;
}

/** @throws misuse when the file has errors: there is no verdict about what cannot be read. */
export async function versionOfFile(path: string, vocabulary: Vocabulary, name = path): Promise<Version> {
  return loaded(path, readPlainFile, vocabulary, name, `see them with: npm run -s avow -- check ${path}`);
}

/** The file at `path` (inside the repository) with its parents, all of them as they stood then; undefined when it did not exist. */
export async function versionAt(
  revision: Revision,
  path: string,
  vocabulary: Vocabulary,
): Promise<Version | undefined> {
  if ((await revision.read(path)) === undefined) return undefined;
  const help = "it was written for other words or another version of the language: give those with --old-vocabulary";
  return loaded(path, (each) => revision.read(each), vocabulary, revision.name, help);
}

async function loaded(
  path: string,
  read: ReadText,
  vocabulary: Vocabulary,
  name: string,
  help: string,
): Promise<Version> {
  const { policy, diagnostics } = await loadNotice(path, read, { vocabulary });
  if (policy === undefined) throw new UnreadableNotice(name === path ? path : `${name}:${path}`, diagnostics, help);
  return { name, policy, side: { notice: policy.notice, ...parentOf(policy), vocabulary } };
}

function parentOf({ parent }: Policy): Pick<Side, "parent"> {
  return parent === undefined ? {} : { parent };
}

/** There is no verdict about what cannot be read. */
export class UnreadableNotice extends CommandFailure {
  constructor(what: string, diagnostics: readonly Diagnostic[], help: string) {
    const errors = diagnostics.filter((each) => each.severity === "error").map(formatDiagnostic);
    super(`\`${what}\` has errors\n${errors.join("\n")}`, { exitCode: 2, help });
  }
}

const fileName = "reviews.yaml";

/** What is recorded beside the notice and beside each it is an addendum to, as it stands now. @throws misuse for a file with errors. */
export async function reviewsOf(policy: Policy): Promise<readonly Review[]> {
  const above = policy.parent === undefined ? [] : await reviewsOf(policy.parent);
  const path = join(dirname(policy.notice.path), fileName);
  if (!existsSync(path)) return above;
  const { reviews, diagnostics } = parseReviews(readPlainFile(path, "take it away, or write reviews there"), path);
  if (diagnostics.length > 0)
    throw new UnreadableNotice(path, diagnostics, "correct them: a review that cannot be read is none");
  return [...reviews, ...above];
}
