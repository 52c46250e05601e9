// A vocabulary from a file, as an archive of versions keeps it: a JSON list of terms.
import { type Term, type Vocabulary, termKinds } from "@avow/policy";
import { misuse } from "../failure.ts";

const longest = 4_000_000;

/** @throws misuse when the text is no list of terms. */
export function vocabularyFrom(text: string, path: string): Vocabulary {
  const help = "give a JSON list of terms: [{ kind, key, dpv, parents, means }, …]";
  const terms = text.length > longest ? undefined : parsed(text);
  const list: unknown = Array.isArray(terms) ? terms : (terms as { terms?: unknown } | undefined)?.terms;
  if (!Array.isArray(list)) throw misuse(`\`${path}\` is no vocabulary`, help);
  const at = list.findIndex((each) => !isTerm(each));
  if (at !== -1) throw misuse(`term ${at + 1} of \`${path}\` cannot be read`, help);
  return { terms: list as readonly Term[] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTerm(value: unknown): value is Term {
  if (typeof value !== "object" || value === null) return false;
  const { kind, key, dpv, means, parents, also } = value as Record<string, unknown>;
  return (
    (termKinds as readonly unknown[]).includes(kind) &&
    [key, dpv, means].every(isText) &&
    key !== "" &&
    areTexts(parents) &&
    (also === undefined || areTexts(also))
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
