// One feature as English: what it does, whom it needs, that it waits for a yes (clauses.md JL1).
import type { Feature } from "../model/notice.ts";
import { listed, sentence } from "./lists.ts";
import type { Names } from "./names.ts";

export function featureSentence(feature: Feature, names: Names): string {
  const needs = listed(feature.needs.map((id) => names.recipient(id)));
  const within = feature.within === undefined ? undefined : (names.feature(feature.within) ?? feature.within);
  const first = `a feature that ${feature.does} contacts ${needs}; it is off until you say yes`;
  const second = within === undefined ? "" : ` It can only be on while the feature that ${within} is on.`;
  const third = feature.off === undefined ? "" : ` For a whole installation it is turned off with “${feature.off}”.`;
  return `${sentence(first)}${second}${third}`;
}
