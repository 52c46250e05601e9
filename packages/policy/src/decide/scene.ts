// A request with every word looked up: rows of the table, the condition's practices, the form and the age.
import { united } from "../compile/bit-rows.ts";
import type { Manner, Rows, Table } from "../compile/table.ts";
import { formOf } from "../model/form-order.ts";
import type { Form } from "../model/notice.ts";
import type { Request } from "../model/policy.ts";
import { ownDevice } from "../model/values.ts";

export interface Scene {
  /** Rows of the data asked for together. */
  readonly data: readonly number[];
  readonly subject: number;
  readonly purpose: number;
  readonly recipient: number;
  readonly to: string | undefined;
  readonly manner: Manner;
  /** Practices whose condition holds for this person. */
  readonly conditions: Rows;
  readonly answer: "ask" | "yes" | "no";
  readonly signal: boolean;
  readonly form: Form;
  readonly ageDays: number;
}

const raw: Form = { kind: "raw" };

/** Undefined when a word is unknown or no word of the language stands where one must. */
export function sceneOf(table: Table, request: Request): Scene | undefined {
  const subject = table.subjects.index.get(request.from);
  const purpose = table.purposes.index.get(request.for);
  const manner = mannerOf(request.act, request.to);
  const conditions = conditionsOf(table, request);
  const data = rowsOf(table, request.data);
  const form = request.form === undefined ? raw : formOf(request.form);
  if (subject === undefined || purpose === undefined || manner === -1) return undefined;
  if (conditions === undefined || data === undefined || form === undefined) return undefined;
  const { ageDays = 0 } = request;
  // What is no number is older than any limit.
  const age = typeof ageDays === "number" ? ageDays : Number.NaN;
  const { answer = "ask", signal = false } = request;
  const recipient = recipientOf(table, request.to);
  return {
    data,
    subject,
    purpose,
    recipient,
    to: request.to,
    manner,
    conditions,
    answer,
    signal,
    form,
    ageDays: age,
  };
}

/** What an act means: whoever gets data without keeping it is sent it; what goes to the controller is held, what is on their own device rests there. -1 for no act. */
export function mannerOf(act: unknown, to: string | undefined): Manner | -1 {
  if (to === ownDevice) return act === undefined || act === "hold" || act === "send" || act === "read" ? 4 : -1;
  if (act === undefined || act === "send") return to === undefined ? 0 : 2;
  if (act === "hold") return to === undefined ? 0 : 3;
  if (act === "read") return to === undefined ? 1 : 2;
  return -1;
}

function recipientOf(table: Table, to: string | undefined): number {
  return to === undefined ? table.controllerRow : (table.recipients.index.get(to) ?? table.strangerRow);
}

/** Signal and answer as one number, the place in `Table.conditions`; -1 for no answer the language has. */
export function situationOf(request: Request): number {
  const { answer } = request;
  const number = answer === undefined || answer === "ask" ? 0 : answer === "yes" ? 1 : answer === "no" ? 2 : -4;
  return number < 0 ? -1 : request.signal ? number + 3 : number;
}

function conditionsOf(table: Table, request: Request): Rows | undefined {
  const situation = situationOf(request);
  const rows = table.conditions[situation];
  if (rows === undefined || request.ground === undefined) return rows;
  const grounded = table.grounds.get(request.ground)?.[situation];
  return grounded === undefined ? undefined : united(grounded, rows);
}

function rowsOf(table: Table, data: Request["data"]): readonly number[] | undefined {
  const terms = typeof data === "string" ? [data] : data;
  const rows: number[] = [];
  for (const term of terms) {
    const row = table.data.index.get(term);
    if (row === undefined) return undefined;
    rows.push(row);
  }
  return rows.length === 0 ? undefined : rows;
}
