// An answered form as plain text and as Markdown.
import type { FormAnswer } from "./answer-form.ts";

export function answerText(answer: FormAnswer): string {
  const lines = [
    answer.date,
    `${answer.to === undefined ? "" : `To ${answer.to}: `}${answer.title}`,
    ...exampleLine(answer),
    "",
  ];
  switch (answer.kind) {
    case "refused":
      return refusedLines(answer).join("\n");
    case "letter":
      lines.push(
        ...answer.paragraphs.flatMap((each) => [each, ""]),
        answer.controller,
        answer.contact,
        "",
        "Fact sheet",
      );
      for (const { about, says, clause } of answer.facts)
        lines.push(`  ${about}${clause === undefined ? "" : ` (${clause})`}: ${says}`);
      break;
    case "answers":
      for (const { id, asks, answer: said, clauses, because } of answer.answers)
        lines.push(
          `${id}: ${asks}`,
          `  ${said}${because === undefined ? "" : `: ${because}`}${clauses.length === 0 ? "" : ` [${clauses.join(", ")}]`}`,
        );
      lines.push("", `${answer.controller}, ${answer.contact}`);
      break;
    default:
      return answer satisfies never;
  }
  return [...lines, "", `Notice ${answer.notice}, version ${answer.version}`].join("\n");
}

export function answerMarkdown(answer: FormAnswer): string {
  const lines = [
    `# ${escaped(answer.title)}`,
    "",
    `${answer.date}${answer.to === undefined ? "" : `, to ${escaped(answer.to)}`}`,
    ...exampleLine(answer).map(escaped),
    "",
  ];
  switch (answer.kind) {
    case "refused":
      return refusedLines(answer).map(escaped).join("\n");
    case "letter":
      lines.push(
        ...answer.paragraphs.flatMap((each) => [escaped(each), ""]),
        "## Fact sheet",
        "",
        "| about | what the notice says | clause |",
        "| --- | --- | --- |",
      );
      for (const { about, says, clause = "" } of answer.facts)
        lines.push(`| ${escaped(about)} | ${escaped(says)} | ${escaped(clause)} |`);
      break;
    case "answers":
      lines.push("| id | question | answer | clauses |", "| --- | --- | --- | --- |");
      for (const { id, asks, answer: said, clauses, because } of answer.answers)
        lines.push(
          `| ${id} | ${escaped(asks)} | ${escaped(because === undefined ? said : `${said}: ${because}`)} | ${clauses.join(", ")} |`,
        );
      lines.push("", escaped(`${answer.controller}, ${answer.contact}`));
      break;
    default:
      return answer satisfies never;
  }
  return [...lines, "", `Notice ${answer.notice}, version ${answer.version}`].join("\n");
}

function exampleLine({ example }: FormAnswer): readonly string[] {
  return example === undefined ? [] : [`Example ${example}.`];
}

function refusedLines({
  clause,
  against,
  contact,
}: Extract<FormAnswer, { readonly kind: "refused" }>): readonly string[] {
  return [
    `no letter: ${clause} says nobody's vendor, yet the notice declares what only a vendor has`,
    ...against.map(({ practice, data }) => `  ${practice}: ${data}`),
    `  take the practices or the promise out, and ask ${contact}`,
  ];
}

/** So that nothing in it is Markdown or HTML. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_[\]|#]/g, String.raw`\$&`)
    .replaceAll(/[\r\n]+/g, " ");
}
