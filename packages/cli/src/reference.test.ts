// The reference page is what the commands say of themselves; every command has examples, --json and a heading.
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Context } from "./context.ts";
import { run } from "./program.ts";
import { commandNames, referencePage } from "./reference.ts";

const page = join(import.meta.dirname, "../../../docs/reference/cli.md");

function quiet(): Context & { readonly printed: string[] } {
  const printed: string[] = [];
  const print = (text: string): void => void printed.push(text);
  return {
    printed,
    terminal: { out: print, err: print, hasColour: false },
    nowMs: () => 0,
    untilStopped: async () => {},
    exitCode: 0,
  };
}

test("docs/reference/cli.md is up to date (write it anew with `npm exec vitest -- run --project integration packages/cli -u`)", async () => {
  await expect(await referencePage()).toMatchFileSnapshot(page);
});

test.each(commandNames())("avow %s --help shows its options and examples, exit 0", async (name) => {
  const context = quiet();
  expect(await run([...name.split(" "), "--help"], context)).toBe(0);
  expect(context.printed.join("\n")).toMatch(/--json/);
  expect(context.printed.join("\n")).toMatch(/Examples:\n {2}\$ npm /);
});
