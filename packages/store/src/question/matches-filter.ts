// A filter against the values of one event or visit, in plain JavaScript (the reference for the SQL engine).
import type { Filter } from "../contract.ts";
import { StoreValueError } from "../errors.ts";
import type { FilterDimension, Leaf, VisitFilter } from "./dimension-kind.ts";

/** What is asked of whatever is filtered. */
export interface Filtered {
  /** Its values; absence is the empty string. Most dimensions have one. */
  readonly valuesOf: (dimension: FilterDimension) => readonly string[];
  /** Whether an event of its visit passes. */
  readonly hasDone: (filter: VisitFilter["of"]) => boolean;
}

/** A negative condition holds when its positive one does for none of the values. */
export function matchesFilter(filter: Filter | undefined, of: Filtered): boolean {
  if (filter === undefined) return true;
  switch (filter.op) {
    case "and":
      return filter.of.every((one) => matchesFilter(one, of));
    case "or":
      return filter.of.some((one) => matchesFilter(one, of));
    case "not":
      return !matchesFilter(filter.of, of);
    case "has_done":
      return of.hasDone(filter.of);
    case "has_not_done":
      return !of.hasDone(filter.of);
    case "is":
    case "contains":
    case "matches":
      return of.valuesOf(filter.dimension).some((value) => matchesLeaf(filter, value));
    case "is_not":
    case "contains_not":
    case "matches_not":
      return of.valuesOf(filter.dimension).every((value) => matchesLeaf(filter, value));
    default:
      return filter satisfies never;
  }
}

function matchesLeaf(leaf: Leaf, value: string): boolean {
  const cased = (text: string): string => (leaf.caseSensitive ? text : text.toLowerCase());
  switch (leaf.op) {
    case "is":
      return leaf.values.some((wanted) => cased(value) === cased(wanted));
    case "is_not":
      return leaf.values.every((wanted) => cased(value) !== cased(wanted));
    case "contains":
      return leaf.values.some((part) => cased(value).includes(cased(part)));
    case "contains_not":
      return leaf.values.every((part) => !cased(value).includes(cased(part)));
    case "matches":
      return leaf.values.some((pattern) => patternOf(pattern, leaf.caseSensitive).test(value));
    case "matches_not":
      return leaf.values.every((pattern) => !patternOf(pattern, leaf.caseSensitive).test(value));
    default:
      return leaf.op satisfies never;
  }
}

function patternOf(pattern: string, caseSensitive: boolean): RegExp {
  try {
    return new RegExp(pattern, caseSensitive ? "u" : "iu");
  } catch (cause) {
    throw new StoreValueError(`\`${pattern.slice(0, 60)}\` is not a regular expression`, { cause });
  }
}
