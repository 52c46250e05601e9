// What a sound notice may still mean by mistake: parts that change nothing, protection that is void, people left out.
import type { Checking } from "../check/checking.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { lintAddendum } from "./lint-addendum.ts";
import { lintConsent } from "./lint-consent.ts";
import { lintOverlap } from "./lint-overlap.ts";
import { lintRecipients } from "./lint-recipients.ts";
import { lintSubjects } from "./lint-subjects.ts";
import { lintVacuous } from "./lint-vacuous.ts";

/** Asked only of a notice without errors: a word that is not known would make each of these guess. */
export function lintNotice(checking: Checking, spoken: Vocabulary): void {
  lintAddendum(checking, spoken);
  lintOverlap(checking);
  lintVacuous(checking);
  lintRecipients(checking);
  lintSubjects(checking);
  lintConsent(checking);
}
