// `npm run bench -- decide ingest start`: runs the named benchmarks and prints their ratios; `--write` adds them to RESULTS.md.
import { appendFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

/** One line of a result: what was measured, the figure, and the bar it is held to. */
export interface Line {
  readonly what: string;
  readonly figure: string;
  readonly bar?: string;
  readonly holds?: boolean;
}

const benchmarks: Record<string, () => Promise<{ run: () => Promise<readonly Line[]> }>> = {
  close: () => import("./close.ts"),
  compare: () => import("./compare.ts"),
  decide: () => import("./decide.ts"),
  disk: () => import("./disk.ts"),
  ingest: () => import("./ingest.ts"),
  start: () => import("./start.ts"),
  soak: () => import("./soak.ts"),
  stats: () => import("./stats.ts"),
  telemetry: () => import("./telemetry.ts"),
};

const names = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`no benchmark \`${unknown.join("`, `")}\`; there are: ${Object.keys(benchmarks).join(", ")}`);
  process.exit(2);
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
const day = new Date().toISOString().slice(0, 10);
// The soak takes ten minutes: only when it is named.
for (const name of names.length > 0 ? names : Object.keys(benchmarks).filter((each) => each !== "soak")) {
  const load = benchmarks[name];
  if (load === undefined) continue;
  console.log(`\n${name}`);
  const lines = await (await load()).run();
  for (const line of lines) {
    const verdict = line.holds === undefined ? "" : line.holds ? "  holds" : "  MISSED";
    console.log(
      `  ${line.what.padEnd(58)} ${line.figure.padStart(24)}${line.bar ? `   bar ${line.bar}` : ""}${verdict}`,
    );
  }
  if (process.argv.includes("--write")) {
    const rows = lines.map(
      (line) =>
        `| ${line.what} | ${line.figure} | ${line.bar ?? ""} | ${line.holds === undefined ? "" : line.holds ? "yes" : "**no**"} |`,
    );
    const head = `\n## ${name}, ${day}\n${machine}\n\n| measured | figure | bar | held |\n|---|---|---|---|\n`;
    appendFileSync(join(import.meta.dirname, "RESULTS.md"), `${head}${rows.join("\n")}\n`);
  }
}
process.exit(0);
