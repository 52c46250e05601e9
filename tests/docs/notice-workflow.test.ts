// The pull-request workflow says what it does: pinned actions, one permission, commands that exist, and verdicts that stop it.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, ".github/workflows/notice.yml"), "utf8");
interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
const workflow = parse(text) as {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[]; readonly permissions?: object }>>;
};
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const script = (command: string): string => steps.find((each) => each.run?.includes(`avow -- ${command}`))?.run ?? "";

describe("the workflow", () => {
  it("pins every action to a commit and may only read", () => {
    const actions = steps.flatMap((each) => each.uses ?? []);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeUndefined();
    // `pull_request_target` would run a stranger's change with the repository's own rights.
    expect(Object.keys(workflow.on)).toEqual(["pull_request"]);
  });

  it("lets no text of a pull request into a shell line", () => {
    for (const each of steps) expect(each.run ?? "").not.toContain("${{");
  });

  it("uses commands, options and notices that exist", () => {
    const reference = readFileSync(join(root, "docs/reference/cli.md"), "utf8");
    const lines = steps.flatMap((each) => (each.run ?? "").split("\n")).filter((line) => line.includes("avow -- "));
    expect(lines.map((line) => /avow -- (\w+)/.exec(line)?.[1])).toEqual(["check", "compare"]);
    for (const line of lines) {
      const command = /avow -- (\w+)/.exec(line)?.[1] ?? "";
      const [, section = ""] = reference.split(`## avow ${command}\n`);
      const [help = ""] = section.split("\n## ");
      expect(help, command).not.toBe("");
      for (const [option] of line.matchAll(/--[a-z-]+/g)) expect(help).toContain(option);
    }
  });
});

function notice(days: number): string {
  return `avow: 1\nnotice: exam\ntitle: Exam\ncontroller: { name: Exam, contact: privacy@exam.example }\npractices:\n  - { id: visits, from: visitor, data: [page], for: usage statistics, when: opt-out, basis: legitimate interest, form: pseudonymous, keep: ${days} days, to: nobody }\npage: [{ All: [visits] }]\n`;
}

/** A repository as a pull request leaves it, with this checkout's command. */
describe("its comparison, run", { timeout: 30_000 }, () => {
  let dir = "";
  const environment = (): NodeJS.ProcessEnv => ({
    PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
    HOME: dir,
    GIT_CONFIG_NOSYSTEM: "1",
  });
  const git = (...words: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=Exam", "-c", "user.email=exam@exam.example", ...words], {
      cwd: dir,
      env: environment(),
      encoding: "utf8",
    }).trim();
  let base = "";

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "avow-workflow-"));
    const command = `node --conditions=source ${join(root, "packages/cli/avow.mjs")}`;
    writeFileSync(join(dir, "package.json"), JSON.stringify({ scripts: { avow: command } }));
    mkdirSync(join(dir, "notices/exam"), { recursive: true });
    writeFileSync(join(dir, "notices/exam/notice.yaml"), notice(30));
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message=was");
    base = git("rev-parse", "HEAD");
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  function compare(days: number, isMaterial: boolean): { code: number | null; summary: string; err: string } {
    writeFileSync(join(dir, "notices/exam/notice.yaml"), notice(days));
    const summary = join(dir, "summary.md");
    writeFileSync(summary, "");
    const env = { ...environment(), BASE: base, IS_MATERIAL: String(isMaterial), GITHUB_STEP_SUMMARY: summary };
    const { status, stderr } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", script("compare")], {
      cwd: dir,
      env,
      encoding: "utf8",
    });
    return { code: status, summary: readFileSync(summary, "utf8"), err: stderr };
  }

  it.each([
    [30, false, 0, "equivalent"],
    [7, false, 0, "more protective"],
    [90, false, 1, "less protective"],
    [90, true, 0, "less protective"],
  ])("%i days, declared material: %s ends with %i and says %s", (days, isMaterial, code, verdict) => {
    const result = compare(days, isMaterial);
    expect([result.code, result.summary.split("\n")[0], result.err]).toEqual([code, verdict, ""]);
  });

  it("is not stilled by the label where there is no verdict at all", () => {
    writeFileSync(join(dir, "notices/exam/notice.yaml"), "avow: 1");
    const { code } = compare(Number.NaN, true);
    expect(code).toBe(2);
  });
});
