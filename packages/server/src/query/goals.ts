// A goal as it is given: an event by its name, or pages by a pattern; checked once for the API and the command.
import type { Goal } from "@avow/store";

export const goalLimits = { goals: 100, name: 120, page: 2000, label: 200 } as const;

export interface GivenGoal {
  readonly event?: string | undefined;
  readonly page?: string | undefined;
  readonly label?: string | undefined;
}

/** The goal, or in words what is wrong with it. */
export function goalOf({ event, page, label }: GivenGoal): Goal | string {
  if ((event === undefined) === (page === undefined)) return "a goal is either an event or a page";
  const named = (event ?? page ?? "").trim();
  const most = event === undefined ? goalLimits.page : goalLimits.name;
  if (named === "" || named.length > most)
    return `a goal's ${event === undefined ? "page" : "event"} has 1 to ${most} characters`;
  if (page !== undefined && !named.startsWith("/"))
    return "a goal's page is a path from `/`, where `*` stands for anything but `/` and `**` for anything";
  if (event === "pageview" || event === "engagement")
    return `\`${event}\` is sent by every page and no goal; name a page instead`;
  const said = (label ?? (event === undefined ? `Visit ${named}` : named)).trim();
  if (said === "" || said.length > goalLimits.label) return `a goal's label has 1 to ${goalLimits.label} characters`;
  return event === undefined ? { label: said, page: named } : { label: said, event: named };
}

/** With it, in the place of one of the same label. */
export function withGoal(goals: readonly Goal[] | undefined, goal: Goal): readonly Goal[] {
  return [...(goals ?? []).filter(({ label }) => label !== goal.label), goal];
}
