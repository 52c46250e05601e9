// Writes docs/reference/clauses.md: which promise is stated by which notice, kept by which mechanism, attacked by which test.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");
export const tablePath = join(root, "docs/reference/clauses.md");

export interface ClauseRow {
  readonly id: string;
  readonly promise: string;
  readonly mechanism?: string;
  readonly missing?: string;
}

export interface ClauseState extends ClauseRow {
  /** `notice/clause` for each block of a notice whose comment names the row. */
  readonly stated: readonly string[];
  readonly attacks: readonly string[];
  readonly state: "kept" | "partly" | "not built yet";
}

export const rows = parse(readFileSync(join(root, "docs/reference/clause-rows.yaml"), "utf8")) as ClauseRow[];

const below = (folder: string, ending: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(ending) && !name.includes("node_modules") && !name.includes("dist"))
        .map((name) => join(folder, name))
        .toSorted()
    : [];

const tests = [...below("tests", ".test.ts"), ...below("packages", ".test.ts")].map((path) => ({
  path,
  text: readFileSync(join(root, path), "utf8"),
}));
const notices = below("notices", "notice.yaml").map((path) => ({
  path,
  lines: readFileSync(join(root, path), "utf8").split("\n"),
}));

/** Notices whose comments name the row: where the promise is stated. */
function statedIn(id: string): string[] {
  const named = new RegExp(`#.*\\b${id}\\b`);
  return notices
    .filter(({ lines }) => lines.some((line) => named.test(line)))
    .map(({ path }) => path.split("/")[1] ?? "");
}

/** Test files with a test whose title carries the row's id. */
function attackedBy(id: string): string[] {
  const titled = new RegExp(`\\btest(?:\\.\\w+(?:\\([^)]*\\))?)?\\(\\s*["'\`][^"'\`]*\\b${id}\\b`);
  return tests.filter(({ text }) => titled.test(text)).map(({ path }) => path);
}

export function states(): readonly ClauseState[] {
  return rows.map((row) => {
    const attacks = attackedBy(row.id);
    const built = row.mechanism !== undefined && existsSync(join(root, row.mechanism));
    const state =
      built && attacks.length > 0 && row.missing === undefined ? "kept" : built ? "partly" : "not built yet";
    return { ...row, stated: statedIn(row.id), attacks, state };
  });
}

const link = (path: string): string => `[${path.split("/").at(-1)}](../../${path})`;

/** The whole page as Markdown. */
export function clauseTable(): string {
  const all = states();
  const count = (state: ClauseState["state"]): number => all.filter((row) => row.state === state).length;
  return [
    "# What each promise runs as",
    "",
    `Generated from \`clause-rows.yaml\`, the notices and the tests by \`npm run clauses\`; a test compares. ${all.length} promises: ${count("kept")} kept, ${count("partly")} partly, ${count("not built yet")} not built yet.`,
    "",
    "| row | promise | stated in | mechanism | attack | state |",
    "|---|---|---|---|---|---|",
    ...all.map((row) => {
      const stated = row.stated.map((id) => `[${id}](../../notices/${id}/notice.yaml)`).join(", ") || "**nowhere**";
      const mechanism = row.mechanism === undefined ? "" : link(row.mechanism);
      const state = row.missing === undefined ? row.state : `${row.state}: ${row.missing}`;
      return `| ${row.id} | ${row.promise} | ${stated} | ${mechanism} | ${row.attacks.map(link).join(", ")} | ${state} |`;
    }),
    "",
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) writeFileSync(tablePath, clauseTable());
