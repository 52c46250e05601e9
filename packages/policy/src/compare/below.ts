// The product order: a point lies below another when it does on every dimension.
import { isActAtOrBelow } from "./orders/act.ts";
import { isConditionAtOrBelow } from "./orders/condition.ts";
import { isDataAtOrBelow } from "./orders/data.ts";
import { isFormAtOrBelow } from "./orders/form.ts";
import { isKeepAtOrBelow } from "./orders/keep.ts";
import { isPurposeAtOrBelow } from "./orders/purpose.ts";
import { isRecipientAtOrBelow } from "./orders/recipient.ts";
import { isSubjectAtOrBelow } from "./orders/subject.ts";
import { type Dimension, type Point, dimensions } from "./point.ts";
import type { TermRelation } from "./term-relation.ts";

/** Subject and purpose of `point` are witnesses of their frontier; its data stands for all below it. */
export function isBelow(point: Point, limit: Point, terms: TermRelation): boolean {
  return dimensions.every((dimension) => isBelowOn(dimension, point, limit, terms));
}

/** The dimensions on which `point` is not below `limit`. */
export function differences(point: Point, limit: Point, terms: TermRelation): readonly Dimension[] {
  return dimensions.filter((dimension) => !isBelowOn(dimension, point, limit, terms));
}

export function isBelowOn(dimension: Dimension, point: Point, limit: Point, terms: TermRelation): boolean {
  switch (dimension) {
    case "act":
      return isActAtOrBelow(point.act, limit.act);
    case "data":
      return isDataAtOrBelow(point.data, limit.data, terms);
    case "subject":
      return isSubjectAtOrBelow(point.subject, limit.subject, terms);
    case "purpose":
      return isPurposeAtOrBelow(point.purpose, limit.purpose, terms);
    case "recipient":
      return isRecipientAtOrBelow(point.recipient, limit.recipient, terms);
    case "form":
      return isFormAtOrBelow(point.form, limit.form);
    case "keep":
      return isKeepAtOrBelow(point.keep, limit.keep);
    case "condition":
      return isConditionAtOrBelow(point.condition, limit.condition);
    default:
      return dimension satisfies never;
  }
}
