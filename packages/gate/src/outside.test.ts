// JP4: what is said about a host no notice covers.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { likelyOperator, outsideSentence } from "./outside.ts";

test.each([
  ["colab.research.google.com", "google.com"],
  ["hub.cloud.example", "cloud.example"],
  ["notebooks.shop.co.uk", "shop.co.uk"],
  ["shop.de", "shop.de"],
  ["lab.ada.github.io", "ada.github.io"],
  ["localhost", undefined],
  ["my.localhost", undefined],
  ["192.0.2.7", undefined],
  ["[2001:db8::1]", undefined],
])("%s is likely run by %s", (host, operator) => expect(likelyOperator(host)).toBe(operator));

test("the sentence names the host, its operator and no notice", () => {
  expect(outsideSentence("Hub.Cloud.example")).toBe(
    "not covered; ask hub.cloud.example's operator, likely cloud.example",
  );
  expect(outsideSentence("cloud.example")).toBe("not covered; ask cloud.example's operator");
  expect(outsideSentence("192.0.2.7")).toContain("whoever runs the machine");
});

test("what cannot be a host is not repeated, at no cost", () => {
  expect(outsideSentence("<script>alert(1)</script>")).not.toContain("script");
  expect(outsideSentence(`${"a".repeat(250)}!`)).toContain("that address");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (host) => {
      expect(outsideSentence(host)).toMatch(/^not covered; ask [^<>"&]+'s operator/);
    }),
  );
});
