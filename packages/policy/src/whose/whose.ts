// Whose notice: who is likely responsible for an address, an installed package or a vendor's service, and why (clauses.md JP4, JP5, JP10).
import type { Policy } from "../model/policy.ts";
import type { Coverage } from "./coverage.ts";
import { type ParseAddress, readWhose } from "./read-whose.ts";
import type { WhoseAnswer } from "./whose-answer.ts";
import { whoseAddress } from "./whose-address.ts";
import { whoseMethod } from "./whose-method.ts";
import { whoseVendor } from "./whose-vendor.ts";

/** Never throws; a question that cannot be read is answered `unreadable`, with what to do. */
export function whose(text: string, coverage: Coverage, parse: ParseAddress): WhoseAnswer {
  const served = coverage.policies();
  const asked = text.slice(0, 2000);
  const question = readWhose(text, parse, [...new Set(served.flatMap((each) => Object.keys(each.notice.installed)))]);
  const base = { asked, notices: [], named: [], storesNothing: false, cautions: [] };
  const answer = ((): WhoseAnswer => {
    switch (question.kind) {
      case "address":
        return { ...base, ...whoseAddress(question, coverage) };
      case "method":
        return { ...base, ...whoseMethod(question, coverage) };
      case "vendor":
        return { ...base, ...whoseVendor(question, served) };
      case "unreadable":
        return { ...base, outcome: "unreadable", sentence: question.why, why: [] };
      default:
        return question satisfies never;
    }
  })();
  const contact = answer.notices[0]?.contact ?? bodyFor(served)?.controller.contact;
  return contact === undefined ? answer : { ...answer, contact };
}

/** Who answers for the notices here when none of them covers what was asked (clauses.md JP11). */
function bodyFor(served: readonly Policy[]): Policy | undefined {
  return served.find((policy) => policy.example === undefined) ?? served[0];
}
