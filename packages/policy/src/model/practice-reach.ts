// Where the data of a practice comes to: held by the controller, on the person's own device, or straight to recipients (clauses.md JL2).
import type { Practice } from "./notice.ts";

/** True when the controller keeps anything of it. */
export function isHeldByUs({ data, held, keep }: Practice): boolean {
  return held === undefined && data.length > 0 && keep.some((stage) => stage.keep.kind !== "never by us");
}

/** True when all of it goes from the person's own machine to the recipients, so that none of it comes to the controller. */
export function isDirect(practice: Practice, isReachedDirectly: (recipient: string) => boolean): boolean {
  const { to, data, sends, held } = practice;
  if (isHeldByUs(practice) || to.length === 0 || !to.every(isReachedDirectly)) return false;
  return held !== undefined || (sends.length === data.length && sends.every((each) => data.includes(each)));
}

/** What comes to the controller besides `reads`: held, or in memory on its way to somebody. */
export function dataWithUs(practice: Practice, isReachedDirectly: (recipient: string) => boolean): readonly string[] {
  if (isDirect(practice, isReachedDirectly)) return [];
  return practice.held === undefined ? practice.data : practice.sends;
}
