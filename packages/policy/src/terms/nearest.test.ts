// What somebody probably meant.
import { describe, expect, it } from "vitest";
import type { Term } from "../model/vocabulary.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { indexVocabulary } from "./index-vocabulary.ts";
import { distance, nearest } from "./nearest.ts";

describe("nearest", () => {
  it.each([
    ["whenn", ["when", "data"], "when"],
    ["email", ["page", "e-mail address"], "e-mail address"],
    ["IP adress", ["IP address", "postal address"], "IP address"],
    ["xyz", ["when", "data"], undefined],
    ["x".repeat(10_000), ["x"], undefined],
    ["", ["a"], "a"],
  ])("%s of %s is %s", (word, candidates, found) => {
    expect(nearest(word, candidates)).toBe(found);
  });
  it("counts swaps of neighbours as one mistake", () => {
    expect([distance("form", "from"), distance("a", ""), distance("kitten", "sitting")]).toEqual([1, 1, 3]);
  });
});

function term(key: string, parent: string): Term {
  return { kind: "data", key, parents: [parent], dpv: "", means: "" };
}

describe("indexVocabulary", () => {
  const index = indexVocabulary(smallVocabulary);
  it("knows what stands below what, through two parents", () => {
    expect(index.isAtOrBelow("data", "user agent", "usage data")).toBe(true);
    expect(index.isAtOrBelow("data", "user agent", "device data")).toBe(true);
    expect(index.isAtOrBelow("data", "usage data", "user agent")).toBe(false);
    expect(index.isAtOrBelow("data", "nonsense", "nonsense")).toBe(false);
  });
  it("knows what overlaps: either below the other, or something below both", () => {
    expect(index.overlaps("data", "e-mail address", "contact data")).toBe(true);
    expect(index.overlaps("data", "contact data", "e-mail address")).toBe(true);
    expect(index.overlaps("data", "usage data", "device data")).toBe(true);
    expect(index.overlaps("data", "page", "country")).toBe(false);
  });
  it("ends on circles", () => {
    const circle = indexVocabulary({ terms: [term("a", "b"), term("b", "a")] });
    expect(circle.isAtOrBelow("data", "a", "b")).toBe(true);
  });
});
