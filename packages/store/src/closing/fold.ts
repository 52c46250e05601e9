// Folds what too few visitors share, and as much more as keeps a subtraction from telling it (clauses.md PI3).

/** Groups already folded along a line of a table (a row, a column, or all of it): how many, and at least how many visitors. */
export interface Line {
  readonly cells: number;
  readonly people: number;
}

/** Lines by name; those without anything folded may be absent. */
export type Lines = ReadonlyMap<string, Line>;

/** A group that may be kept: enough visitors share it. */
export interface Candidate {
  readonly id: string;
  /** Names of the lines it stands in. */
  readonly lines: readonly string[];
  readonly people: number;
  /** Kept it would tell of too few by itself: what a line leaves beside it. */
  readonly mustFold: boolean;
}

/**
 * Which candidates are folded too. INVARIANT: along each line what is folded is nothing, or two groups or more that `least`
 * visitors share, or everything there is along it.
 */
export function foldedToo(candidates: readonly Candidate[], folded: Lines, least: number): ReadonlySet<string> {
  const lines = new Map<string, { cells: number; people: number; readonly kept: Candidate[] }>();
  const lineOf = (name: string): { cells: number; people: number; readonly kept: Candidate[] } => {
    const known = lines.get(name);
    const line = known ?? { cells: 0, people: 0, ...folded.get(name), kept: [] };
    if (known === undefined) lines.set(name, line);
    return line;
  };
  const largestFirst = candidates.toSorted((a, b) => b.people - a.people || (a.id < b.id ? -1 : 1));
  for (const one of largestFirst) for (const name of one.lines) lineOf(name).kept.push(one);

  const too = new Set<string>();
  const open: string[] = [];
  const fold = (one: Candidate): void => {
    too.add(one.id);
    for (const name of one.lines) {
      const line = lineOf(name);
      line.cells += 1;
      line.people = Math.max(line.people, one.people);
      open.push(name);
    }
  };
  for (const one of largestFirst) if (one.mustFold) fold(one);
  open.push(...lines.keys());
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const line = lineOf(name);
    while (line.cells > 0 && (line.cells === 1 || line.people < least)) {
      const smallest = line.kept.pop();
      if (smallest === undefined) break;
      if (!too.has(smallest.id)) fold(smallest);
    }
  }
  return too;
}
