// The decision: may this be done with this data? Meaning as in docs/design/language.md. Never throws; a fault denies.
import { type Table, makeDecision, open } from "../compile/table.ts";
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
    // The common question is one datum, raw, on day 0: its answer depends on six small numbers and is remembered.
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

function decideRemembered(table: Table, request: Request, data: string): Decision {
  const { to } = request;
  const { subjects, purposes, recipients, memo } = table;
  const datum = table.data.index.get(data);
  const subject = subjects.index.get(request.from);
  const purpose = purposes.index.get(request.for);
  const manner = mannerOf(request.act, to);
  const situation = situationOf(request);
  const recipient = to === undefined ? table.controllerRow : (recipients.index.get(to) ?? table.strangerRow);
  if (datum === undefined || subject === undefined || purpose === undefined || manner === -1 || situation === -1) {
    return refusal(table, "unknown term", -1);
  }
  // INVARIANT: two numbers below 2^53 that together name the question exactly; the slot is only where to look.
  const whose = (datum * recipients.size + recipient) * 24 + manner * 6 + situation;
  const what = subject * purposes.size + purpose;
  const slot = (Math.imul(whose, 0x9e37_79b1) ^ Math.imul(what, 0x85eb_ca6b)) >>> memo.shift;
  if (memo.whose[slot] === whose && memo.what[slot] === what) {
    const known = memo.decisions[slot];
    if (known !== undefined) return known;
  }
  const decision = decideWhole(table, request);
  memo.whose[slot] = whose;
  memo.what[slot] = what;
  memo.decisions[slot] = decision;
  return decision;
}

function fault(policy: Policy): Decision {
  try {
    return refusal(open(policy), "internal fault", -1);
  } catch {
    return homeless;
  }
}
