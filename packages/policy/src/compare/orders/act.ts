// How acts compare: what may be held may be read; sending and contacting stand alone.
import type { Act } from "../point.ts";

export function isActAtOrBelow(act: Act, limit: Act): boolean {
  return act === limit || (act === "read" && limit === "hold");
}
