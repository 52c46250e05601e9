// Characters nobody sees: controls of terminals, and marks that reverse or break what is read.

/**
 * C0 but tab and line feed, DEL, C1, line and paragraph separators, the marks that turn reading direction, non-characters, the letters
 * of tags, which are never drawn, and halves of a pair, which no UTF-8 can hold: two texts with them would have one hash.
 */
const hidden =
  // oxlint-disable-next-line no-control-regex -- controls are what this looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFFFE\uFFFF\p{Cs}\u{E0000}-\u{E007F}]/u;

export interface HiddenCharacter {
  readonly index: number;
  /** `U+202E`. */
  readonly name: string;
}

/** The first of the text. */
export function hiddenCharacter(text: string): HiddenCharacter | undefined {
  const found = hidden.exec(text);
  if (found === null) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return { index: found.index, name: `U+${code}` };
}
