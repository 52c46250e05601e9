// `avow publish`: adds a notice's new version to its log, and writes the site people read; refuses what takes something from them unsaid.
import { statSync } from "node:fs";
import { type MaterialChange, type Policy, type VersionLog, coversHost, policyAt } from "@avow/policy";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { noticePaths } from "../notice-files.ts";
import { examples } from "../options.ts";
import { termsOption, vocabularyWith } from "../term-file.ts";
import { type Added, type Refused, addVersion, writeLog } from "./publish-log.ts";
import { logsOfSite, writeSite } from "./publish-site.ts";

const mostCharacters = 500;

interface PublishOptions extends CommonOptions {
  readonly to: string;
  readonly on?: string;
  readonly material?: boolean;
  readonly effective?: string;
  readonly question?: string;
  readonly reviewedBy?: string;
  readonly terms?: string;
}

export function addPublish(program: Command, context: Context): void {
  program
    .command("publish")
    .description("publish notices: add a new version to the log beside each, and write the site people read")
    .argument("<notice...>", "notice files, or directories of notices")
    .requiredOption("--to <dir>", "the directory of the site; other notices published there stay")
    .option("--on <date>", "the day of publication, YYYY-MM-DD; default: today, UTC")
    .option("--material", "declare the new version materially weaker; needs --effective and --question")
    .option("--effective <date>", "the day from which a material change is in force")
    .option("--question <text>", "what people are asked; who does not say yes stays under the version before")
    .option("--reviewed-by <name>", "who has read the changed prose and says that it means the same")
    .option(...termsOption)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nA version that permits more or promises less is refused (exit 1) unless it is declared --material. Nothing is\nwritten unless every notice given can be published; published again without a change, no byte changes.\n${examples(
        "npm run -s avow -- publish ./my-notices --to ./site",
        "npm run -s avow -- publish ./my-notices/my/notice.yaml --to ./site --reviewed-by 'Ana Lee, counsel'",
        "npm run -s avow -- publish ./my-notices/my/notice.yaml --to ./site --material --effective 2027-01-01 --question 'May we keep the logs 90 days?'",
      )}`,
    )
    .action((given: readonly string[], options: PublishOptions) => publish(context, given, options));
}

async function publish(context: Context, given: readonly string[], options: PublishOptions): Promise<void> {
  const paths = [...new Set(given.flatMap(noticePaths))];
  // Before the log is written, because a version in the log and not in the site would be half published.
  if (statSync(options.to, { throwIfNoEntry: false })?.isDirectory() === false)
    throw misuse(`\`${options.to}\` is no directory`, "give the directory of the site with --to");
  const today = new Date(context.nowMs()).toISOString().slice(0, 10);
  const on = dayOf("--on", options.on) ?? today;
  const material = materialOf(options, on);
  if (material !== undefined && paths.length > 1)
    throw misuse("`--material` declares one notice, and several are given", "publish it by itself");
  const vocabulary = vocabularyWith(options.terms);
  const reviewedBy = lineOf("--reviewed-by", options.reviewedBy);
  const change = { on, ...(material === undefined ? {} : { material }), reviewedBy };
  const done: (Added | Refused)[] = [];
  for (const path of paths) done.push(await addVersion(path, vocabulary, change));
  const refused = done.filter((each) => "refused" in each);
  if (refused.length > 0) {
    context.exitCode = 1;
    report(context, options, { published: false, refused }, refused.map(({ text }) => text).join("\n\n"));
    return;
  }
  const added = done.filter((each) => "log" in each);
  const logs = [...added.map(({ log }) => log), ...othersOf(options.to, added)];
  const same = logs.filter((log, at) => logs.findIndex(({ notice }) => notice === log.notice) !== at);
  if (same[0] !== undefined)
    throw misuse(
      `two notices have the id \`${same[0].notice}\``,
      "give one of them another id, or publish it elsewhere",
    );
  for (const each of added) if (each.isNew) writeLog(each);
  const written = writeSite(options.to, logs, on);
  const beside = added.flatMap(({ log }) => besides(log, logs));
  const notices = added.map(({ log, path, isNew }) => ({
    notice: log.notice,
    path,
    new: isNew,
    ...log.log.at(-1),
  }));
  report(
    context,
    options,
    { published: true, to: options.to, notices, written, beside },
    [summary(notices, written, options.to), ...beside].join("\n"),
  );
}

