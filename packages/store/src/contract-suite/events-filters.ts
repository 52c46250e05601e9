// Filters: every operator, nested, on what is stored and on what is not.
import { expect, it } from "vitest";
import type { Events, Filter } from "../contract.ts";
import { fill, question, shown } from "./a-day.ts";
import { type Open, using } from "./suite.ts";

type Leaf = Extract<Filter, { readonly dimension: unknown }>;

function leaf(op: Leaf["op"], dimension: Leaf["dimension"], values: readonly string[], caseSensitive = true): Filter {
  return { op, dimension, values, caseSensitive };
}

const cases: readonly (readonly [string, Filter, string])[] = [
  ["is", leaf("is", "page", ["/about", "/join"]), "2, 3"],
  ["is not", leaf("is_not", "page", ["/about", "/join"]), "3, 3"],
  ["is, in other case", leaf("is", "source", ["gOOGLE"]), "0, 0"],
  ["is, whatever case", leaf("is", "source", ["gOOGLE"], false), "1, 2"],
  ["contains", leaf("contains", "page", ["bou", "oin"]), "2, 3"],
  ["contains, whatever case", leaf("contains", "page", ["BOU"], false), "1, 2"],
  ["contains not", leaf("contains_not", "page", ["bou"]), "3, 4"],
  ["matches", leaf("matches", "page", ["^/$", "n$"]), "3, 4"],
  ["matches, whatever case", leaf("matches", "page", ["^/A"], false), "1, 2"],
  ["matches not", leaf("matches_not", "page", ["^/$"]), "2, 3"],
  ["the visit's first source", leaf("is", "source", ["Google"]), "1, 2"],
  ["nothing stored, by its label", leaf("is", "source", ["Direct / None"]), "2, 2"],
  ["nothing stored, by the empty string", leaf("is", "source", [""]), "2, 2"],
  ["entry page", leaf("is", "entry_page", ["/about"]), "1, 1"],
  ["and", { op: "and", of: [leaf("is", "country", ["NL"]), leaf("is", "page", ["/about"])] }, "1, 2"],
  ["or", { op: "or", of: [leaf("is", "source", ["Mastodon"]), leaf("is", "page", ["/about"])] }, "2, 4"],
  ["not", { op: "not", of: leaf("is", "country", ["NL"]) }, "2, 3"],
  ["no alternative", { op: "or", of: [] }, "0, 0"],
  ["no condition", { op: "and", of: [] }, "3, 6"],
  ["text that is SQL", leaf("is", "page", ["' OR 1=1 --"]), "0, 0"],
  ["text with wildcards", leaf("contains", "page", ["%"]), "0, 0"],
];

export function filters(open: Open<Events>): void {
  it.each(cases)("filters: %s", (_, filter, expected) =>
    using(open, async (events) => {
      await fill(events);
      expect(shown(await events.ask(question({ metrics: ["visitors", "events"], filter })))).toEqual([`: ${expected}`]);
    })(),
  );

  it(
    "asks of visits as a whole by the page they began on",
    using(open, async (events) => {
      await fill(events);
      const asked = question({
        metrics: ["visits", "bounce_rate", "visit_duration"],
        filter: leaf("is", "page", ["/about"]),
      });
      expect(shown(await events.ask(asked))).toEqual([": 2, 100, 0"]);
    }),
  );

  it(
    "takes shares of the visitors the filter leaves",
    using(open, async (events) => {
      await fill(events);
      const asked = question({ metrics: ["percentage"], dimensions: ["page"], filter: leaf("is", "country", ["BE"]) });
      expect(shown(await events.ask(asked))).toEqual(["/: 100", "/join: 50"]);
    }),
  );
}
