// Whether an event meets a goal, in plain JavaScript, and the pattern of a page as a regular expression both engines read alike.
import type { EventRow, Goal } from "../contract.ts";
import { isPageview, ofEvent } from "./visits.ts";

export function meetsGoal(row: EventRow, goal: Goal): boolean {
  if ("event" in goal) return row.name === goal.event;
  return isPageview(row) && new RegExp(pagePattern(goal.page), "su").test(ofEvent(row, "page"));
}

/** Anchored; everything but the stars stands for itself. Without alternatives and repeated groups, so RE2 and JavaScript agree. */
export function pagePattern(page: string): string {
  const parts = page.split(/(\*+)/u).map((part) => {
    if (part === "*") return "[^/]*";
    return /^\*+$/u.test(part) ? ".*" : part.replaceAll(/[\\^$.|?+()[\]{}/]/gu, String.raw`\$&`);
  });
  return `^${parts.join("")}$`;
}
