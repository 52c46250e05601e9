// Conditions per purpose: `when: { necessary: [replying], opt-in: sending mailings }` is as many practices as it has conditions.
import { isMap } from "yaml";
import { conditions, grounds } from "../model/values.ts";
import { nearest } from "../terms/nearest.ts";
import { type Block, type Place, readBlock, shortened } from "./blocks.ts";
import { type Reading, report } from "./reading.ts";

/** One condition with where its purposes and its basis are written. */
export interface ConditionPart {
  readonly when: string;
  readonly for: Place;
  readonly basis: Place | undefined;
}

const known: readonly string[] = [...conditions, ...grounds];

/** Undefined when `when` is no block. Conditions that cannot be read are reported and left out. */
export function readConditionParts(reading: Reading, practice: Block, what: string): ConditionPart[] | undefined {
  const when = practice.entries.get("when");
  if (when === undefined || !isMap(when.node)) return undefined;
  const block = readBlock(reading, when, `\`when\` of ${what}`);
  const purposes = practice.entries.get("for");
  if (purposes !== undefined)
    report(
      reading,
      "practice-incomplete",
      purposes.span,
      `${what} names its purposes twice`,
      "leave `for` out: each condition of `when` names its own",
    );
  if (block?.entries.size === 0)
    report(reading, "empty-list", when.span, `\`when\` of ${what} names no condition`, "write e.g. `when: opt-in`");
  const basis = readBases(reading, practice, what, block);
  return [...(block?.entries ?? [])].flatMap(([key, place]) => {
    if (!known.includes(key)) {
      const meant = nearest(key, known);
      const help = meant === undefined ? `one of: ${known.join(", ")}` : `did you mean \`${meant}\`?`;
      report(reading, "bad-value", place.span, `\`${shortened(key)}\` is no value of \`when\``, help);
      return [];
    }
    return [{ when: key, for: place, basis: basis(key) }];
  });
}

/** A basis for all conditions, or a block with one for each. */
function readBases(
  reading: Reading,
  practice: Block,
  what: string,
  when: Block | undefined,
): (condition: string) => Place | undefined {
  const place = practice.entries.get("basis");
  if (place === undefined || !isMap(place.node)) return () => place;
  const block = readBlock(reading, place, `\`basis\` of ${what}`, [...(when?.entries.keys() ?? [])]);
  return (condition) => block?.entries.get(condition);
}

/** `account` under `necessary` is `account-necessary`: the id follows the condition, so that it stays when the order changes. */
export function partId(id: string, when: string): string {
  return `${id}-${when.replaceAll(" ", "-")}`;
}
