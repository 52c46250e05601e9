// How many days a run of months can have: the gate allows the most, a comparison counts on the fewest.

/** By months beyond whole years: the longest run (it ends in summer, or begins with July) and the shortest (it has February). */
const most = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];
const fewest = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];

export function mostDays(months: number): number {
  return Math.floor(months / 12) * 366 + (most[months % 12] ?? 0);
}

export function fewestDays(months: number): number {
  return Math.floor(months / 12) * 365 + (fewest[months % 12] ?? 0);
}
