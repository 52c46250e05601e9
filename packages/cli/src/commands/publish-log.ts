// One notice's new version added to the log beside it, or why that is refused and what to do.
import { writeFileSync, renameSync } from "node:fs";
import {
  type Comparison,
  type MaterialChange,
  type Policy,
  type Review,
  type VersionLog,
  type VersionRefusal,
  type Vocabulary,
  appendVersion,
  comparisonText,
  formatDiagnostic,
  unreviewed,
  verifyVersionLog,
  writeVersionLog,
} from "@avow/policy";
import { CommandFailure } from "../failure.ts";
import { errorsOf, readNotice } from "../notice-files.ts";
import { logPathOf, readLogFile } from "../version-log-file.ts";
import { reviewsOf } from "./compare-sides.ts";

export interface Added {
  readonly path: string;
  readonly log: VersionLog;
  readonly isNew: boolean;
}

export interface Refused {
  readonly path: string;
  readonly refused: VersionRefusal;
  readonly comparison?: Comparison;
  /** For people: each change with its witness, and the remedy. */
  readonly text: string;
}

export interface Publication {
  readonly on: string;
  readonly material?: MaterialChange;
  /** Whoever read all prose that changed. */
  readonly reviewedBy: string | undefined;
}

/** Writes nothing. @throws CommandFailure for a notice with errors or a log that is not true. */
export async function addVersion(path: string, vocabulary: Vocabulary, change: Publication): Promise<Added | Refused> {
  const notice = await readNotice(path, undefined, vocabulary);
  if (notice.policy === undefined) {
    throw new CommandFailure(
      `a notice with errors is not published\n${errorsOf(notice).map(formatDiagnostic).join("\n")}`,
    );
  }
  const { policy } = notice;
  const logPath = logPathOf(path);
  const before = readLogFile(logPath);
  const faults = before === undefined ? [] : verifyVersionLog(before);
  if (faults.length > 0) {
    throw new CommandFailure(`\`${logPath}\` is not true\n  ${faults.join("\n  ")}`, {
      help: "put back the log as it was published: it is never written by hand",
    });
  }
  const done = await append(before, policy, vocabulary, change);
  if ("log" in done) return { path, log: done.log, isNew: true };
  if (done.refused === "unchanged" && before !== undefined) return { path, log: before, isNew: false };
  const { refused, comparison } = done;
  return {
    path,
    refused,
    ...(comparison === undefined ? {} : { comparison }),
    text: refusalText(path, refused, policy, comparison, before),
  };
}

async function append(
  log: VersionLog | undefined,
  policy: Policy,
  vocabulary: Vocabulary,
  { reviewedBy, on, material }: Publication,
): Promise<ReturnType<typeof appendVersion>> {
  const reviews = await reviewsOf(policy);
  const change = { on, reviews, ...(material === undefined ? {} : { material }) };
  const done = appendVersion(log, policy, vocabulary, change);
  if (!("refused" in done) || done.refused !== "review" || reviewedBy === undefined || done.comparison === undefined) {
    return done;
  }
  const read = unreviewed(done.comparison).map(({ clause, oldHash, newHash }): Review => ({
    clause,
    old: oldHash,
    new: newHash,
    by: reviewedBy,
    on,
  }));
  return appendVersion(log, policy, vocabulary, { ...change, reviews: [...reviews, ...read] });
}

export function writeLog({ path, log }: Added): void {
  const to = logPathOf(path);
  writeFileSync(`${to}.new`, writeVersionLog(log));
  renameSync(`${to}.new`, to);
}

function refusalText(
  path: string,
  refused: VersionRefusal,
  policy: Policy,
  comparison: Comparison | undefined,
  before: VersionLog | undefined,
): string {
  const last = before?.log.at(-1);
  const head = { title: policy.title, notice: policy.id, old: last?.on ?? "", new: path };
  const changes = comparison === undefined ? [] : [comparisonText(comparison, head)];
  return [`\`${path}\` is not published: ${why(refused, last?.on ?? "")}`, ...changes, "", `  ${remedy(refused)}`].join(
    "\n",
  );
}

function why(refused: VersionRefusal, lastDay: string): string {
  switch (refused) {
    case "unchanged":
      return "it is the version published last";
    case "material":
      return "it permits something the last version did not, or promises less";
    case "review":
      return "words changed that nobody named has read";
    case "earlier":
      return `its last version is of ${lastDay}, and this day lies before it`;
    case "broken":
      return "the last version in its log cannot be opened";
    case "another notice":
      return "the log beside it is of another notice";
    case "full":
      return "its log holds as many versions as a log may";
    default:
      return refused satisfies never;
  }
}

function remedy(refused: VersionRefusal): string {
  switch (refused) {
    case "material":
      return "take back what is weaker, or declare it: --material --effective YYYY-MM-DD --question 'what people are asked'";
    case "review":
      return "whoever has read old and new words: --reviewed-by NAME, or a line in reviews.yaml beside the notice";
    case "earlier":
      return "give a later day with --on";
    case "full":
      return "begin a notice with an id of its own, and say in it which one it follows";
    case "unchanged":
    case "broken":
    case "another notice":
      return "put back the log as it was published: it is never written by hand";
    default:
      return refused satisfies never;
  }
}
