// A bounded memory of what was computed for a text: the texts used lately stay, the others are forgotten.

/** `compute` is called again for a text that was forgotten. At most `most` texts are held, in memory only. */
export function remember<T>(compute: (text: string) => T, most: number): (text: string) => T {
  // Two generations: what is used moves into the young one, and the old one is let go whole.
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (text) => {
    const known = young.get(text);
    if (known !== undefined) return known;
    const value = old.get(text) ?? compute(text);
    if (young.size >= most / 2) {
      old = young;
      young = new Map();
    }
    young.set(text, value);
    return value;
  };
}
