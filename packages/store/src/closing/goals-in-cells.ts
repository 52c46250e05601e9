// Goals of a closed day: those that are events are the counts by names of events; pages by pattern are not counted.
import type { Filter, Goal, Question } from "../contract.ts";
import type { DayGroup } from "../question/answer-from-sums.ts";
import { leavesOf } from "../question/dimension-kind.ts";
import { matchesFilter } from "../question/matches-filter.ts";

export interface WithoutGoals {
  /** The same question in names of events. */
  readonly question: Question;
  /** Groups of names as groups of goals again. */
  readonly named: (groups: readonly DayGroup[]) => readonly DayGroup[];
}

type EventGoal = Extract<Goal, { readonly event: string }>;
type Leaf = Extract<Filter, { readonly dimension: string }>;

/** Undefined where a goal that matters is of pages, or the filter looks at goals in a way names cannot follow. */
export function withoutGoals(question: Question): WithoutGoals | undefined {
  const { goals = [], dimensions, filter } = question;
  const isGrouped = dimensions.includes("goal");
  if (!isGrouped && !leavesOf(filter).some(isOfGoals)) return { question, named: (groups) => groups };
  const rewritten = rewrite(filter, goals, isGrouped);
  if (rewritten === "unknown") return undefined;
  if (!isGrouped) return { question: filtered(question, rewritten), named: (groups) => groups };
  const shown = goals.filter((goal) => conjuncts(filter).every((leaf) => !isOfGoals(leaf) || meets(leaf, goal)));
  if (!shown.every(isEvent) || question.metrics.includes("percentage")) return undefined;
  const only = among("is", shown);
  return {
    question: {
      ...filtered(question, rewritten === undefined ? only : { op: "and", of: [only, rewritten] }),
      dimensions: dimensions.map((each) => (each === "goal" ? "event_name" : each)),
      orderBy: [],
    },
    named: (groups) => groups.flatMap((group) => goalGroups(group, dimensions.indexOf("goal"), shown)),
  };
}

function filtered(question: Question, filter: Filter | undefined): Question {
  const { filter: _, ...rest } = question;
  return filter === undefined ? rest : { ...rest, filter };
}

/** Where groups are goals, conditions on goals choose among them and leave the filter. */
function rewrite(
  filter: Filter | undefined,
  goals: readonly Goal[],
  isGrouped: boolean,
): Filter | "unknown" | undefined {
  if (filter === undefined) return undefined;
  if (!leavesOf(filter).some(isOfGoals)) return filter;
  if ("dimension" in filter) return isGrouped ? undefined : rewriteLeaf(filter, goals);
  switch (filter.op) {
    case "has_done":
    case "has_not_done":
      return "unknown";
    case "not":
      return isGrouped ? "unknown" : turned(rewrite(filter.of, goals, isGrouped));
    case "and":
    case "or":
      // A goal is that of the group: beside "or" it is not one of several that an event meets.
      return isGrouped && filter.op === "or" ? "unknown" : joined(filter, goals, isGrouped);
    default:
      return filter satisfies never;
  }
}

function turned(inner: Filter | "unknown" | undefined): Filter | "unknown" {
  return inner === undefined || inner === "unknown" ? "unknown" : { op: "not", of: inner };
}

function joined(
  { op, of: parts }: Extract<Filter, { readonly op: "and" | "or" }>,
  goals: readonly Goal[],
  isGrouped: boolean,
): Filter | "unknown" | undefined {
  const of: Filter[] = [];
  for (const one of parts) {
    const part = rewrite(one, goals, isGrouped);
    if (part === "unknown") return part;
    if (part !== undefined) of.push(part);
  }
  return of.length === 0 ? undefined : { op, of };
}

function rewriteLeaf(leaf: Leaf, goals: readonly Goal[]): Filter | "unknown" {
  if (leaf.op === "matches" || leaf.op === "matches_not") return "unknown";
  const isNegative = leaf.op === "is_not" || leaf.op === "contains_not";
  const met = goals.filter((goal) => meets(leaf, goal) !== isNegative);
  return met.every(isEvent) ? among(isNegative ? "is_not" : "is", met) : "unknown";
}

/** Whether a group of this goal passes. */
function meets(leaf: Leaf, { label }: Goal): boolean {
  return matchesFilter(leaf, { valuesOf: () => [label], hasDone: () => false });
}

function among(op: "is" | "is_not", goals: readonly EventGoal[]): Filter {
  return { op, dimension: "event_name", values: [...new Set(goals.map(({ event }) => event))], caseSensitive: true };
}

function conjuncts(filter: Filter | undefined): readonly Leaf[] {
  if (filter === undefined) return [];
  if ("dimension" in filter) return [filter];
  return filter.op === "and" ? filter.of.flatMap(conjuncts) : [];
}

function isOfGoals({ dimension }: Pick<Leaf, "dimension">): boolean {
  return dimension === "goal";
}

function isEvent(goal: Goal): goal is EventGoal {
  return "event" in goal;
}

/** One group for each goal that is this event; what was folded stays as it is. */
function goalGroups(group: DayGroup, index: number, goals: readonly EventGoal[]): readonly DayGroup[] {
  if (group.isOther === true) return [group];
  return goals
    .filter(({ event }) => event === group.values[index])
    .map(({ label }) => {
      const values = group.values.with(index, label);
      return { ...group, values, key: values.length === 1 ? String(values[0]) : JSON.stringify(values) };
    });
}
