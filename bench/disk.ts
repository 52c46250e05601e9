// Bytes a page view takes: as rows, and once its day is closed, on small sites and large ones.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesBelow, worker } from "./close.ts";
import type { Line } from "./run.ts";

const sizes = [1000, 10_000, 100_000] as const;

export async function run(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const views of sizes) {
    const dir = mkdtempSync(join(tmpdir(), "avow-bench-"));
    try {
      const count = Math.max(1, 10_000 / views);
      worker("fill", dir, 0, count, views);
      const rows = bytesBelow(join(dir, "days")) / (count * views);
      worker("close", dir, 0, count);
      const closed = bytesBelow(join(dir, "closed")) / (count * views);
      const [atMostRows, atMostClosed] = [40, 10];
      const what = `${views} page views a day`;
      const isLarge = views >= 10_000;
      lines.push(
        {
          what: `${what}, as rows`,
          figure: `${rows.toFixed(1)} B a page view`,
          ...(isLarge ? { bar: `≤ ${atMostRows} B`, holds: rows <= atMostRows } : {}),
        },
        {
          what: `${what}, closed`,
          figure: `${closed.toFixed(2)} B a page view`,
          bar: `≤ ${atMostClosed} B`,
          holds: closed <= atMostClosed,
        },
      );
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  return lines;
}
