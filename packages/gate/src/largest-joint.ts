// Which of the asked terms may be held together: the largest subset that one decision permits.

/** Decisions one search may spend. Beyond it the best set found so far stands: it is permitted, if perhaps not the largest. */
const mostDecisions = 2_000;

/**
 * Permitted sets are closed downward (a part of what one practice covers is covered; a ban that does not overlap the whole
 * does not overlap a part), so a set is grown term by term and a branch is left when it can no longer beat the best.
 * Of equally large sets the one with the earlier terms wins.
 */
export function largestJoint(
  terms: readonly string[],
  isPermitted: (together: readonly string[]) => boolean,
): readonly string[] {
  const single = [...new Set(terms)].filter((term) => isPermitted([term]));
  if (single.length < 2 || isPermitted(single)) return single;
  let decisions = 0;
  let best: readonly string[] = [];
  const grow = (index: number, chosen: readonly string[]): void => {
    if (chosen.length > best.length) best = chosen;
    for (let next = index; next < single.length; next += 1) {
      if (chosen.length + single.length - next <= best.length || decisions >= mostDecisions) return;
      const grown = [...chosen, single[next] ?? ""];
      decisions += 1;
      if (isPermitted(grown)) grow(next + 1, grown);
    }
  };
  grow(0, []);
  return best;
}
