// The guide holds: its card and its solution are sound notices, and the solution decides as the nine clauses say.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Request, decide, loadNotice, parseNotice } from "@avow/policy";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const folder = join(import.meta.dirname, "../../docs/guide");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const today = "2026-11-20";

const loadText = (text: string): ReturnType<typeof loadNotice> =>
  loadNotice("notice.yaml", (path) => (path === "notice.yaml" ? text : undefined), { today });

/** The yaml blocks of a page, whole. */
const snippets = (page: string): readonly string[] =>
  [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => text ?? "");

describe("docs/guide", () => {
  test("every yaml snippet of every page is a notice without an error", async () => {
    const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));
    const found = pages.flatMap((name) => snippets(read(name)));
    expect(found.length).toBeGreaterThan(0);
    for (const text of found) {
      const { policy, diagnostics } = await loadText(text);
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(policy?.clauses.length).toBeGreaterThanOrEqual(9);
    }
  });

  test("the card is one page, and says every word a key of a practice can take", () => {
    const card = read("notice-in-one-page.md");
    expect(card.split("\n").length).toBeLessThanOrEqual(90);
    const { notice } = parseNotice(snippets(card)[0] ?? "", "card");
    for (const kind of ["never", "rights", "changes", "attested"]) {
      expect(notice?.promises.map((each) => each.kind)).toContain(kind);
    }
  });

  test("the nine clauses are nine, and each is asked about or is one that only people and time can show", () => {
    const numbers = [...read("nine-clauses.md").matchAll(/^(\d)\. /gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const asked = new Set(requests.map(({ clause }) => clause));
    expect(numbers.filter((number) => !asked.has(number))).toEqual([7, 9]);
  });
});

interface Expected {
  readonly clause: number;
  readonly ask: Request;
  readonly allowed: boolean;
  readonly reason?: string;
}

const requests = parse(read("nine-clauses.requests.yaml")) as readonly Expected[];
const solution = await loadText(read("nine-clauses.notice.yaml"));

describe("the solution of the nine clauses", () => {
  test("has no error, and the one warning its fourth clause is honest about", () => {
    expect(solution.diagnostics.map(({ code }) => code)).toEqual(["not-vouched"]);
  });

  test.each(requests.map((each) => ({ ...each, shown: JSON.stringify(each.ask) })))(
    "clause $clause: $shown",
    ({ ask, allowed, reason }) => {
      const decision = decide(solution.policy!, ask);
      expect(decision.allowed, decision.reason).toBe(allowed);
      if (reason !== undefined) expect(decision.reason).toBe(reason);
    },
  );
});
