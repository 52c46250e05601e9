// A notice as Markdown, for a repository and for the golden pages: every clause with its number, nothing in it read as markup.
import type { Clause, Policy } from "../model/policy.ts";
import { dayText } from "./day-text.ts";
import type { PublishedNotice, PublishedVersion } from "./published-notice.ts";
import { type ChangeWords, changeWords, exampleWords, linksOf, sectionsOf, standingWords } from "./notice-words.ts";

/** Without `published` the page says that the version stands in no log. */
export function noticeMarkdown(policy: Policy, version?: PublishedVersion, published?: PublishedNotice): string {
  const { controller, covers, parent, example } = policy;
  const facts = [
    ...(version === undefined
      ? ["Last updated: not published yet"]
      : [`Last updated: ${dayText(version.entry.on)}`, `Version: ${policy.version}`]),
    `Controller: ${prose(controller.name)}, ${prose(controller.contact)}`,
    ...covers.map(
      ({ host, stores, caution }) =>
        `Covers: ${prose(host)}${stores === undefined ? "" : " (stores nothing)"}${caution === undefined ? "" : `. ${prose(caution)}`}`,
    ),
    ...(parent === undefined ? [] : [`Adds to: ${prose(parent.title)}, which applies too`]),
  ];
  return `${[
    `# ${prose(policy.title)}`,
    ...(example === undefined ? [] : [`*${prose(exampleWords(example))}*`]),
    ...bannerOf(version, published).map(({ head, rest }) => `> **${prose(head)}** ${prose(rest)}`.trimEnd()),
    facts.map((each) => `- ${each}`).join("\n"),
    ...sectionsOf(policy).flatMap(({ heading, clauses }) => [
      `## ${prose(heading)}`,
      ...clauses.map((each) => clauseMarkdown(each, policy)),
    ]),
    "## Questions",
    `Ask ${prose(controller.name)}: ${prose(controller.contact)}. Who believes that their data is wrong or misused writes there too.`,
  ].join("\n\n")}\n`;
}

function bannerOf(
  version: PublishedVersion | undefined,
  published: PublishedNotice | undefined,
): readonly ChangeWords[] {
  if (version === undefined || published === undefined) return [];
  if (version !== published.inForce) return [{ head: standingWords(version, published), rest: "" }];
  return [...published.waiting, ...published.recent].map((each) => changeWords(each, published));
}

function clauseMarkdown({ id, number, kind, sentence, words, assumed }: Clause, policy: Policy): string {
  return [
    `**${number}** \`${id}\` (${kind})`,
    ...(words === undefined ? [prose(sentence)] : [prose(words), `*In effect:* ${prose(sentence)}`]),
    ...(assumed.length === 0
      ? []
      : [`*Assumed*, because the published text does not say: ${assumed.map(prose).join(", ")}.`]),
    ...linksOf(policy, id).map(({ says, href }) =>
      `${says}: <${href}>`.replace(/^./, (letter) => letter.toUpperCase()),
    ),
  ].join("\n\n");
}

/** Prose as prose, on one line: no markup of its own, and nothing a reader makes a link of except https and addresses of mail. */
function prose(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]#|~]/g, String.raw`\$&`)
    .replaceAll(/(?<!https):(?=\/\/)/gi, "&#58;")
    .replaceAll(/\bwww\./gi, (www) => `${www.slice(0, 3)}&#46;`)
    .replace(/^([-+=])/, String.raw`\$1`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`);
}
