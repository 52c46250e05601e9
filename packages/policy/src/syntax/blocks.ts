// Shapes every section is read with: a block of keys, a text, a list of texts. Each reports what it cannot read and goes on.
import { type Node, type Scalar, isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Span } from "../model/notice.ts";
import { nearest } from "../terms/nearest.ts";
import { hiddenCharacter } from "./hidden-character.ts";
import { type Reading, report, spanOf } from "./reading.ts";

/** One value and where it stands. `at` is its path in the file, `span` the place to point at. */
export interface Place {
  readonly at: string;
  readonly span: Span;
  readonly node: Node | null;
}

export interface Block {
  readonly at: string;
  readonly span: Span;
  readonly entries: ReadonlyMap<string, Place>;
}

export const longestText = 500;

/** Reads a mapping. With `known`, any other key is an error that names the nearest. */
export function readBlock(reading: Reading, place: Place, what: string, known?: readonly string[]): Block | undefined {
  const { at, span, node } = place;
  if (isAlias(node)) return undefined;
  if (!isMap(node)) {
    report(reading, "wrong-shape", span, `${what} must be a block of keys`, exampleOf(known));
    return undefined;
  }
  const entries = new Map<string, Place>();
  for (const pair of node.items) {
    const keySpan = spanOf(reading, pair.key as Node | null, span);
    const key = keyOf(reading, pair.key, keySpan);
    if (key === undefined) continue;
    const path = at === "" ? key : `${at}.${key}`;
    if (entries.has(key)) {
      report(reading, "duplicate-key", keySpan, `\`${key}\` is written twice in ${what}`, "keep one of them");
      continue;
    }
    if (known !== undefined && !known.includes(key)) {
      reportUnknownKey(reading, keySpan, key, what, known);
      continue;
    }
    entries.set(key, { at: path, span: keySpan, node: pair.value as Node | null });
    reading.spans.set(path, keySpan);
  }
  return { at, span, entries };
}

function reportUnknownKey(reading: Reading, span: Span, key: string, what: string, known: readonly string[]): void {
  const meant = nearest(key, known);
  const help = meant === undefined ? `known keys: ${known.join(", ")}` : `did you mean \`${meant}\`?`;
  report(reading, "unknown-key", span, `unknown key \`${shortened(key)}\` in ${what}`, help);
}

function exampleOf(known: readonly string[] | undefined): string | undefined {
  return known === undefined ? undefined : `known keys: ${known.join(", ")}`;
}

function keyOf(reading: Reading, key: unknown, span: Span): string | undefined {
  if (isAlias(key)) return undefined;
  const text = isScalar(key) ? (typeof key.value === "string" ? key.value : sourceOf(key)) : undefined;
  if (text === undefined || text === "") {
    report(reading, "wrong-shape", span, "a key must be one word or a few", "write `key: value`");
    return undefined;
  }
  if (isHiding(reading, span, text, "a key")) return undefined;
  if (text === "<<") {
    report(reading, "merge-key", span, "`<<` merges blocks and hides what is written where", "write the keys out");
    return undefined;
  }
  return text;
}

/** An escape writes in plain letters what the file itself may not hold. */
function isHiding(reading: Reading, span: Span, text: string, what: string): boolean {
  const found = hiddenCharacter(text);
  if (found === undefined) return false;
  const message = `${what} holds an invisible control character (${found.name})`;
  report(reading, "control-character", span, message, "leave the escape out");
  return true;
}

export function sourceOf(scalar: Scalar): string {
  return scalar.source ?? String(scalar.value);
}

/** User input in a message, never longer than a line. */
export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

export function missing(reading: Reading, block: Block, key: string, what: string, help?: string): void {
  report(reading, "missing-key", block.span, `${what} needs \`${key}\``, help ?? `add \`${key}: …\``);
}

/** A text; numbers, booleans and null are refused so that nothing changes its meaning by being unquoted. */
export function readText(reading: Reading, place: Place, what: string, longest = longestText): string | undefined {
  const { node } = place;
  const span = spanOf(reading, node, place.span);
  if (isAlias(node)) return undefined;
  if (node === null || (isScalar(node) && node.value === null && sourceOf(node) === "")) {
    report(reading, "empty-text", span, `${what} is empty`, "write a text, or leave the key out");
    return undefined;
  }
  if (!isScalar(node)) {
    report(reading, "wrong-shape", span, `${what} must be one text`);
    return undefined;
  }
  if (typeof node.value !== "string") {
    const source = shortened(sourceOf(node));
    const sort = node.value === null ? "null" : `a ${typeof node.value}`;
    report(
      reading,
      "not-text",
      span,
      `\`${source}\` is ${sort}, not a text`,
      `write "${source}" in quotes if you mean the word`,
    );
    return undefined;
  }
  const text = node.value.trim();
  if (isHiding(reading, span, text, what)) return undefined;
  if (text === "") report(reading, "empty-text", span, `${what} is empty`, "write a text, or leave the key out");
  else if (text.length > longest)
    report(reading, "text-too-long", span, `${what} is longer than ${longest} characters`, "say it shorter");
  else return text;
  return undefined;
}

/** A list of texts, or one text for a list of one. Empty lists and repeated values are errors. */
export function readTexts(reading: Reading, place: Place, what: string, mayBeEmpty = false): string[] | undefined {
  const { node, at } = place;
  if (!isSeq(node)) {
    const text = readText(reading, place, what);
    if (text === undefined) return undefined;
    reading.spans.set(`${at}.0`, spanOf(reading, node, place.span));
    return [text];
  }
  if (node.items.length === 0 && !mayBeEmpty) {
    report(
      reading,
      "empty-list",
      spanOf(reading, node, place.span),
      `${what} is an empty list`,
      "name at least one, or leave the key out",
    );
    return undefined;
  }
  const texts: string[] = [];
  const seen = new Set<string>();
  for (const item of listOf(reading, place)) {
    const text = readText(reading, item, what);
    if (text === undefined) continue;
    if (seen.has(text)) {
      report(
        reading,
        "repeated-value",
        item.span,
        `\`${shortened(text)}\` stands twice in ${what}`,
        "keep one of them",
      );
      continue;
    }
    seen.add(text);
    reading.spans.set(`${at}.${texts.length}`, item.span);
    texts.push(text);
  }
  return texts;
}

/** The items of a list with their places; nothing when it is no list. */
export function listOf(reading: Reading, place: Place): Place[] {
  if (!isSeq(place.node)) return [];
  return place.node.items.map((item, index) => ({
    at: `${place.at}.${index}`,
    span: spanOf(reading, item as Node | null, place.span),
    node: item as Node | null,
  }));
}
