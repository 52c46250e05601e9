// What an order to close a day must be before any store follows it.
import type { ClosingOrder } from "../contract.ts";
import { StoreValueError } from "../errors.ts";
import { isDay } from "../event-row-check.ts";
import { dayBounds } from "./day-bounds.ts";

/** Most shapes of one order: each costs a reading of the day. */
const mostShapes = 400;

/** @throws StoreValueError */
export function checkedOrder(order: ClosingOrder): ClosingOrder {
  if (!isDay(order.day)) throw new StoreValueError("a day to close must be a date like 2026-11-20");
  if (!Number.isSafeInteger(order.least) || order.least < 1) {
    throw new StoreValueError("the fewest visitors of a group must be a whole number from 1");
  }
  if (order.shapes.length > mostShapes) throw new StoreValueError(`a day is kept by at most ${mostShapes} shapes`);
  for (const { of, hourly } of order.shapes) {
    if (of.length + (hourly === true ? 1 : 0) > 2 || of[0] === undefined ? of.length > 0 : of[0] === of[1]) {
      throw new StoreValueError("a shape is of at most two dimensions, or of one by the hour");
    }
  }
  dayBounds(order.day, order.timeZone);
  return order;
}
