// The vocabulary notices speak: every term with its DPV identifier and its place in the order.
import type { Vocabulary } from "../model/vocabulary.ts";
import { basisTerms } from "./basis-terms.ts";
import { conditionTerms } from "./condition-terms.ts";
import { dataTerms } from "./data-terms.ts";
import { eventTerms } from "./event-terms.ts";
import { groundTerms } from "./ground-terms.ts";
import { purposeTerms } from "./purpose-terms.ts";
import { rightTerms } from "./right-terms.ts";
import { roleTerms } from "./role-terms.ts";
import { subjectTerms } from "./subject-terms.ts";

export const standardVocabulary: Vocabulary = {
  terms: [
    ...dataTerms,
    ...purposeTerms,
    ...subjectTerms,
    ...conditionTerms,
    ...basisTerms,
    ...groundTerms,
    ...roleTerms,
    ...eventTerms,
    ...rightTerms,
  ],
};
