// Whether a practice's keeping permits a form at an age, and if not, why.
import type { TablePractice } from "../compile/table.ts";
import { isFormAtOrBelow } from "../model/form-order.ts";
import type { Reason } from "../model/policy.ts";
import type { Scene } from "./scene.ts";

/** The stage an age falls in is the first whose last day is not past. Undefined when nothing is wrong. */
export function stageFault(practice: TablePractice, scene: Scene): Reason | undefined {
  const { manner, form, ageDays } = scene;
  const stage = practice.stages.find((each) => ageDays <= each.lastDay);
  if (stage === undefined) return "kept too long";
  // Where nothing comes to stay, there is only the look.
  if (manner === 1 && practice.withUs.length === 0) return "not held";
  // What we never keep can be read or passed on in the moment it comes, and not later: there is nothing left.
  if (!stage.isHeld && (manner === 0 || manner === 4 || ageDays > 0)) return "not held";
  if (!isFormAtOrBelow(form, stage.form)) return "less protected form";
  return manner === 2 || manner === 3 ? sendingFault(practice, stage.after, scene) : undefined;
}

/** What is sent may have to be in another form than what is held, and a recipient may store less than it gets. */
function sendingFault({ practice, limits }: TablePractice, after: string, scene: Scene): Reason | undefined {
  const { manner, form, ageDays, to } = scene;
  const { sentAs } = practice;
  if (sentAs !== undefined && !isFormAtOrBelow(form, sentAs)) return "less protected form";
  const limit = manner === 3 && to !== undefined ? limits.get(to) : undefined;
  if (limit === undefined) return undefined;
  if (limit.form !== undefined && !isFormAtOrBelow(form, limit.form)) return "less protected form";
  return ageDays <= limit.lastDay(after) ? undefined : "kept too long";
}
