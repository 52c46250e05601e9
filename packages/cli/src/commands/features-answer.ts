// `avow features answer` and `withdraw`: a person's own answer, kept as the program's own settings keep it (clauses.md JL3, JL4).
import type { Receipt } from "@avow/gate/program";
import { type Context, report } from "../context.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { reason } from "./features-list.ts";
import { type FoundProgram, type ProgramOptions, featureNamed, programOf } from "./features-program.ts";

export interface AnswerOptions extends ProgramOptions {
  readonly host?: readonly string[];
}

interface Answering {
  readonly given: string;
  readonly feature: string;
  readonly answer: string;
}

export async function answerFeature(context: Context, answering: Answering, options: AnswerOptions): Promise<void> {
  const { given, feature: id, answer } = answering;
  if (answer !== "yes" && answer !== "no")
    throw misuse(`\`${answer}\` is no answer`, "say yes or no; to leave it open, say nothing");
  const hosts = options.host?.map((host) => hostOf(host));
  const program = await programOf(context, given, options, hosts === undefined ? {} : { [id]: hosts });
  const { contacts } = featureNamed(program.table, id);
  const isOpen = contacts.some((each) => each.hosts.length === 0 && each.isBehind !== true);
  // What people have not seen they cannot agree to.
  if (answer === "yes" && isOpen && (program.agreed.get(id) ?? []).length === 0)
    throw misuse(
      `\`${id}\` contacts a host of the program's configuration, and a yes must name it`,
      "name it with --host, or answer in the program, which shows it",
    );
  await said(context, options, program, await kept(() => program.gate.answer(id, answer, "command")));
}

export async function withdrawFeature(
  context: Context,
  given: string,
  id: string,
  options: ProgramOptions,
): Promise<void> {
  const program = await programOf(context, given, options);
  featureNamed(program.table, id);
  await said(context, options, program, await kept(() => program.gate.withdraw(id, "command")));
}

function hostOf(text: string): string {
  const url = URL.parse(`https://${text}/`);
  if (url === null || url.host !== text.toLowerCase() || url.pathname !== "/")
    throw misuse(`\`${text}\` is no host`, "give it as in an address, e.g. registry.example or registry.example:8443");
  return url.host;
}

async function kept(answering: () => Promise<Receipt>): Promise<Receipt> {
  try {
    return await answering();
  } catch (cause) {
    const { code = "fault" } = cause as NodeJS.ErrnoException;
    throw new CommandFailure(`the answer could not be kept (${code})`, {
      help: "name a directory that this user may write with --answers",
      cause,
    });
  }
}

/** The receipt, and whether it is what holds: an installation or a signal may still say no. */
async function said(
  context: Context,
  options: ProgramOptions,
  { gate }: FoundProgram,
  receipt: Receipt,
): Promise<void> {
  const { state, because } = await gate.state(receipt.feature);
  const isEffective = state === receipt.answer;
  if (!isEffective) context.exitCode = 1;
  const lines = [
    receipt.title,
    receipt.text,
    ...gate.question(receipt.feature).details.map(({ name, says }) => `  ${name}: ${says}`),
    `kept: ${receipt.answer}, for version ${receipt.version.slice(0, 12)} of ${receipt.notice}`,
    ...(isEffective ? [] : [`still ${state}: ${reason(because)}`]),
  ];
  report(context, options, { ...receipt, state, because }, lines.join("\n"));
}
