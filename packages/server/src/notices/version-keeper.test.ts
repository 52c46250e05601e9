// PS11, JL6: which version is in force at a start, on its day, after the clock was turned back, and what the log says of it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Policy,
  type VersionLog,
  appendVersion,
  canonicalJson,
  compileNotice,
  parseNotice,
  sha256Hex,
  standardVocabulary,
  versionText,
  writeVersionLog,
} from "@avow/policy";
import { type Records, openRecords } from "@avow/store";
import { afterEach, beforeEach, expect, test } from "vitest";
import { noticeText } from "../test-server.ts";
import { NoticeShelf } from "./notice-shelf.ts";
import { VersionKeeper } from "./version-keeper.ts";

let dir: string;
let records: Records;
let lines: string[];
let today: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "avow-keeper-"));
  records = await openRecords({ driver: "memory" });
  lines = [];
  today = "2026-11-20";
});
afterEach(() => rmSync(dir, { recursive: true }));

const plain = noticeText("exam", "[exam.example]");
const weaker = plain.replace("for: [usage statistics]", "for: [usage statistics, marketing]");
const stricter = plain.replace(", country]", "]");

function compiled(text: string): Policy {
  const { notice } = parseNotice(text, "notice.yaml");
  if (notice === undefined) throw new Error("the test's notice cannot be read");
  return compileNotice(notice, { vocabulary: standardVocabulary });
}

function write(text: string, material?: { readonly effective: string; readonly question: string }): void {
  mkdirSync(join(dir, "exam"), { recursive: true });
  writeFileSync(join(dir, "exam", "notice.yaml"), text);
  const { version } = compiled(text);
  const on = "2026-01-01";
  const said = { version, previous: null, on, verdict: "first", after: null, ...(material ? { material } : {}) };
  const entries = [{ ...said, entry: sha256Hex(canonicalJson(said)) }];
  writeFileSync(
    join(dir, "exam", "versions.json"),
    JSON.stringify({ avow: 1, notice: "exam", texts: {}, log: entries }),
  );
}

function log(line: string): void {
  lines.push(line);
}

function nowMs(): number {
  return Date.parse(`${today}T12:00:00Z`);
}

/** As a start does it, on the same records. */
async function started(): Promise<NoticeShelf> {
  const keeper = await VersionKeeper.open(records, { vocabulary: standardVocabulary, log, nowMs });
  const shelf = new NoticeShelf([dir], standardVocabulary, log, keeper);
  await shelf.load();
  return shelf;
}

const inForce = (shelf: NoticeShelf): string | undefined => shelf.gate.policy("exam")?.version;
const question = "May we?";

test("a declared version comes into force on its day while the server runs, and is said once", async () => {
  write(plain);
  await started();
  write(weaker, { effective: "2026-11-22", question });
  const shelf = await started();
  const said = lines.length;
  for (today of ["2026-11-20", "2026-11-21"]) await shelf.takeEffect();
  expect(inForce(shelf)).toBe(compiled(plain).version);
  expect(lines).toHaveLength(said);
  today = "2026-11-22";
  await shelf.takeEffect();
  expect(inForce(shelf)).toBe(compiled(weaker).version);
  expect(shelf.loaded().some(({ waiting }) => waiting !== undefined)).toBe(false);
  // Recorded before it was served, and what was before can be opened for what is held under it.
  expect((await records.inForce()).filter(({ notice }) => notice === "exam").map(({ version }) => version)).toEqual([
    compiled(plain).version,
    compiled(weaker).version,
  ]);
  expect(shelf.gate.version(compiled(plain).version)?.version).toBe(compiled(plain).version);
});

test("a clock turned back: before the day nothing is in force early, after it nothing is undone, and old data is bound as before", async () => {
  write(plain);
  await started();
  write(weaker, { effective: "2026-11-22", question });
  today = "2020-01-01";
  expect(inForce(await started())).toBe(compiled(plain).version);
  today = "2026-11-22";
  expect(inForce(await started())).toBe(compiled(weaker).version);
  today = "2020-01-01";
  const shelf = await started();
  expect(inForce(shelf)).toBe(compiled(weaker).version);
  const actor = shelf.gate.actor({ kind: "key", name: "k", purposes: ["marketing"] }, "exam");
  const ask = { act: "hold", data: "page", from: "visitor", form: "pseudonymous" } as const;
  expect(actor.decideHeld(ask, { version: compiled(plain).version }).allowed).toBe(false);
  expect(actor.decideHeld(ask, { version: compiled(weaker).version }).allowed).toBe(true);
});

