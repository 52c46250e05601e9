// Which hosts a notice speaks for, and near misses it must not.
import { describe, expect, it } from "vitest";
import { coversHost } from "./covers-host.ts";

const covers = [{ host: "pypi.org" }, { host: "*.python.org" }, { host: "www.example.org" }];

describe("coversHost", () => {
  it.each([
    ["pypi.org", true],
    ["PyPI.org", true],
    ["www.pypi.org", true],
    ["pypi.org.", true],
    ["test.pypi.org", false],
    ["evilpypi.org", false],
    ["pypi.org.evil", false],
    ["docs.python.org", true],
    ["a.b.python.org", true],
    ["python.org", false],
    ["evilpython.org", false],
    ["example.org", true],
    ["", false],
  ])("%s: %s", (host, isCovered) => {
    expect(coversHost({ covers }, host)).toBe(isCovered);
    expect(coversHost(covers, host)).toBe(isCovered);
  });
});
