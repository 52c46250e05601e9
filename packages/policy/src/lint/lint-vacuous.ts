// Parts that change nothing: practices that permit nothing, recipients nobody sends to, words nobody uses.
import type { Notice, Practice } from "../model/notice.ts";
import { type Checking, warn } from "../check/checking.ts";

export function lintVacuous(checking: Checking): void {
  const { notice, vocabulary } = checking;
  for (const practice of notice.practices) {
    const why = emptiness(practice);
    if (why === undefined) continue;
    warn(checking, "vacuous", `practices.${practice.id}`, `practice \`${practice.id}\` ${why.message}`, why.help);
  }
  for (const { id, ban } of notice.promises) {
    const [one, other] = overlapping(ban?.together ?? [], (a, b) => vocabulary.overlaps("data", a, b));
    if (one === undefined || other === undefined) continue;
    warn(
      checking,
      "overlapping-together",
      `promises.${id}.never.together`,
      `\`${one}\` can be \`${other}\`, so one datum alone breaks promise \`${id}\``,
      "name kinds of data that are never the same, or forbid the one alone",
    );
  }
  lintRecipientsUsed(checking);
  lintTermsUsed(checking);
}

function emptiness(practice: Practice): { readonly message: string; readonly help: string } | undefined {
  const { held, keep, to, sends, reads } = practice;
  if (to.length > 0 && sends.length === 0)
    return {
      message: "names who gets data and sends none",
      help: "add `sends`: what is only read goes nowhere by itself",
    };
  if (held !== undefined && keep.every((stage) => stage.keep.kind === "never by us") && to.length + reads.length === 0)
    return {
      message: "permits nothing: what rests on their own device is kept there",
      help: "say how long it is kept on the device, or leave `held` out",
    };
  return undefined;
}

function overlapping(
  words: readonly string[],
  meet: (one: string, other: string) => boolean,
): readonly [string?, string?] {
  for (const [number, one] of words.entries())
    for (const other of words.slice(number + 1)) if (meet(one, other)) return [one, other];
  return [];
}

function lintRecipientsUsed(checking: Checking): void {
  const { notice } = checking;
  const used = new Set([
    ...notice.practices.flatMap((each) => each.to),
    ...notice.features.flatMap((each) => each.needs),
    ...notice.recipients.flatMap((each) => each.through),
  ]);
  for (const { id, reached } of notice.recipients) {
    // Who is reached directly is reached whether or not a practice says so.
    if (used.has(id) || reached === "directly") continue;
    warn(
      checking,
      "vacuous",
      `recipients.${id}`,
      `nobody sends \`${id}\` anything`,
      "name it in `to` of the practice it serves, or take it out",
    );
  }
}

function lintTermsUsed(checking: Checking): void {
  const { notice } = checking;
  if (notice.terms.length === 0) return;
  const used = usedWords(notice);
  for (const { key } of notice.terms) {
    if (used.has(key)) continue;
    warn(
      checking,
      "vacuous",
      `terms.${key}`,
      `the added word \`${key}\` is used nowhere in this notice`,
      "use it, or take it out",
    );
  }
}

function usedWords(notice: Notice): ReadonlySet<string> {
  const { practices, promises, recipients, terms } = notice;
  return new Set([
    ...practices.flatMap((each) => [...each.from, ...each.reads, ...each.data, ...each.sends, ...each.for, each.basis]),
    ...practices.flatMap((each) => each.keep.map(({ keep }) => (keep.kind === "for" ? keep.after : ""))),
    ...promises.flatMap(({ ban }) => [
      ...(ban?.data ?? []),
      ...(ban?.from ?? []),
      ...(ban?.for ?? []),
      ...(ban?.together ?? []),
    ]),
    ...promises.flatMap(({ detail }) => Object.values(detail).flat()),
    ...promises.flatMap(({ messages }) => (messages ?? []).flatMap((each) => [each.on, each.for])),
    ...recipients.flatMap((each) => [...(each.sees ?? []), ...(each.usesFor ?? [])]),
    ...recipients.map(({ keeps }) => (keeps?.kind === "for" ? keeps.after : "")),
    ...terms.flatMap((each) => each.is),
  ]);
}
