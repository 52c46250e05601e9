// The known word nearest to a mistyped one, for error messages.

/** Undefined when nothing is near enough to be a slip. */
export function nearestWord(given: string, known: readonly string[]): string | undefined {
  const asked = given.slice(0, 60).toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(asked.length / 2)) + 1;
  for (const word of known) {
    const bare = word.includes(":") ? word.slice(word.indexOf(":") + 1) : word;
    const distance = Math.min(editDistance(asked, word.toLowerCase()), editDistance(asked, bare.toLowerCase()));
    if (distance < bestDistance) [best, bestDistance] = [word, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
