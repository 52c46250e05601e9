// What a question needs of rows and visits, and how its conditions are written for what they are asked of.
import type { Filter, Goal, Question, QuestionDimension } from "../contract.ts";
import {
  asksOfEngagement,
  asksOfVisits,
  dimensionsNamed,
  isEventDetail,
  isVisitDimension,
  type Leaf,
  leavesOf,
  requireMeaning,
  type VisitDimension,
  visitFiltersOf,
} from "../question/dimension-kind.ts";
import { pagePattern } from "../question/matches-goal.ts";
import { isTimeDimension } from "../question/time-bucket.ts";
import { type ZoneOffset, zoneOffsets } from "../question/zone-offsets.ts";
import {
  entryColumn,
  eventColumn,
  filterSql,
  joinedSql,
  leafSql,
  positiveOf,
  type Scope,
  textSql,
} from "./duckdb-expressions.ts";

/** Which rows the metrics of a question need added up; what it does not ask is not read. */
export interface Plan {
  readonly question: Question;
  readonly offsets: readonly ZoneOffset[];
  /** What rows must have: dimensions of groups and of every condition. */
  readonly named: readonly QuestionDimension[];
  readonly ofVisit: readonly VisitDimension[];
  /** Every figure can be put together from one row a visit. */
  readonly isOfVisits: boolean;
  readonly needsEntries: boolean;
  readonly needsEngagement: boolean;
  readonly needsVisits: boolean;
  /** Events are joined to what is known of their visits. */
  readonly joinsVisits: boolean;
  readonly done: Done;
  /** Groups are those of a day; its place in the list is their first key, `d`. */
  readonly isByDay: boolean;
}

/** Of a visit, that one of its events within the range passes: the condition as SQL of an event, by the column that says so. */
type Done = ReadonlyMap<string, { readonly condition: Filter; readonly sql: string }>;

export function planOf(question: Question, isByDay: boolean): Plan {
  requireMeaning(question);
  const done = doneOf(question);
  const inner = new Set(visitFiltersOf(question.filter).flatMap(({ of }) => leavesOf(of)));
  const own = leavesOf(question.filter).filter((leaf) => !inner.has(leaf));
  const grouped = [...question.dimensions, ...own.map(({ dimension }) => dimension)];
  const ofVisit = [...new Set(grouped)].filter(
    (one): one is VisitDimension => !isTimeDimension(one) && isVisitDimension(one),
  );
  const [needsEntries, needsEngagement] = [asksOfVisits(question), asksOfEngagement(question)];
  const needsVisits = needsEntries || needsEngagement || ofVisit.length > 0 || done.size > 0;
  return {
    question,
    offsets: zoneOffsets(question.timeZone, question.from, question.until),
    named: [...dimensionsNamed(question)],
    ofVisit,
    isOfVisits: needsVisits && !needsEngagement && ofVisit.length === new Set(grouped).size,
    needsEntries,
    needsEngagement,
    needsVisits,
    joinsVisits: ofVisit.length > 0 || visitFiltersOf(question.filter).length > 0,
    done,
    isByDay,
  };
}

function doneOf(question: Question): Done {
  const visitFilters = visitFiltersOf(question.filter).map(({ of }) => of);
  const inner = new Set(visitFilters.flatMap(leavesOf));
  // What only events have is asked of a visit where figures are of visits as a whole, or of what engagement says.
  const details = leavesOf(question.filter).filter(
    (leaf) =>
      isEventDetail(leaf.dimension) && !inner.has(leaf) && (asksOfVisits(question) || asksOfEngagement(question)),
  );
  const conditions = [...visitFilters, ...details.map((leaf) => positiveOf(leaf).leaf)];
  const once = new Map(conditions.map((condition) => [JSON.stringify(condition), condition]));
  const scope = eventScope(question, new Map());
  return new Map(
    [...once.values()].map((condition, index) => [
      `done_${index}`,
      { condition, sql: filterSql(condition, { ...scope, detail: (leaf) => eventDetailSql(question, leaf) }) },
    ]),
  );
}

/** Of one event; joined to its visit where the filter looks at that. */
export function eventScope(question: Question, done: Done): Scope {
  const isOfGoals = question.dimensions.includes("goal");
  return {
    column: eventColumn,
    // Where groups are goals, a goal is the one of the group.
    detail: (leaf) => (leaf.dimension === "goal" && isOfGoals ? leafSql(leaf, "goal") : eventDetailSql(question, leaf)),
    done: ({ op, of }) => signed(columnOf(done, of), op === "has_not_done"),
  };
}

/** Of a visit as a whole. `column`: whose page and host count. */
export function visitScope(done: Done, column: Scope["column"]): Scope {
  return {
    column,
    detail: (given) => {
      const { leaf, isNegative } = positiveOf(given);
      return signed(columnOf(done, leaf), isNegative);
    },
    done: ({ op, of }) => signed(columnOf(done, of), op === "has_not_done"),
  };
}

export const entryScope = (done: Done): Scope => visitScope(done, entryColumn);

function eventDetailSql(question: Question, leaf: Leaf): string {
  return leaf.dimension === "goal" ? anyGoalSql(question, leaf) : leafSql(leaf, eventColumn(leaf.dimension));
}

/** An event meets a goal of that name; a negative condition holds where it meets none. */
function anyGoalSql({ goals = [] }: Question, given: Leaf): string {
  const { leaf, isNegative } = positiveOf(given);
  const any = goals.map((goal) => `(${leafSql(leaf, textSql(goal.label))}) AND ${goalSql(goal)}`);
  return signed(joinedSql(any, "OR", "false"), isNegative);
}

export function goalSql(goal: Goal): string {
  if ("event" in goal) return `event_name = ${textSql(goal.event)}`;
  return `(is_pageview AND regexp_matches("page", ${textSql(pagePattern(goal.page))}, 's'))`;
}

function columnOf(done: Done, condition: Filter): string {
  const wanted = JSON.stringify(condition);
  for (const [column, known] of done) if (JSON.stringify(known.condition) === wanted) return column;
  throw new Error("a condition of a question was not planned");
}

function signed(sql: string, isNegative: boolean): string {
  return isNegative ? `NOT (${sql})` : `(${sql})`;
}
