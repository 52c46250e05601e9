// Writes docs/reference/clauses.md: which promise is stated by which notice, kept by which mechanism, attacked by which test.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Notice, parseNotice } from "@avow/policy";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");
export const tablePath = join(root, "docs/reference/clauses.md");

export interface ClauseRow {
  readonly id: string;
  readonly promise: string;
  readonly mechanism?: string;
  readonly missing?: string;
  /** The part that only people can keep, so that an attestation may stand for it. */
  readonly people?: string;
}

export interface ClauseState extends ClauseRow {
  readonly stated: readonly Statement[];
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
const notices = below("notices", "notice.yaml").map((path) => {
  const text = readFileSync(join(root, path), "utf8");
  const { notice } = parseNotice(text, path);
  if (notice === undefined) throw new Error(`${path} cannot be read`);
  return { path, notice, lines: text.split("\n") };
});

/** What of a notice states a row: a clause by its id, or a key of the notice's head. */
export interface Statement {
  readonly notice: string;
  readonly says: string;
  /** Of a promise, what kind it is. */
  readonly kind?: string;
}

/** Every block or key whose comment names the row. */
function statedBy(id: string): Statement[] {
  const named = new RegExp(`#.*\\b${id}\\b`);
  return notices.flatMap(({ notice, lines }) =>
    lines.flatMap((line, index) => {
      if (!named.test(line)) return [];
      const says = blockAt(notice, index + 1, /^\s*#/.test(line));
      const kind = notice.promises.find((each) => each.id === says)?.kind;
      return [{ notice: notice.id, says, ...(kind === undefined ? {} : { kind }) }];
    }),
  );
}

/** The clause or head key whose block holds the line; a comment on a line of its own belongs to what follows it. */
function blockAt({ spans }: Notice, line: number, isAlone: boolean): string {
  const blocks = Object.entries(spans)
    .map(([path, span]) => ({ path: path.split("."), line: span.line }))
    .filter(({ path: [section = "", ...deeper] }) => deeper.length <= (ofClauses.has(section) ? 1 : 0))
    .toSorted((one, other) => one.line - other.line || one.path.length - other.path.length);
  const found = isAlone
    ? blocks.find((each) => each.path.length === 2 && each.line > line)
    : blocks.findLast((each) => each.line <= line);
  return found?.path.at(-1) ?? "the head";
}

/** Sections whose blocks are clauses. */
const ofClauses = new Set(["recipients", "features", "venues", "practices", "promises"]);

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
    return { ...row, stated: statedBy(row.id), attacks, state };
  });
}

function statedText(stated: readonly Statement[]): string {
  return [...new Set(stated.map((each) => each.notice))]
    .map((id) => {
      const says = [...new Set(stated.filter((each) => each.notice === id).map((each) => `\`${each.says}\``))];
      return `[${id}](../../notices/${id}/notice.yaml): ${says.join(", ")}`;
    })
    .join("; ");
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
    "| row | promise | stated by | mechanism | attack | state |",
    "|---|---|---|---|---|---|",
    ...all.map((row) => {
      const stated = statedText(row.stated) || "**nowhere**";
      const mechanism = row.mechanism === undefined ? "" : link(row.mechanism);
      const state = row.missing === undefined ? row.state : `${row.state}: ${row.missing}`;
      return `| ${row.id} | ${row.promise} | ${stated} | ${mechanism} | ${row.attacks.map(link).join(", ")} | ${state} |`;
    }),
    "",
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) writeFileSync(tablePath, clauseTable());
