// The shipped notices in a folder of their own, to be attacked: edits hold for one run of the command each.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ran, avow, root } from "../installation.ts";

export interface EditedNotices {
  readonly dir: string;
  readonly path: (id: string) => string;
  /** Replaces one text of a notice, runs the command and puts the notice back. */
  run(edits: Readonly<Record<string, readonly (readonly [string, string])[]>>, ...args: readonly string[]): Ran;
  remove(): void;
}

export function editedNotices(): EditedNotices {
  const dir = mkdtempSync(join(tmpdir(), "avow-notices-"));
  cpSync(join(root, "notices"), dir, { recursive: true });
  const path = (id: string): string => join(dir, id, "notice.yaml");
  return {
    dir,
    path,
    run: (edits, ...args) => {
      const before = Object.keys(edits).map((id) => [id, readFileSync(path(id), "utf8")] as const);
      try {
        for (const [id, text] of before) {
          let edited = text;
          for (const [from, to] of edits[id] ?? []) {
            if (!edited.includes(from)) throw new Error(`notices/${id} does not say \`${from}\``);
            edited = edited.replace(from, () => to);
          }
          writeFileSync(path(id), edited);
        }
        return avow(...args);
      } finally {
        for (const [id, text] of before) writeFileSync(path(id), text);
      }
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
