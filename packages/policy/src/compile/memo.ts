// Answers to common questions, remembered by place: a plane per way of asking, in it a place per datum, purpose and recipient.
import type { Decision } from "../model/policy.ts";

export interface Memo {
  /** By subject, act and situation of the person. A place holds the number of the decision, 0 before it was asked. */
  planes: (Uint16Array | undefined)[];
  /** Every decision a place points to, from 1 on; at most one for each reason and clause. */
  readonly decisions: (Decision | undefined)[];
  readonly numberOf: Map<Decision, number>;
  /** Places of all planes together. */
  places: number;
  /** The subject asked about last: most askers keep to one. */
  lastSubject: string;
  lastSubjectRow: number;
}

/** 8 MiB a policy. */
const mostPlaces = 4_194_304;
const mostDecisions = 65_535;

export function emptyMemo(): Memo {
  return { planes: [], decisions: [undefined], numberOf: new Map(), places: 0, lastSubject: "", lastSubjectRow: -1 };
}

/** A memory that is full forgets everything rather than grow with what is asked; what does not fit at all is not remembered. */
export function remember(memo: Memo, plane: number, place: number, planeSize: number, decision: Decision): Decision {
  const number = memo.numberOf.get(decision) ?? memo.decisions.length;
  if (planeSize > mostPlaces || number > mostDecisions) return decision;
  let places = memo.planes[plane];
  if (places === undefined) {
    if (memo.places + planeSize > mostPlaces) {
      memo.planes = [];
      memo.places = 0;
    }
    places = new Uint16Array(planeSize);
    memo.planes[plane] = places;
    memo.places += planeSize;
  }
  memo.decisions[number] = decision;
  memo.numberOf.set(decision, number);
  places[place] = number;
  return decision;
}
