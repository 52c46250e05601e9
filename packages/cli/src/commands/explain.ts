// `avow explain`: would the notice permit this, by which clause, and if not why.
import { type Clause, type Decision, type Policy, type Request, decide, explain as inWords } from "@avow/policy";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { policyOf } from "../notice-files.ts";
import { collected, examples, shippedNotices } from "../options.ts";
import { termsOption, vocabularyWith } from "../term-file.ts";
import { painted } from "../terminal.ts";
import { assumedText, unknownWords } from "./explain-asked.ts";

interface ExplainOptions extends CommonOptions {
  readonly data: readonly string[];
  readonly from: string;
  readonly for: string;
  readonly to?: string;
  readonly form?: string;
  readonly act?: "read" | "hold" | "send";
  readonly answer?: "ask" | "yes" | "no";
  readonly signal?: boolean;
  readonly ground?: string;
  readonly ageDays?: number;
  readonly notices?: readonly string[];
  readonly terms?: string;
}

export function addExplain(program: Command, context: Context): void {
  program
    .command("explain")
    .description("ask a notice whether something is permitted, and by which clause")
    .argument("<notice>", "its id, or a notice file")
    .requiredOption("--data <term>", "which data, in words of the vocabulary; repeatable: used together", collected)
    .requiredOption("--from <subject>", "from whom")
    .requiredOption("--for <purpose>", "why")
    .option(
      "--to <recipient>",
      "to whom: a recipient's id, public, or their own device; default: the controller itself",
    )
    .option("--form <form>", "raw, truncated, pseudonymous, hashed, encrypted, or aggregate of N; default: raw")
    .addOption(
      new Option("--act <act>", "default: send where --to is given, else hold").choices(["read", "hold", "send"]),
    )
    .addOption(new Option("--answer <answer>", "what that person answered").choices(["ask", "yes", "no"]))
    .option("--signal", "a refusal signal came along (Global Privacy Control, Do Not Track)")
    .option("--ground <ground>", "the ground of a disclosure")
    .option("--age-days <days>", "days since keeping began", days)
    .option("--notices <dir>", "a directory of notices; repeatable; default: those that come with Avow", collected)
    .option(...termsOption)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples(
        'npm run -s avow -- explain example --data page --from visitor --for "usage statistics" --form pseudonymous',
        'npm run -s avow -- explain pypi --data "IP address" --from visitor --for marketing --to public',
      ),
    )
    .action((notice: string, options: ExplainOptions) => explain(context, notice, options));
}

function days(value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError("give whole days");
  return Number(value);
}

async function explain(context: Context, given: string, options: ExplainOptions): Promise<void> {
  const vocabulary = vocabularyWith(options.terms);
  const policy = await policyOf(given, options.notices ?? [shippedNotices()], vocabulary);
  const { data, from, for: purpose, to, form, act, answer, signal, ground, ageDays } = options;
  const request: Request = {
    data,
    from,
    for: purpose,
    ...(to === undefined ? {} : { to }),
    ...(form === undefined ? {} : { form }),
    ...(act === undefined ? {} : { act }),
    ...(answer === undefined ? {} : { answer }),
    ...(signal === undefined ? {} : { signal }),
    ...(ground === undefined ? {} : { ground }),
    ...(ageDays === undefined ? {} : { ageDays }),
  };
  const decision = decide(policy, request);
  if (!decision.allowed) context.exitCode = 1;
  const clause = clauseOf(policy, decision.clause);
  const why = inWords(policy, request, decision);
  const unknown = unknownWords(policy, vocabulary, request);
  const assumed = assumedText(request);
  const result = { request, decision, why, unknown, ...(clause === undefined ? {} : { clause }) };
  const notes = [...unknown, ...(assumed === undefined || unknown.length > 0 ? [] : [assumed])].map(
    (each) => `  ${each}`,
  );
  report(context, options, result, [text(context, decision, why, clause), ...notes].join("\n"));
}

function clauseOf(policy: Policy, id: string | undefined): Clause | undefined {
  if (id === undefined) return undefined;
  return policy.clauses.find((clause) => clause.id === id) ?? (policy.parent && clauseOf(policy.parent, id));
}

function text(context: Context, { allowed, reason }: Decision, why: string, clause: Clause | undefined): string {
  const verdict = allowed
    ? painted(context.terminal, "green", "allowed")
    : painted(context.terminal, "red", `denied: ${reason}`);
  return [
    verdict,
    `  ${why}`,
    ...(clause === undefined ? [] : [`  ${clause.number} ${clause.id}: ${clause.sentence}`]),
  ].join("\n");
}
