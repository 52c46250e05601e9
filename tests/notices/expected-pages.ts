// `npm run expected`: writes the golden page of every shipped notice (`notices/<id>/expected.md`) from what the notice says.
import { readdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadNotice, noticeMarkdown } from "@avow/policy";

const home = join(import.meta.dirname, "../../notices");

/** Shipped notices have no log of their own, so their pages say that they are not published. */
export async function expectedPage(id: string): Promise<string> {
  const { policy } = await loadNotice(join(home, id, "notice.yaml"), (path) => readFile(path, "utf8"));
  if (policy === undefined) throw new Error(`notice \`${id}\` has errors`);
  return noticeMarkdown(policy);
}

export function shippedIds(): readonly string[] {
  return readdirSync(home).toSorted();
}

export function expectedPath(id: string): string {
  return join(home, id, "expected.md");
}

if (import.meta.main) {
  for (const id of shippedIds()) writeFileSync(expectedPath(id), await expectedPage(id));
}
