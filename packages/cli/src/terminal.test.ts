// Colour only where it is wanted, columns that line up.
import { expect, test } from "vitest";
import { aligned, painted, shownSafely, wantsColour } from "./terminal.ts";

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [true, { TERM: "dumb" }, false],
])("terminal %s with %j: colour %s", (isTerminal, environment, expected) => {
  expect(wantsColour(isTerminal, environment)).toBe(expected);
});

test("paint is added only to a terminal with colour", () => {
  const terminal = { out: () => {}, err: () => {} };
  expect(painted({ ...terminal, hasColour: false }, "red", "finding")).toBe("finding");
  const red = painted({ ...terminal, hasColour: true }, "red", "find\u001B[32ming");
  expect(shownSafely(`${red}.`)).toBe("\u001B[31mfind\\u001B[32ming\u001B[0m.");
});

test("what a terminal would obey or hide is spelled out, paint of others too", () => {
  expect(shownSafely("a\u001B]0;title\u0007\u001B[2Jb\n\tc\r\u202Ed\u0000\u009B")).toBe(
    "a\\u001B]0;title\\u0007\\u001B[2Jb\n\tc\\u000D\\u202Ed\\u0000\\u009B",
  );
  expect(shownSafely("\u001B[31mred é 漢 😀")).toBe("\\u001B[31mred é 漢 😀");
});

test("columns line up and nothing trails", () => {
  expect(
    aligned(
      [
        ["a", "bb", ""],
        ["ccc", "d", "e"],
      ],
      "  ",
    ),
  ).toBe("  a    bb\n  ccc  d   e");
});
