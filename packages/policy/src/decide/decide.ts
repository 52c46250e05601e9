// The decision: may this be done with this data? Meaning as in docs/design/language.md. Never throws; a fault denies.
import { type Table, makeDecision, manners, memoShift, open, slotLength } from "../compile/table.ts";
import type { Decision, Policy, Request } from "../model/policy.ts";
import { decideScene } from "./decide-scene.ts";
import { refusal } from "./refusal.ts";
import { mannerOf, sceneOf, situationOf } from "./scene.ts";

const homeless = makeDecision(false, "internal fault", undefined, { notice: "", version: "" });

/** Default deny. Decisions are frozen and reused, so that the hot path allocates nothing. */
export function decide(policy: Policy, request: Request): Decision {
  try {
    const table = open(policy);
    const { data, form, ageDays, ground } = request;
    // The common question is one datum, raw, on day 0; its answer is remembered.
    if (typeof data === "string" && form === undefined && ageDays === undefined && ground === undefined) {
      return decideRemembered(table, request, data);
    }
    return decideWhole(table, request);
  } catch {
    return fault(policy);
  }
}

function decideWhole(table: Table, request: Request): Decision {
  const scene = sceneOf(table, request);
  return scene === undefined ? refusal(table, "unknown term", -1) : decideScene(table, scene);
}

/** Answered from memory where six small numbers were asked before, else in full. Allocates nothing on a hit. */
function decideRemembered(table: Table, request: Request, data: string): Decision {
  const { to } = request;
  const datum = table.data.index.get(data);
  const purpose = table.purposes.index.get(request.for);
  const recipient = to === undefined ? table.controllerRow : (table.recipients.index.get(to) ?? table.strangerRow);
  const subject = subjectRow(table, request.from);
  const manner = mannerOf(request.act, to);
  const situation = situationOf(request);
  if (datum === undefined || purpose === undefined || subject === -1 || manner === -1 || situation === -1) {
    return refusal(table, "unknown term", -1);
  }
  // INVARIANT: the two numbers name the question exactly; each stays far below 2^31 (compile limits what a notice may hold).
  const what = datum * table.recipients.size + recipient;
  const whose = ((purpose * table.subjects.size + subject) * manners.length + manner) * 6 + situation;
  const { slots, decisions } = table.memo;
  const home = (Math.imul(what, 0x9e37_79b1) ^ Math.imul(whose, 0x85eb_ca6b)) >>> memoShift;
  let at = home * slotLength;
  for (let probe = 1; slots[at] !== what || slots[at + 1] !== whose; probe += 1) {
    if (probe === probes) return remember(table, home, what, whose, decideWhole(table, request));
    at = (home ^ probe) * slotLength;
  }
  return decisions[slots[at + 2] ?? -1] ?? decideWhole(table, request);
}

/** Neighbouring slots that are tried: one full set of a cache line. */
const probes = 4;

function subjectRow(table: Table, from: string): number {
  const { memo } = table;
  if (from === memo.lastSubject) return memo.lastSubjectRow;
  const row = table.subjects.index.get(from) ?? -1;
  if (row !== -1) {
    memo.lastSubject = from;
    memo.lastSubjectRow = row;
  }
  return row;
}

/** Into the first free slot of the set; a full set gives up the one where the question would stand first. */
function remember(table: Table, home: number, what: number, whose: number, decision: Decision): Decision {
  const { slots, decisions, numberOf } = table.memo;
  let number = numberOf.get(decision);
  if (number === undefined) {
    number = decisions.push(decision) - 1;
    numberOf.set(decision, number);
  }
  const free = [0, 1, 2, 3].find((probe) => slots[(home ^ probe) * slotLength + 3] === 0) ?? 0;
  const at = (home ^ free) * slotLength;
  slots[at] = what;
  slots[at + 1] = whose;
  slots[at + 2] = number;
  slots[at + 3] = 1;
  return decision;
}

function fault(policy: Policy): Decision {
  try {
    return refusal(open(policy), "internal fault", -1);
  } catch {
    return homeless;
  }
}
