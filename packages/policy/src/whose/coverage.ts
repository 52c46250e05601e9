// What answers are taken from: the notices at hand and what they cover.
import type { Policy } from "../model/policy.ts";

/** What the notices at hand cover; a gate is one. */
export interface Coverage {
  policies(): readonly Policy[];
  /** Nearest first. */
  covering(host: string): readonly Policy[];
  outside(host: string): string;
  storesNothing(host: string): boolean;
}
