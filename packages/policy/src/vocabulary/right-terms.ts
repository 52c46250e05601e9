// What people may ask for. Terms bound to the W3C Data Privacy Vocabulary 2.3 (see NOTICE-DPV.md); definitions are our own.
import type { Term } from "../model/vocabulary.ts";

export const rightTerms: readonly Term[] = [
  { key: "access", kind: "right", dpv: "https://w3id.org/dpv#Access", parents: [], means: "To be told what is held" },
  { key: "correct", kind: "right", dpv: "https://w3id.org/dpv#Alter", parents: [], means: "To have it put right", also: ["rectify"] },
  { key: "delete", kind: "right", dpv: "https://w3id.org/dpv#Erase", parents: [], means: "To have it deleted", also: ["erase"] },
  { key: "restrict", kind: "right", dpv: "https://w3id.org/dpv#Restrict", parents: [], means: "To have it kept but not used" },
  { key: "object", kind: "right", dpv: "https://w3id.org/dpv#ObjectingToProcess", parents: [], means: "To say no to a use" },
  { key: "report misuse", kind: "right", dpv: "https://w3id.org/dpv#RightExerciseActivity", parents: [], means: "To report a use that was not right" },
];
