// Which version of a notice is in force: the file's, unless it is materially weaker and not declared, or its day has not come (clauses.md PS11, JL6).
import { type Comparison, type Policy, type Side, type Vocabulary, compareNotices } from "@avow/policy";

/** What the version log beside a notice declares of a material change. */
export interface Declared {
  /** ISO day from which it may be in force. */
  readonly effective: string;
}

export type Standing =
  /** The file's version is in force. */
  | { readonly kind: "file" }
  /** The former version stays in force. */
  | { readonly kind: "former"; readonly because: "undeclared" | "not yet"; readonly effective?: string };

export interface Former {
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
}

/** `declared` is what the log says of the file's version; `today` an ISO day, UTC. */
export function standingOf(
  former: Former,
  next: Former,
  declared: Declared | undefined,
  today: string,
): { readonly standing: Standing; readonly comparison: Comparison } {
  const comparison = compareNotices(sideOf(former), sideOf(next));
  return { standing: stand(comparison, declared, today), comparison };
}

function stand({ verdict }: Comparison, declared: Declared | undefined, today: string): Standing {
  switch (verdict) {
    case "equivalent":
    case "more protective":
      return { kind: "file" };
    case "less protective":
    case "incomparable":
      if (declared === undefined) return { kind: "former", because: "undeclared" };
      if (declared.effective > today) return { kind: "former", because: "not yet", effective: declared.effective };
      return { kind: "file" };
    default:
      return verdict satisfies never;
  }
}

export function sideOf({ policy, vocabulary }: Former): Side {
  const { notice, parent } = policy;
  return { notice, vocabulary, ...(parent === undefined ? {} : { parent }) };
}
