// On what ground data may be disclosed. Terms bound to the W3C Data Privacy Vocabulary 2.3 (see NOTICE-DPV.md); definitions are our own.
import type { Term } from "../model/vocabulary.ts";

export const groundTerms: readonly Term[] = [
  { key: "authorised by the person", kind: "ground", dpv: "https://w3id.org/dpv#Consent", parents: [], means: "The person specifically authorised it" },
  { key: "necessary for what they requested", kind: "ground", dpv: "https://w3id.org/dpv#Contract", parents: [], means: "A function the person requested cannot be done without it" },
  { key: "fraud or misuse", kind: "ground", dpv: "https://w3id.org/dpv#FraudPreventionAndDetection", parents: [], means: "To detect fraud or misuse of the organisation's resources" },
  { key: "required by law", kind: "ground", dpv: "https://w3id.org/dpv#LegalObligation", parents: [], means: "The law requires it" },
];
