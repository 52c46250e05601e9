// Remembered admissions: a walk through maps, one per word of the question, so that no text is joined and none can be confused.
import type { Admission } from "./contract.ts";
import type { Counter } from "./tallies.ts";

/** An admission and the counts it moves each time it is given. */
export interface CountedAdmission {
  readonly admission: Admission;
  readonly counters: readonly Counter[];
}

interface Branch {
  readonly next: Map<string, Branch>;
  found?: CountedAdmission;
}

/** The words a question consists of besides its terms. */
export interface Manner {
  readonly from: string;
  readonly answer: string;
  readonly signal: boolean;
  readonly form: string;
}

export interface AdmissionCache {
  find(manner: Manner, terms: readonly string[]): CountedAdmission | undefined;
  keep(manner: Manner, terms: readonly string[], found: CountedAdmission): void;
}

/** Holds at most `mostBranches` words; a full cache starts anew rather than grow with what strangers send. */
export function createAdmissionCache(mostBranches = 20_000): AdmissionCache {
  let root: Branch = { next: new Map() };
  let branches = 0;
  const grow = (branch: Branch, word: string): Branch => {
    const known = branch.next.get(word);
    if (known !== undefined) return known;
    const grown: Branch = { next: new Map() };
    branch.next.set(word, grown);
    branches += 1;
    return grown;
  };
  return {
    find(manner, terms) {
      let branch = root.next.get(manner.from)?.next.get(manner.answer)?.next.get(manner.form);
      branch = branch?.next.get(manner.signal ? "signal" : "");
      for (let index = 0; index < terms.length && branch !== undefined; index += 1) {
        branch = branch.next.get(terms[index] ?? "");
      }
      return branch?.found;
    },
    keep(manner, terms, found) {
      if (branches > mostBranches) {
        root = { next: new Map() };
        branches = 0;
      }
      let branch = grow(grow(grow(root, manner.from), manner.answer), manner.form);
      branch = grow(branch, manner.signal ? "signal" : "");
      for (const term of terms) branch = grow(branch, term);
      branch.found = found;
    },
  };
}
