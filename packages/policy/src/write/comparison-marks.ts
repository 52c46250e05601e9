// What changed between two texts, word by word: the parts that went and the parts that came.

export interface MarkedPart {
  /** With the space before it, if any: the parts joined are the text. */
  readonly text: string;
  readonly isChanged: boolean;
}

export interface Marked {
  readonly old: readonly MarkedPart[];
  readonly new: readonly MarkedPart[];
}

/** Longer texts are marked as changed whole: nobody writes a clause of two thousand words. */
const mostWords = 2_000;

/** The longest run of words both have in common, in order, stands; the rest is marked. */
export function markChanges(old: string, next: string): Marked {
  const [was, is] = [wordsOf(old), wordsOf(next)];
  if (was.length > mostWords || is.length > mostWords)
    return { old: [{ text: old, isChanged: true }], new: [{ text: next, isChanged: true }] };
  const kept = commonWords(was.map(bare), is.map(bare));
  return { old: parts(was, new Set(kept.map(([at]) => at))), new: parts(is, new Set(kept.map(([, at]) => at))) };
}

/** `We [-never-] count` and `We {+rarely+} count`. */
export function markedText(marked: readonly MarkedPart[], [open, close]: readonly [string, string]): string {
  return marked
    .map(({ text, isChanged }) => (isChanged ? text.replace(/^(\s?)([^]*)$/, `$1${open}$2${close}`) : text))
    .join("");
}

/** Words, and marks by themselves, so that a comma that came changes no word; each with one space where there was any. */
function wordsOf(text: string): string[] {
  return (
    text
      .trim()
      .replaceAll(/\s+/g, " ")
      .match(/ ?(?:[\p{L}\p{N}]+(?:[-'’.@_][\p{L}\p{N}]+)*|[^\s])/gu) ?? []
  );
}

/** The space before a word is no part of it. */
function bare(word: string): string {
  return word.trimStart();
}

/** Positions of a longest common run of words, in both. */
function commonWords(was: readonly string[], is: readonly string[]): [number, number][] {
  const width = is.length + 1;
  const lengths = new Uint16Array((was.length + 1) * width);
  const lengthAt = (a: number, b: number): number => lengths[a * width + b] ?? 0;
  for (let a = was.length - 1; a >= 0; a -= 1)
    for (let b = is.length - 1; b >= 0; b -= 1)
      lengths[a * width + b] =
        was[a] === is[b] ? lengthAt(a + 1, b + 1) + 1 : Math.max(lengthAt(a + 1, b), lengthAt(a, b + 1));
  const found: [number, number][] = [];
  for (let [a, b] = [0, 0]; a < was.length && b < is.length;) {
    if (was[a] === is[b]) {
      found.push([a, b]);
      a += 1;
      b += 1;
    } else if (lengthAt(a + 1, b) >= lengthAt(a, b + 1)) a += 1;
    else b += 1;
  }
  return found;
}

function parts(words: readonly string[], kept: ReadonlySet<number>): MarkedPart[] {
  const found: { text: string; isChanged: boolean }[] = [];
  for (const [at, word] of words.entries()) {
    const isChanged = !kept.has(at);
    const last = found.at(-1);
    if (last?.isChanged === isChanged) last.text += word;
    else found.push({ text: word, isChanged });
  }
  return found;
}
