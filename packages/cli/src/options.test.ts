// What counts as a domain and as a port on the command line.
import { expect, test } from "vitest";
import { collected, domainOf, portNumber } from "./options.ts";

test.each([
  ["exam.example", "exam.example"],
  ["WWW.Exam.Example", "exam.example"],
  ["xn--bcher-kva.example", "xn--bcher-kva.example"],
  ["localhost", "localhost"],
  ["https://exam.example", undefined],
  ["exam.example/path", undefined],
  ["exam..example", undefined],
  ["-exam.example", undefined],
  ["exam_ple.example", undefined],
  ["", undefined],
  [`${"a".repeat(64)}.example`, undefined],
  [`${"a.".repeat(127)}example`, undefined],
])("%s is %s", (given, expected) => {
  expect(domainOf(given)).toBe(expected);
});

test.each(["", "-1", "65536", "80a", "1e3", "8000.5", "999999"])("%s is no port", (given) => {
  expect(() => portNumber(given)).toThrow("a port is a number from 0 to 65535");
});

test("ports and repeated options are read", () => {
  expect(portNumber("0")).toBe(0);
  expect(portNumber("65535")).toBe(65_535);
  expect(collected("b", collected("a"))).toEqual(["a", "b"]);
});
