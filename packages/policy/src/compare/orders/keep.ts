// How keeping compares: an initial segment of time, by anchor and length; unlike anchors are incomparable, `without limit` is the top.
import type { Keep } from "../../model/notice.ts";
import { isLengthAtOrBelow, lengthOf } from "./length.ts";

export function isKeepAtOrBelow(keep: Keep, limit: Keep): boolean {
  if (limit.kind === "without limit" || keep.kind === "never by us") return true;
  if (keep.kind !== "for" || limit.kind !== "for" || keep.after !== limit.after) return false;
  return isLengthAtOrBelow(lengthOf(keep.text, keep.days), lengthOf(limit.text, limit.days));
}
