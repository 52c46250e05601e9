// Mistakes in a notice's text are found where they stand, all of them, with the nearest word that was meant.
import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "../format-diagnostic.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { parseNotice } from "./parse-notice.ts";

const codesOf = (text: string): string[] => parseNotice(text, "n.yaml").diagnostics.map((each) => each.code);
const linesOf = (text: string): string[] => parseNotice(text, "n.yaml").diagnostics.map(formatDiagnostic);
const edited = (from: string, to: string): string => {
  expect(exampleNotice).toContain(from);
  return exampleNotice.replace(from, to);
};

describe("parseNotice", () => {
  it("reads every section of the example", () => {
    const { notice, diagnostics } = parseNotice(exampleNotice, "n.yaml");
    expect(diagnostics).toEqual([]);
    expect(notice?.covers[2]).toEqual({
      host: "nbviewer.org",
      stores: "nothing",
      caution: "Do not open sensitive notebooks here.",
    });
    expect(notice?.recipients[1]).toMatchObject({
      id: "stripe",
      reached: "directly",
      visibleToUs: false,
      through: ["fastly"],
    });
    expect(notice?.practices[0]?.keep).toEqual([
      {
        form: { kind: "pseudonymous" },
        keep: { kind: "for", days: 0, after: "the day closes", text: "until the day closes" },
      },
      {
        form: { kind: "aggregate", least: 10 },
        keep: { kind: "for", days: 763, after: "collection", text: "25 months" },
      },
    ]);
    expect(notice?.practices[0]).toMatchObject({
      from: ["visitor"],
      sends: [],
      to: [],
      assumed: ["when", "basis", "keep"],
    });
    expect(notice?.practices[1]).toMatchObject({ sends: ["payment card"], to: ["stripe"], needs: "card-form" });
    expect(notice?.practices[2]?.keep[0]?.keep).toMatchObject({ days: 366, after: "the account closes" });
    expect(notice?.promises[3]).toMatchObject({ kind: "attested", voucher: { by: "operations" } });
    expect(notice?.spans["practices.web-traffic.keep"]).toEqual({ line: 41, column: 5 });
  });

  it("reads the same notice through a byte order mark and CRLF, at the same places", () => {
    const plain = parseNotice(exampleNotice, "n.yaml");
    expect(parseNotice(`\uFEFF${exampleNotice.replaceAll("\n", "\r\n")}`, "n.yaml")).toEqual(plain);
    expect(plain.notice).toBeDefined();
  });

  it("prints path, line, column, code, message and help", () => {
    expect(linesOf(edited("    when: opt-out", "    whenn: opt-out"))).toEqual([
      "n.yaml:34:5: practice-incomplete: practice `web-traffic` does not say on what condition\n  help: add `when: …`",
      "n.yaml:39:5: unknown-key: unknown key `whenn` in practice `web-traffic`\n  help: did you mean `when`?",
    ]);
  });

  it.each<[string, string, string, string[]]>([
    ["an anchor", "title: PyPI", "title: &a PyPI", ["anchor"]],
    ["an alias", "title: PyPI Privacy Notice", "title: *a", ["alias"]],
    ["a tag", "title: PyPI", "title: !!str PyPI", ["tag"]],
    ["a merge key", "title: PyPI Privacy Notice", "title: PyPI\n<<: { notice: other }", ["merge-key"]],
    ["a key written twice", "notice: pypi", "notice: pypi\nnotice: other", ["duplicate-key"]],
    ["a second document", "notice: pypi", "---\nnotice: pypi", ["several-documents"]],
    ["a directive", "avow: 1", "%YAML 1.1\n---\navow: 1", ["directive"]],
    ["an invisible character", "notice: pypi", "notice: py\u0000pi", ["control-character"]],
    ["a mark that reverses reading", "PyPI Privacy", "PyPI \u202EPrivacy", ["control-character"]],
    [
      "half a character, written as an escape",
      "title: PyPI Privacy Notice",
      'title: "\\uD800x"',
      ["control-character"],
    ],
    ["letters nobody sees", "PyPI Privacy", "PyPI \u{E0041}Privacy", ["control-character"]],
    ["one written as an escape", "title: PyPI Privacy Notice", 'title: "\\u202EPrivacy"', ["control-character"]],
    [
      "a terminal's control written as an escape",
      "title: PyPI Privacy Notice",
      'title: "\\e[8mPrivacy"',
      ["control-character"],
    ],
    [
      "one in a key, written as an escape",
      "title: PyPI Privacy Notice",
      'title: T\n"o\\u0085": x',
      ["control-character"],
    ],
    ["broken YAML", "title: PyPI Privacy Notice", "title: { PyPI", ["yaml-syntax"]],
    ["another language version", "avow: 1", "avow: 1e0", ["wrong-version"]],
    ["no language version", "avow: 1\n", "", ["wrong-version"]],
    ["a number for a text", "title: PyPI Privacy Notice", "title: 1e3", ["not-text"]],
    ["a boolean for a word", "visible to us: no", "visible to us: false", ["not-text"]],
    ["null for a text", "title: PyPI Privacy Notice", "title: ~", ["not-text"]],
    ["nothing for a text", "title: PyPI Privacy Notice", "title:", ["empty-text"]],
    ["an empty list", "for: [improving the service]", "for: []", ["empty-list"]],
    ["a value twice", "data: [page, country]", "data: [page, page]", ["repeated-value"]],
    ["JP11 no contact", ", contact: psf@python.org", "", ["missing-contact"]],
    [
      "JP11 no controller",
      "controller: { name: Python Software Foundation, contact: psf@python.org }\n",
      "",
      ["missing-contact"],
    ],
    ["JP8 a venue without a policy", ' privacy: "https://discuss.example/privacy",', "", ["venue-without-contact"]],
    ["a host that is none", "[pypi.org,", '["https://pypi.org/x",', ["bad-host"]],
    ["an id with capitals", "id: web-traffic", "id: Web Traffic", ["bad-id"]],
    ["a length that is none", "keep: 30 days", "keep: a while", ["bad-keep"]],
    ["a form that is none", "aggregate of 10", "aggregate of 1", ["bad-form"]],
    [
      "a form beside stages",
      "    basis: legitimate interest",
      "    basis: legitimate interest\n    form: raw",
      ["practice-incomplete"],
    ],
    ["no form without stages", "data: [payment card], form: raw,", "data: [payment card],", ["practice-incomplete"]],
    ["silence about recipients", "    to: nobody\n", "", ["practice-incomplete"]],
    ["nobody and somebody", "to: [stripe], needs", "to: [stripe, nobody], needs", ["bad-value"]],
    ["two kinds of promise", "within: 30 days", "within: 30 days, mail: opt-in", ["promise-kind"]],
    [
      "no kind of promise",
      "never: { data: postal address, from: voting member, to: public }",
      "nevr: { data: postal address }",
      ["promise-kind", "unknown-key"],
    ],
    ["a day that does not exist", "on: 2026-01-01", "on: 2026-02-29", ["bad-date"]],
    ["a word that ends before it begins", "on: 2026-01-01", "on: 2028-01-01", ["bad-date"]],
    ["a text without end", "title: PyPI", `title: ${"long ".repeat(200)}`, ["text-too-long"]],
    ["deep nesting", "title: PyPI Privacy Notice", `title: ${"[".repeat(500)}${"]".repeat(500)}`, ["too-deep"]],
  ])("finds %s", (_, from, to, codes) => {
    const { notice, diagnostics } = parseNotice(edited(from, to), "n.yaml");
    expect(diagnostics.map((each) => each.code)).toEqual(codes);
    expect(notice).toBeUndefined();
    for (const each of diagnostics) expect(each.message).not.toMatch(/\.$|^[A-Z]/);
  });

  it("keeps `no`, `off` and `yes` the words they are", () => {
    expect(parseNotice(edited("title: PyPI Privacy Notice", "title: no"), "n.yaml").notice?.title).toBe("no");
    expect(parseNotice(edited("does: lets you pay by card", "does: off"), "n.yaml").notice?.features[0]?.does).toBe(
      "off",
    );
  });

  it("finds all mistakes at once", () => {
    const text = exampleNotice
      .replace("notice: pypi", "notice: PyPI")
      .replace("when: opt-out", "when: opt-ut")
      .replace("holds: transits", "holds: passes")
      .replace("keep: 30 days", "keep: x");
    expect(codesOf(text)).toEqual(["bad-id", "bad-value", "bad-value", "bad-keep"]);
    expect(linesOf(text)[2]).toContain("did you mean `opt-out`?");
  });

  it("refuses what is empty, what is no block and what is too large", () => {
    expect(codesOf("")).toEqual(["empty-file"]);
    expect(codesOf("# only a remark\n")).toEqual(["empty-file"]);
    expect(codesOf("- a\n")).toEqual(["wrong-shape"]);
    expect(codesOf(`# ${"x".repeat(1_000_000)}`)).toEqual(["too-large"]);
  });
});
