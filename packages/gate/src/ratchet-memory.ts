// Remembered decisions about held data: one for each version, agreed version and ask; full, it starts anew.
import type { Ask, Held, HeldDecision } from "./contract.ts";

export interface RatchetMemory {
  /** The remembered decision, or the one `decideNow` makes; decisions are frozen. */
  decided(ask: Ask, held: Held, decideNow: () => HeldDecision): HeldDecision;
}

export function createRatchetMemory(most = 5000): RatchetMemory {
  const known = new Map<string, HeldDecision>();
  return {
    decided(ask, held, decideNow) {
      const { act, data, from, to, form, answer, signal, ground, ageDays } = ask;
      const asked = [ask.for, act, data, from, to, form, answer, signal, ground, ageDays];
      const key = JSON.stringify([held.version, held.practice, held.data, held.agreed, asked]);
      const found = known.get(key);
      if (found !== undefined) return found;
      const decision = Object.freeze(decideNow());
      // A version that cannot be opened now may be opened later; a fault may pass.
      if (decision.reason === "held under an unknown version" || decision.reason === "internal fault") return decision;
      if (known.size >= most) known.clear();
      known.set(key, decision);
      return decision;
    },
  };
}
