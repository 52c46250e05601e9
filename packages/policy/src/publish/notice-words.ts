// What every published form of a notice says in the same words: its sections, its standing, what changed.
import type { Verdict } from "../compare/comparison.ts";
import type { Clause, Policy } from "../model/policy.ts";
import { dayText } from "./day-text.ts";
import type { PublishedNotice, PublishedVersion } from "./published-notice.ts";

/** A heading with its clauses, in page order. */
export interface SectionClauses {
  readonly heading: string;
  readonly clauses: readonly Clause[];
}

export function sectionsOf({ clauses }: Policy): readonly SectionClauses[] {
  const headings = [...new Set(clauses.map(({ section }) => section))];
  return headings.map((heading) => ({ heading, clauses: clauses.filter(({ section }) => section === heading) }));
}

/** A page somebody else answers for. */
export interface ClauseLink {
  readonly says: string;
  readonly href: string;
}

/** What a recipient links to, where the clause is one (clauses.md JL5); the sentence of a venue has its links. */
export function linksOf({ notice }: Policy, id: string): readonly ClauseLink[] {
  const recipient = notice.recipients.find((each) => each.id === id);
  const links: readonly (readonly [string, string | undefined])[] = [
    ["its privacy policy", recipient?.privacy],
    ["the agreement with it", recipient?.agreement],
  ];
  return links.flatMap(([says, href]) => (href === undefined || href === "" ? [] : [{ says, href }]));
}

/** `after the published notice of X; not theirs` as the notice has it, made a sentence. */
export function exampleWords(example: string): string {
  return `Example ${example.replace(/\.$/, "")}.`;
}

/** What is loud, and what is said after it. */
export interface ChangeWords {
  readonly head: string;
  readonly rest: string;
}

/** Of a version that is in force since lately or waits. */
export function changeWords(version: PublishedVersion, { waiting }: PublishedNotice): ChangeWords {
  const { entry, from } = version;
  const how = relationWords(entry.verdict);
  const asked =
    entry.material === undefined
      ? ""
      : ` You are asked: ${entry.material.question} (Where to answer stands with what changed.)`;
  const rest = `What was collected before then keeps the protection of the version it was collected under.${asked}`;
  const head = waiting.includes(version)
    ? `A new version, ${how}, was published on ${dayText(entry.on)} and comes into force on ${dayText(from)}.`
    : `This notice changed on ${dayText(from)}: it is now ${how}.`;
  return { head, rest };
}

/** Of a version that is not the one in force. */
export function standingWords(version: PublishedVersion, { waiting, inForce }: PublishedNotice): string {
  if (version.isWithdrawn) return "This version was taken back before it was in force.";
  return waiting.includes(version)
    ? `This version is not in force: it comes into force on ${dayText(version.from)}.`
    : `This version is not in force any more: it was followed by that of ${dayText(inForce.entry.on)}.`;
}

export function relationWords(verdict: "first" | Verdict): string {
  switch (verdict) {
    case "first":
      return "the first version";
    case "equivalent":
      return "equivalent to the version before it";
    case "incomparable":
      return "in part more and in part less protective than the version before it";
    case "more protective":
    case "less protective":
      return `${verdict} than the version before it`;
    default:
      return verdict satisfies never;
  }
}