/** Notices the site has already; the log of one published again must go on from the one people have seen. */
function othersOf(dir: string, added: readonly Added[]): readonly VersionLog[] {
  const there = logsOfSite(dir);
  for (const { log, path } of added) {
    const seen = there.find(({ notice }) => notice === log.notice);
    if (seen === undefined || seen.log.every(({ entry }, at) => log.log[at]?.entry === entry)) continue;
    throw new CommandFailure(`the log beside \`${path}\` does not go on from the one published in \`${dir}\``, {
      help: `what was published stays: put that log back, it is in ${dir}/${log.notice}/versions.json`,
    });
  }
  return there.filter(({ notice }) => added.every(({ log }) => log.notice !== notice));
}

/** A notice under another id is no new version: what another promised for the same hosts goes on binding. */
function besides(log: VersionLog, logs: readonly VersionLog[]): readonly string[] {
  const [policy] = newest(log);
  if (log.log.length > 1 || policy === undefined) return [];
  const hosts = policy.notice.covers.map((each) => each.host);
  const ids = new Set(lineageOf(policy));
  return logs.flatMap((other) =>
    newest(other).flatMap((known) => {
      const shared = hosts.filter((host) => coversHost(known, host));
      const isKin = ids.has(known.id) || lineageOf(known).includes(policy.id);
      if (known.id === policy.id || isKin || shared.length === 0) return [];
      return [
        `note: \`${known.id}\` speaks for ${shared.join(", ")} too; \`${policy.id}\` is a first version and was compared with nothing,`,
        `  so what \`${known.id}\` promised still binds there: to change it, publish it under its own id`,
      ];
    }),
  );
}

function newest(log: VersionLog): readonly Policy[] {
  const policy = policyAt(log, log.log.at(-1)?.version ?? "");
  return policy === undefined ? [] : [policy];
}

function lineageOf({ id, parent }: Policy): readonly string[] {
  return parent === undefined ? [id] : [id, ...lineageOf(parent)];
}

function materialOf(options: PublishOptions, on: string): MaterialChange | undefined {
  const effective = dayOf("--effective", options.effective);
  const question = lineOf("--question", options.question);
  if (options.material !== true) {
    if (effective === undefined && question === undefined) return undefined;
    throw misuse("`--effective` and `--question` belong to a material change", "add --material, or leave them out");
  }
  if (effective === undefined || question === undefined)
    throw misuse(
      "`--material` needs `--effective` and `--question`",
      "say from when it holds and what people are asked",
    );
  if (effective < on)
    throw misuse(
      `\`${effective}\` lies before the day of publication`,
      "a change is in force from its publication at the earliest",
    );
  return { effective, question };
}

/** Words that people read on one line of a page. */
function lineOf(option: string, given: string | undefined): string | undefined {
  const words = given?.replaceAll(/\s+/g, " ").trim();
  if (words === undefined || (words !== "" && words.length <= mostCharacters)) return words;
  throw misuse(
    `\`${option}\` is ${words === "" ? "empty" : "too long"}`,
    `it takes up to ${mostCharacters} characters`,
  );
}

function dayOf(option: string, day: string | undefined): string | undefined {
  if (day === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(day)) return day;
  throw misuse(`\`${day}\` is no day`, `write ${option} as YYYY-MM-DD`);
}

function summary(
  notices: readonly {
    readonly notice: string;
    readonly new: boolean;
    readonly verdict?: string;
    readonly on?: string;
  }[],
  written: number,
  dir: string,
): string {
  return [
    ...notices.map(({ notice, verdict = "", on = "", ...each }) =>
      each.new ? `${notice}: new version of ${on}: ${verdict}` : `${notice}: no new version since ${on}`,
    ),
    `${written === 0 ? "no" : written} ${written === 1 ? "file" : "files"} written in ${dir}`,
  ].join("\n");
}
