// Why a request is refused: the first axis that fails for the practice that comes nearest.
import { hasBit, lowestBit } from "../compile/bit-rows.ts";
import type { Table } from "../compile/table.ts";
import type { Decision, Reason } from "../model/policy.ts";
import { declaredWord, isOnlyLooked } from "./declared.ts";
import { refusal } from "./refusal.ts";
import type { Scene } from "./scene.ts";
import { stageFault } from "./stage-fault.ts";

/** Axes are tried in the order data, subject, purpose, recipient, keeping, condition; the nearest practice passes the most of them. */
export function refuseNearest(table: Table, scene: Scene): Decision {
  const whole = nearestOf(table, scene, true, 3);
  if (whole !== -1) return refuseCovered(table, scene);
  const toPurpose = nearestOf(table, scene, true, 2);
  if (toPurpose !== -1) return refusal(table, "undeclared recipient", toPurpose);
  const toSubject = nearestOf(table, scene, true, 1);
  if (toSubject !== -1) return refusal(table, "undeclared purpose", toSubject);
  const toData = nearestOf(table, scene, true, 0);
  if (toData !== -1) return refusal(table, "undeclared subject", toData);
  let nearest = -1;
  for (let axes = 3; axes > 0 && nearest === -1; axes -= 1) nearest = nearestOf(table, scene, false, axes);
  return refusal(table, isEachDeclared(table, scene) ? "undeclared combination" : "undeclared data", nearest);
}

/** The first practice that passes data (or not) and the first `axes` of subject, purpose, recipient; -1 when none does. */
function nearestOf(table: Table, scene: Scene, withData: boolean, axes: number): number {
  for (let at = 0; at < table.width; at += 1) {
    const word = (withData ? declaredWord(table, scene, at) : -1) & axesWord(table, scene, axes, at);
    if (word !== 0) return at * 32 + lowestBit(word);
  }
  return -1;
}

function axesWord(table: Table, scene: Scene, axes: number, at: number): number {
  const { width } = table;
  let word = -1;
  if (axes > 0) word &= table.subjects.practices[scene.subject * width + at] ?? 0;
  if (axes > 1) word &= table.purposes.practices[scene.purpose * width + at] ?? 0;
  if (axes > 2) word &= table.recipients.practices[scene.recipient * width + at] ?? 0;
  return word;
}

/** Each datum alone is declared by some practice for this subject, purpose and recipient; only no practice declares them all. */
function isEachDeclared(table: Table, scene: Scene): boolean {
  return (
    scene.data.length > 1 && scene.data.every((row) => nearestOf(table, { ...scene, data: [row] }, true, 3) !== -1)
  );
}

const keepingFaults: readonly Reason[] = ["not held", "kept too long", "less protected form"];

/** Some practice covers data, subject, purpose and recipient: keeping or condition fails. The one that fails latest is nearest. */
function refuseCovered(table: Table, scene: Scene): Decision {
  let nearest = -1;
  let reason: Reason = "not held";
  let best = -1;
  for (let at = 0; at < table.width; at += 1) {
    let word = declaredWord(table, scene, at) & axesWord(table, scene, 3, at);
    while (word !== 0) {
      const bit = at * 32 + lowestBit(word);
      word &= word - 1;
      const fault = faultOf(table, scene, bit);
      const rank = keepingFaults.includes(fault) ? keepingFaults.indexOf(fault) : keepingFaults.length;
      if (rank <= best) continue;
      nearest = bit;
      reason = fault;
      best = rank;
    }
  }
  return refusal(table, reason, nearest);
}

function faultOf(table: Table, scene: Scene, bit: number): Reason {
  const practice = table.practices[bit];
  if (practice === undefined) return "internal fault";
  const isStored = scene.manner !== 3 || hasBit(table.storing, scene.recipient * table.width, bit);
  if (!isStored) return "not held";
  const fault = stageFault(practice, scene);
  if (fault !== undefined && !isOnlyLooked(table, scene, bit)) return fault;
  return conditionFault(practice.practice.when, practice.practice.needs !== undefined, scene);
}

function conditionFault(when: string, needsFeature: boolean, scene: Scene): Reason {
  const isAnswered = needsFeature || when === "opt-in" || when === "opt-out";
  if (isAnswered && scene.answer === "no") return "refused by the person";
  if (isAnswered && scene.signal) return "refused by a signal";
  if ((needsFeature || when === "opt-in") && scene.answer !== "yes") return "not agreed";
  return "no ground";
}