test.each([
  ["nothing", undefined],
  ["a day that is none", { effective: "soon", question }],
  ["no question", { effective: "2026-01-01", question: " " }],
])(
  "a weaker version with %s declared stays out of force, and its text is archived all the same",
  async (_, material) => {
    write(plain);
    await started();
    write(weaker, material);
    const shelf = await started();
    expect(inForce(shelf)).toBe(compiled(plain).version);
    expect(lines.join("\n")).toMatch(
      /NOT IN FORCE: .*less protective than[^]*marketing[^]*publish \S+notice\.yaml --to DIR --material/,
    );
    expect(shelf.loaded().find(({ policy }) => policy.id === "exam")?.waiting?.verdict).toBe("less protective");
    expect(await records.archivedText(compiled(weaker).version)).toBe(versionText(compiled(weaker)));
  },
);

test("a declaration of another version declares nothing, nor does a log that cannot be read", async () => {
  write(plain);
  await started();
  write(stricter, { effective: "2026-01-01", question });
  writeFileSync(join(dir, "exam", "notice.yaml"), weaker);
  expect(inForce(await started())).toBe(compiled(plain).version);
  for (const text of [
    "",
    "null",
    "[]",
    "{",
    '{"avow":1,"log":7}',
    '{"avow":1,"notice":"exam","texts":{},"log":[null,7]}',
  ]) {
    writeFileSync(join(dir, "exam", "versions.json"), text);
    expect(inForce(await started()), text).toBe(compiled(plain).version);
  }
});

test("a stricter version is in force at once, and the first one after it is weaker again", async () => {
  write(plain);
  await started();
  write(stricter);
  expect(inForce(await started())).toBe(compiled(stricter).version);
  write(plain);
  expect(inForce(await started())).toBe(compiled(stricter).version);
});

test("a former version that cannot be opened: another one is served only once it was declared, and what was held stays unusable", async () => {
  write(plain);
  await started();
  const whole = records;
  records = {
    ...whole,
    versions: async () =>
      (await whole.versions()).map((one) => ({ ...one, canonical: one.canonical.replace("usage", "other") })),
  };
  expect(inForce(await started())).toBe(compiled(plain).version);
  write(weaker);
  expect(inForce(await started())).toBeUndefined();
  expect(lines.join("\n")).toMatch(/`exam`: version .* cannot be opened any more[^]*NOT SERVED: .*notice\.yaml/);
  write(weaker, { effective: "2026-11-20", question });
  const shelf = await started();
  expect(inForce(shelf)).toBe(compiled(weaker).version);
  expect(shelf.gate.version(compiled(plain).version)).toBeUndefined();
});

function writeLogged(...declared: readonly (readonly [text: string, on: string, effective?: string])[]): void {
  let history: VersionLog | undefined;
  for (const [text, on, effective] of declared) {
    const material = effective === undefined ? {} : { material: { effective, question } };
    const appended = appendVersion(history, compiled(text), standardVocabulary, { on, ...material });
    if (!("log" in appended)) throw new Error(appended.refused);
    history = appended.log;
  }
  mkdirSync(join(dir, "exam"), { recursive: true });
  writeFileSync(join(dir, "exam", "notice.yaml"), declared.at(-1)?.[0] ?? "");
  if (history !== undefined) writeFileSync(join(dir, "exam", "versions.json"), writeVersionLog(history));
}

test("without records a version declared for a later day waits for it: its log has the one before", async () => {
  writeLogged([plain, "2026-01-01"], [weaker, "2026-11-01", "2026-11-22"]);
  const shelf = await started();
  expect(inForce(shelf)).toBe(compiled(plain).version);
  expect(shelf.loaded()[0]?.waiting).toMatchObject({ effective: "2026-11-22", verdict: "less protective" });
  today = "2026-11-22";
  await shelf.takeEffect();
  expect(inForce(shelf)).toBe(compiled(weaker).version);
});

test("without records the version before the last is skipped too while its day has not come", async () => {
  const weakest = weaker.replace("marketing]", "marketing, research]");
  writeLogged([plain, "2026-01-01"], [weaker, "2026-11-01", "2026-11-22"], [weakest, "2026-11-02", "2026-11-24"]);
  expect(inForce(await started())).toBe(compiled(plain).version);
});

test("without records and without the text of the version before, a version declared for later is not served", async () => {
  writeLogged([plain, "2026-01-01"], [weaker, "2026-11-01", "2026-11-22"]);
  const path = join(dir, "exam", "versions.json");
  const written = JSON.parse(readFileSync(path, "utf8")) as { texts: Record<string, string> };
  delete written.texts[compiled(plain).version];
  writeFileSync(path, JSON.stringify(written));
  expect(inForce(await started())).toBeUndefined();
  expect(lines.join("\n")).toMatch(/NOT SERVED: .*declared for a later day/);
  today = "2026-11-22";
  expect(inForce(await started())).toBe(compiled(weaker).version);
});

test("nothing is served that could not be recorded", async () => {
  write(plain);
  records = { ...records, putInForce: () => Promise.reject(new Error("disk full")) };
  await expect(started()).rejects.toThrow("disk full");
});
