// Consent that nobody was asked for: a basis that does not fit the condition beside it.
import { type Checking, warn } from "../check/checking.ts";

export function lintConsent(checking: Checking): void {
  for (const { id, when, basis, needs, assumed } of checking.notice.practices) {
    if (basis !== "consent" || needs !== undefined || !["always", "opt-out", "necessary"].includes(when)) continue;
    warn(
      checking,
      "consent-unasked",
      assumed.includes("basis") ? `practices.${id}` : `practices.${id}.basis`,
      `\`${id}\` rests on consent but happens with \`when: ${when}\`: whoever says nothing has agreed to nothing`,
      "write `when: opt-in`, or the basis it really has",
    );
  }
}
