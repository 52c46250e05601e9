// A template that escapes whatever is put into it, for pages of HTML, feeds of XML and pictures of SVG alike.

/** Text that is markup already. */
export interface Markup {
  readonly markup: string;
}

type Part = string | Markup | readonly Part[];

export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((each, at) => each + (at < parts.length ? written(parts[at] ?? "") : "")).join("") };
}

function written(part: Part): string {
  if (typeof part === "string") return escaped(part);
  return "markup" in part ? part.markup : part.map(written).join("");
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters that no XML may hold are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (mark) => escapes[mark] ?? "")
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}
