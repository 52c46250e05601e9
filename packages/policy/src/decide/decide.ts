// The decision: may this be done with this data? Meaning as in docs/design/language.md. Never throws; a fault denies.
import { remember } from "../compile/memo.ts";
import { type Table, makeDecision, manners, open } from "../compile/table.ts";
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

/** Answered from memory where the same words were asked before, else in full. Allocates nothing on a hit. */
function decideRemembered(table: Table, request: Request, data: string): Decision {
  const { to } = request;
  const { memo, purposes, recipients } = table;
  const datum = table.data.index.get(data);
  const purpose = purposes.index.get(request.for);
  const recipient = to === undefined ? table.controllerRow : (recipients.index.get(to) ?? table.strangerRow);
  const subject = subjectRow(table, request.from);
  const manner = mannerOf(request.act, to);
  const situation = situationOf(request);
  if (datum === undefined || purpose === undefined || subject === -1 || manner === -1 || situation === -1) {
    return refusal(table, "unknown term", -1);
  }
  // INVARIANT: plane and place together name the question exactly; the axes never change once a table is built.
  const plane = (subject * manners.length + manner) * table.conditions.length + situation;
  const place = (datum * purposes.size + purpose) * recipients.size + recipient;
  const known = memo.decisions[memo.planes[plane]?.[place] ?? 0];
  if (known !== undefined) return known;
  const planeSize = table.data.index.size * purposes.size * recipients.size;
  return remember(memo, plane, place, planeSize, decideWhole(table, request));
}

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

function fault(policy: Policy): Decision {
  try {
    return refusal(open(policy), "internal fault", -1);
  } catch {
    return homeless;
  }
}
