// The known word a misspelt one probably stands for: edit distance with swaps, and one word standing inside the other.

/** Beyond this nobody mistyped; it also bounds the work on hostile input. */
const longestWord = 64;

/** The candidate closest to `word`, or undefined when none is close enough to be meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longestWord) return undefined;
  const wanted = plain(word);
  let best: string | undefined;
  let bestScore = Math.max(2, Math.floor(wanted.length * 0.4)) + 0.5;
  for (const candidate of candidates) {
    const score = scoreOf(wanted, plain(candidate), bestScore);
    if (score < bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

function scoreOf(wanted: string, candidate: string, limit: number): number {
  if (wanted === candidate) return 0;
  const [shorter, longer] = wanted.length < candidate.length ? [wanted, candidate] : [candidate, wanted];
  // `email` means `e-mail address`: containment counts as a near miss, better the more of the word it fills.
  if (shorter.length >= 3 && longer.includes(shorter)) return 1 + (longer.length - shorter.length) / longer.length;
  if (longer.length - shorter.length >= limit) return Number.POSITIVE_INFINITY;
  return distance(wanted, candidate);
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours each cost 1. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
