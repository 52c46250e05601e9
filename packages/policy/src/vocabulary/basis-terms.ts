// On what legal basis. Terms bound to the W3C Data Privacy Vocabulary 2.3 (see NOTICE-DPV.md); definitions are our own.
import type { Term } from "../model/vocabulary.ts";

export const basisTerms: readonly Term[] = [
  { key: "consent", kind: "basis", dpv: "https://w3id.org/dpv#Consent", parents: [], means: "The person agreed" },
  { key: "legitimate interest", kind: "basis", dpv: "https://w3id.org/dpv#LegitimateInterest", parents: [], means: "An interest that does not override the person's" },
  { key: "contract", kind: "basis", dpv: "https://w3id.org/dpv#Contract", parents: [], means: "Needed for a contract with the person" },
  { key: "legal obligation", kind: "basis", dpv: "https://w3id.org/dpv#LegalObligation", parents: [], means: "The law requires it" },
  { key: "public interest", kind: "basis", dpv: "https://w3id.org/dpv#PublicInterest", parents: [], means: "A task in the public interest" },
  { key: "vital interest", kind: "basis", dpv: "https://w3id.org/dpv#VitalInterest", parents: [], means: "Somebody's life depends on it" },
];
