// When something may be done. Terms bound to the W3C Data Privacy Vocabulary 2.3 (see NOTICE-DPV.md); definitions are our own.
import type { Term } from "../model/vocabulary.ts";

export const conditionTerms: readonly Term[] = [
  { key: "always", kind: "condition", dpv: "https://w3id.org/dpv#Rule", parents: [], means: "Without asking" },
  { key: "opt-out", kind: "condition", dpv: "https://w3id.org/dpv#OptingOutFromProcess", parents: ["always"], means: "Unless the person says no or sends a refusal signal" },
  { key: "opt-in", kind: "condition", dpv: "https://w3id.org/dpv#OptingInToProcess", parents: ["opt-out"], means: "Only after the person said yes" },
  { key: "necessary", kind: "condition", dpv: "https://w3id.org/dpv#Necessity", parents: ["always"], means: "Only where what they asked for cannot be done without it" },
];
