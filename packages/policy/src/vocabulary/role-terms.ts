// What a recipient is. Terms bound to the W3C Data Privacy Vocabulary 2.3 (see NOTICE-DPV.md); definitions are our own.
import type { Term } from "../model/vocabulary.ts";

export const roleTerms: readonly Term[] = [
  { key: "processor", kind: "role", dpv: "https://w3id.org/dpv#DataProcessor", parents: [], means: "Works on the controller's behalf" },
  { key: "joint controller", kind: "role", dpv: "https://w3id.org/dpv#JointDataControllers", parents: [], means: "Decides together with the controller" },
  { key: "independent controller", kind: "role", dpv: "https://w3id.org/dpv#DataController", parents: [], means: "Decides for itself" },
  { key: "public body", kind: "role", dpv: "https://w3id.org/dpv#Authority", parents: [], means: "An authority" },
];
