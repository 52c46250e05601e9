// Whether a practice's keeping permits a form at an age, and if not, why.
import type { TablePractice } from "../compile/table.ts";
import { isFormAtOrBelow } from "../model/form-order.ts";
import type { Reason } from "../model/policy.ts";
import type { Scene } from "./scene.ts";

/** The stage an age falls in is the first whose last day is not past. Undefined when nothing is wrong. */
export function stageFault(
  practice: Pick<TablePractice, "stages">,
  scene: Pick<Scene, "manner" | "form" | "ageDays">,
): Reason | undefined {
  const stage = practice.stages.find((each) => scene.ageDays <= each.lastDay);
  if (stage === undefined) return "kept too long";
  if (scene.manner === 0 && !stage.isHeld) return "not held";
  return isFormAtOrBelow(scene.form, stage.form) ? undefined : "less protected form";
}
