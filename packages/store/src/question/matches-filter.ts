// A filter against the values of one event or visit, in plain JavaScript (the reference for the SQL engine).
import type { Filter } from "../contract.ts";
import { StoreValueError } from "../errors.ts";
import type { FilterDimension } from "./dimension-kind.ts";

type Leaf = Extract<Filter, { readonly dimension: FilterDimension }>;

/** True when `valueOf` each named dimension passes; absence is the empty string. */
export function matchesFilter(filter: Filter | undefined, valueOf: (dimension: FilterDimension) => string): boolean {
  if (filter === undefined) return true;
  switch (filter.op) {
    case "and":
      return filter.of.every((one) => matchesFilter(one, valueOf));
    case "or":
      return filter.of.some((one) => matchesFilter(one, valueOf));
    case "not":
      return !matchesFilter(filter.of, valueOf);
    case "is":
    case "is_not":
    case "contains":
    case "contains_not":
    case "matches":
    case "matches_not":
      return matchesLeaf(filter, valueOf(filter.dimension));
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
