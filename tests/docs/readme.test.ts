// The README's snippets are run as they stand: its notice is checked, its commands are typed, its line of HTML measures.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Installation, install, root, sendEvent } from "../installation.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const snippets = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, "gm"))].map((match) =>
    (match[1] ?? "").replace(/^ {3}/gm, ""),
  );
const lines = snippets("sh").flatMap((text) => text.trim().split("\n"));
const scripts = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> })
  .scripts;

const dir = mkdtempSync(join(tmpdir(), "avow-readme-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs a line of the README in a folder that has what a clone has. */
function type(line: string): { code: number | null; out: string; err: string } {
  const ran = spawnSync("sh", ["-c", line], {
    cwd: dir,
    encoding: "utf8",
    env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]}` },
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

describe("README", () => {
  test("its notice is about ten lines, and the check finds nothing wrong with it", () => {
    const [notice = ""] = snippets("yaml");
    expect(notice.trim().split("\n").length).toBeLessThanOrEqual(12);
    const path = join(dir, "notice.yaml");
    writeFileSync(path, notice);
    const out = execFileSync("npm", ["run", "-s", "avow", "--", "check", path], { cwd: root, encoding: "utf8" });
    expect(out).toContain("no errors");
  });

  test("every command it names exists", () => {
    for (const line of lines) {
      for (const [, script = ""] of line.matchAll(/npm (?:run (?:-s )?)?(start|test|avow|check|ci)\b/g)) {
        if (script !== "ci") expect(scripts[script], line).toBeDefined();
      }
    }
    expect(lines).toContain("npm ci && npm start");
    expect(lines).toContain("npm test");
  });

  test("the three steps work as typed: init and check, add the site, and its line of HTML is served", async () => {
    for (const name of ["package.json", "packages", "notices"])
      cpSync(join(root, name), join(dir, name), { recursive: true, filter: (path) => !path.includes("node_modules") });
    if (!existsSync(join(dir, "node_modules"))) symlinkSync(join(root, "node_modules"), join(dir, "node_modules"));
    const steps = lines.filter((line) => line.startsWith("npm run -s avow"));
    expect(steps.length).toBe(3);
    let installation: Installation | undefined;
    try {
      for (const step of steps.slice(0, 2)) expect(type(step), step).toMatchObject({ code: 0 });
      installation = await install({ dataDir: join(dir, "data"), args: ["--notices", join(dir, "my-notices")] });
      expect(type(steps[2] ?? ""), "adding the site while the server runs").toMatchObject({ code: 0 });
      const reply = await sendEvent(installation, { d: "my.example", u: "https://my.example/" });
      expect([reply.status, reply.headers.get("x-plausible-dropped")]).toEqual([202, null]);
      const [html = ""] = snippets("html");
      const source = /src="http:\/\/localhost:8000([^"]+)"/.exec(html)?.[1] ?? "";
      const script = await fetch(installation.url + source);
      expect(script.status).toBe(200);
      expect(script.headers.get("content-type")).toContain("javascript");
    } finally {
      await installation?.remove();
    }
  }, 60_000);

  test("every file it points at exists", () => {
    for (const [, target = ""] of readme.matchAll(/\]\(([^)#]+)\)/g)) {
      if (!target.startsWith("http")) expect(existsSync(join(root, target)), target).toBe(true);
    }
  });
});
