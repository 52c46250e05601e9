// How forms compare: raw over truncated, pseudonymous, hashed, encrypted (incomparable) over aggregates, larger groups lower.
import type { Form } from "./notice.ts";
import { isOneOf, simpleForms } from "./values.ts";

/** True when `form` leaves no more of the person in the data than `limit` does. */
export function isFormAtOrBelow(form: Form, limit: Form): boolean {
  if (limit.kind === "raw") return true;
  if (form.kind === "aggregate") return limit.kind !== "aggregate" || form.least >= limit.least;
  return form.kind === limit.kind;
}

/** The least protected form that lies at or below both. What is as protected as two unlike forms is a count of at least two. */
export function meetForms(one: Form, other: Form): Form {
  if (isFormAtOrBelow(one, other)) return one;
  return isFormAtOrBelow(other, one) ? other : { kind: "aggregate", least: 2 };
}

/** Reads `raw` or `aggregate of 10`; undefined when it is no form. A group has 2 to 1,000,000 people. */
export function formOf(text: string): Form | undefined {
  if (isOneOf(simpleForms, text)) return { kind: text };
  const match = /^aggregate of ([1-9]\d{0,6})$/.exec(text);
  const least = Number(match?.[1]);
  return least >= 2 && least <= 1_000_000 ? { kind: "aggregate", least } : undefined;
}

export function formText(form: Form): string {
  return form.kind === "aggregate" ? `aggregate of ${form.least}` : form.kind;
}
