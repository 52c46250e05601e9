// Why a request is refused: the first axis that fails for the practice that comes nearest.
import { hasBit, lowestBit } from "../compile/bit-rows.ts";
import type { Table } from "../compile/table.ts";
import type { Decision, Reason } from "../model/policy.ts";
import { declaredWord, isOnlyLooked } from "./declared.ts";
import { refusal } from "./refusal.ts";
import type { Scene } from "./scene.ts";
import { stageFault } from "./stage-fault.ts";

const [data, subject, purpose, recipient] = [1, 2, 4, 8] as const;

/** Axes a practice may pass, most first, and the first axis, in the order data, subject, purpose, recipient, it then fails. */
const passes: readonly (readonly [number, Reason])[] = [
  [data + subject + purpose, "undeclared recipient"],
  [data + subject + recipient, "undeclared purpose"],
  [data + purpose + recipient, "undeclared subject"],
  [subject + purpose + recipient, "undeclared data"],
  [data + subject, "undeclared purpose"],
  [data + purpose, "undeclared subject"],
  [data + recipient, "undeclared subject"],
  [subject + purpose, "undeclared data"],
  [subject + recipient, "undeclared data"],
  [purpose + recipient, "undeclared data"],
  [data, "undeclared subject"],
];

/** The nearest practice passes the most axes; among equals the first on the page. */
export function refuseNearest(table: Table, scene: Scene): Decision {
  if (nearestOf(table, scene, data + subject + purpose + recipient) !== -1) return refuseCovered(table, scene);
  for (const [axes, reason] of passes) {
    const nearest = nearestOf(table, scene, axes);
    if (nearest !== -1)
      return refusal(table, reason === "undeclared data" ? dataReason(table, scene) : reason, nearest);
  }
  return refusal(table, "undeclared data", -1);
}

/** Each datum alone is declared by some practice for this subject, purpose and recipient; only no practice declares them all. */
function dataReason(table: Table, scene: Scene): Reason {
  const isEach = scene.data.every(
    (row) => nearestOf(table, { ...scene, data: [row] }, data + subject + purpose + recipient) !== -1,
  );
  return scene.data.length > 1 && isEach ? "undeclared combination" : "undeclared data";
}

/** The first practice that passes the given axes; -1 when none does. */
function nearestOf(table: Table, scene: Scene, axes: number): number {
  for (let at = 0; at < table.width; at += 1) {
    const word = axesWord(table, scene, axes, at);
    if (word !== 0) return at * 32 + lowestBit(word);
  }
  return -1;
}

function axesWord(table: Table, scene: Scene, axes: number, at: number): number {
  const { width } = table;
  let word = (axes & data) === 0 ? -1 : declaredWord(table, scene, at);
  if ((axes & subject) !== 0) word &= table.subjects.practices[scene.subject * width + at] ?? 0;
  if ((axes & purpose) !== 0) word &= table.purposes.practices[scene.purpose * width + at] ?? 0;
  if ((axes & recipient) !== 0) word &= table.recipients.practices[scene.recipient * width + at] ?? 0;
  return word;
}

const keepingFaults: readonly Reason[] = ["not held", "kept too long", "less protected form"];

/** Some practice covers data, subject, purpose and recipient: keeping or condition fails. The one that fails latest is nearest. */
function refuseCovered(table: Table, scene: Scene): Decision {
  let nearest = -1;
  let reason: Reason = "not held";
  let best = -1;
  for (let at = 0; at < table.width; at += 1) {
    let word = axesWord(table, scene, data + subject + purpose + recipient, at);
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
