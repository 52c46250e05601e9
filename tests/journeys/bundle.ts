// Bundles a few lines with an npm tracker, as a site's own build would.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { root } from "../installation.ts";

/** One classic script; `source` may import packages of this repository. */
export async function bundle(source: string): Promise<string> {
  // Inside the repository, so that bare imports are found.
  const dir = mkdtempSync(join(root, "node_modules", ".journey-"));
  try {
    writeFileSync(join(dir, "entry.js"), source);
    const result = await build({
      configFile: false,
      root: dir,
      logLevel: "error",
      build: { write: false, minify: false, lib: { entry: join(dir, "entry.js"), formats: ["iife"], name: "site" } },
    });
    const [output] = Array.isArray(result) ? result : [result];
    if (output === undefined || !("output" in output)) throw new Error("the bundler gave nothing back");
    return output.output[0].code;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
