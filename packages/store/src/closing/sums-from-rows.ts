// The sums of each day from its rows in plain JavaScript, so that they can be put together with those of closed days.
import type { EventRow, Question } from "../contract.ts";
import { groupsFromRows, sumsOf } from "../question/answer-from-rows.ts";
import type { DaySums } from "../question/answer-from-sums.ts";

/** `rows` of one site that may all be looked at; `question.filter` must hold stored values. */
export function sumsFromRows(rows: readonly EventRow[], question: Question): readonly DaySums[] {
  return [...Map.groupBy(rows, ({ day }) => day).values()].map((ofDay) => {
    const { groups, people } = groupsFromRows(ofDay, question, true);
    return {
      people,
      groups: groups.map((group) => ({
        key: group.values.length === 1 ? String(group.values[0]) : JSON.stringify(group.values),
        values: group.values,
        ...sumsOf(group),
      })),
    };
  });
}
