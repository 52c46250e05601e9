// The contract of events: every figure of a day counted by hand, exact storage, and questions that see every write.
import { describe } from "vitest";
import type { Events } from "../contract.ts";
import { closing } from "./events-closing.ts";
import { details } from "./events-details.ts";
import { derivedDimensions, dimensions, timeDimensions } from "./events-dimensions.ts";
import { figures, order } from "./events-figures.ts";
import { filters } from "./events-filters.ts";
import { holding } from "./events-held.ts";
import { keeping, refusing, storing } from "./events-storing.ts";
import type { Open } from "./suite.ts";

export function eventsContract(open: Open<Events>): void {
  describe("figures", () => figures(open));
  describe("order and pages", () => order(open));
  describe("dimensions", () => dimensions(open));
  describe("derived dimensions", () => derivedDimensions(open));
  describe("details of events", () => details(open));
  describe("time", () => timeDimensions(open));
  describe("filters", () => filters(open));
  describe("storing", () => storing(open));
  describe("keeping", () => keeping(open));
  describe("what may be used", () => holding(open));
  describe("closing", () => closing(open));
  describe("refusing", () => refusing(open));
}
