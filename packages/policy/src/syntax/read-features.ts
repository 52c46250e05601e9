// The `features:` and `venues:` sections: what needs a yes, and places run by somebody else (clauses.md JL1, JP7, JP8).
import type { Feature, Venue } from "../model/notice.ts";
import type { Place } from "./blocks.ts";
import { field, mayText, mayWord, needText, needTexts } from "./fields.ts";
import { featureKeys, venueKeys } from "./keys.ts";
import { type Groups, expandGroups } from "./read-groups.ts";
import { readKeyed } from "./read-items.ts";
import { type Reading, report } from "./reading.ts";

export function readFeatures(reading: Reading, place: Place | undefined, groups: Groups): Feature[] {
  return readKeyed(reading, place, "feature", featureKeys, (id, block, what) => {
    const within = mayText(reading, block, "within", what);
    const off = mayText(reading, block, "off", what);
    if (field(block, "when") === undefined) {
      report(
        reading,
        "missing-key",
        block.span,
        `${what} needs \`when\``,
        "write `when: opt-in`: a feature is off until somebody says yes",
      );
    }
    return {
      id,
      does: needText(reading, block, "does", what),
      needs: expandGroups(reading, groups, `${block.at}.needs`, needTexts(reading, block, "needs", what)),
      when: mayWord(reading, block, "when", what, ["opt-in"]) ?? "opt-in",
      ...(within === undefined ? {} : { within }),
      ...(off === undefined ? {} : { off }),
    };
  });
}

export function readVenues(reading: Reading, place: Place | undefined): Venue[] {
  return readKeyed(reading, place, "venue", venueKeys, (id, block, what) => {
    for (const key of ["privacy", "contact"]) {
      if (block.entries.has(key)) continue;
      const help = `add \`${key}\`: people read the operator's policy and reach the operator before they join`;
      report(reading, "venue-without-contact", block.span, `${what} has no \`${key}\``, help);
    }
    return {
      id,
      name: needText(reading, block, "name", what),
      operator: needText(reading, block, "operator", what),
      url: needText(reading, block, "url", what),
      privacy: mayText(reading, block, "privacy", what) ?? "",
      contact: mayText(reading, block, "contact", what) ?? "",
    };
  });
}
