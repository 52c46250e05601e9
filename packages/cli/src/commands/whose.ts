// `avow whose`: who is likely responsible for an address, an installed package or a vendor's service (clauses.md JP4, JP5, JP10).
import { type WhoseAnswer, whose as answerTo } from "@avow/policy";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { readNotice, someNoticesBelow, unsoundText } from "../notice-files.ts";
import { collected, examples, shippedNotices } from "../options.ts";
import { termsOption, vocabularyWith } from "../term-file.ts";
import { aligned, painted } from "../terminal.ts";

interface WhoseOptions extends CommonOptions {
  readonly notices?: readonly string[];
  readonly terms?: string;
}

export function addWhose(program: Command, context: Context): void {
  program
    .command("whose")
    .description("who is likely responsible for an address, an installed package or a vendor's service")
    .argument("<what...>", "an address; pip, conda or npm with a package: pip:NAME; or vendor:NAME")
    .option("--notices <dir>", "a directory of notices; repeatable; default: those that come with Avow", collected)
    .option(...termsOption)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nExit 0 where a notice answers, 1 where none does: then it says whom to ask.\n${examples(
        "npm run -s avow -- whose https://pypi.org/project/numpy",
        "npm run -s avow -- whose pip:jupyterlab",
        "npm run -s avow -- whose vendor:GitHub",
      )}`,
    )
    .action((what: readonly string[], options: WhoseOptions) => whose(context, what.join(" "), options));
}

async function whose(context: Context, asked: string, options: WhoseOptions): Promise<void> {
  const vocabulary = vocabularyWith(options.terms);
  const paths = someNoticesBelow(options.notices ?? [shippedNotices()]);
  const read = await Promise.all(paths.map((path) => readNotice(path, undefined, vocabulary)));
  // One that is not sound speaks for nothing.
  const policies = read.flatMap(({ policy }) => (policy === undefined ? [] : [policy]));
  const { coverageOf } = await import("@avow/server");
  const answer = answerTo(asked, coverageOf(policies), (address) => URL.parse(address));
  context.exitCode = ({ covered: 0, "not covered": 1, unreadable: 2 } as const)[answer.outcome];
  const notes = unsoundText(read);
  const result = notes.length === 0 ? answer : { ...answer, notes };
  report(context, options, result, [text(context, answer), ...notes].join("\n"));
}

function text(context: Context, answer: WhoseAnswer): string {
  const { outcome, sentence, likely, why, notices, named, storesNothing, cautions, contact } = answer;
  if (outcome === "unreadable") return sentence;
  const [nearest] = notices;
  const rows: (readonly string[])[] = [
    ...(likely === undefined ? [] : [["likely", likely]]),
    ...why.map((each, at) => [at === 0 ? "why" : "", each]),
    ...(storesNothing ? [["stores", "nothing, by its notice"]] : []),
    ...cautions.map((each) => ["caution", each]),
    ...notices.map(({ id, title, relation, example }) => [
      relation === "nearest" ? "notice" : "beside it",
      `${title} (${id}${relation === "nearest" ? "" : `: ${relation}`})${example === undefined ? "" : ` [example ${example}]`}`,
    ]),
    ...named.map(({ notice, clause, does, privacy, contact: ask }) => [
      "named",
      `${notice}, ${clause}: ${does}${[privacy, ask]
        .filter((each) => each !== undefined)
        .map((each) => `; ${each}`)
        .join("")}`,
    ]),
    ...(contact === undefined ? [] : [[nearest === undefined ? "about these notices" : "questions", contact]]),
  ];
  return `${painted(context.terminal, outcome === "covered" ? "green" : "yellow", sentence)}\n${aligned(rows, "  ")}`;
}
