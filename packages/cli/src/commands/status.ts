// `avow status`: what an installation holds: sites, rows by day, sizes, evidence; beside a running server or without one.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type EvidenceCount,
  type HeldRows,
  type KnownVersion,
  type Records,
  type Site,
  StoreBusyError,
  openEvents,
} from "@avow/store";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { defaultData, examples } from "../options.ts";
import { publicUrlSetting, withRecords } from "../records.ts";
import { aligned } from "../terminal.ts";

interface StatusOptions extends CommonOptions {
  readonly data: string;
}

type Day = Awaited<ReturnType<Awaited<ReturnType<typeof openEvents>>["days"]>>[number];

interface Held extends HeldRows {
  /** Id of the notice the version is of; none for a version that this installation does not know, whose rows are not used. */
  readonly notice?: string;
  readonly inForce: boolean;
}

interface Rows {
  readonly days: readonly Day[];
  readonly held: readonly HeldRows[];
}

interface Status {
  readonly data: string;
  readonly bytes: number;
  /** Where a server answers now. */
  readonly server?: string;
  readonly sites: readonly Site[];
  /** Absent while a server has the events open. */
  readonly days?: readonly Day[];
  /** Rows by the version they are held under; absent with `days`. */
  readonly held?: readonly Held[];
  readonly evidence: readonly EvidenceCount[];
}

export function addStatus(program: Command, context: Context): void {
  program
    .command("status")
    .description("what this installation holds: sites, rows by day, sizes, evidence")
    .option("--data <dir>", "data directory of the server", defaultData)
    .option("--json", "print JSON")
    .addHelpText("after", examples("npm run -s avow -- status --data ./data"))
    .action((options: StatusOptions) => status(context, options));
}

async function status(context: Context, options: StatusOptions): Promise<void> {
  const dir = resolve(options.data);
  const found = await withRecords(dir, (records) => look(dir, records));
  report(context, options, found, text(found));
}

async function look(dir: string, records: Records): Promise<Status> {
  const [server, rows] = await Promise.all([answering(records), rowsIn(dir)]);
  const versions = await records.versions();
  const notices = [...new Set(versions.map(({ notice }) => notice))];
  const evidence = (await Promise.all(notices.map((notice) => records.evidence(notice)))).flat();
  return {
    data: dir,
    bytes: bytesBelow(dir),
    ...(server === undefined ? {} : { server }),
    sites: await records.sites(),
    ...(rows === undefined ? {} : { days: rows.days, held: await heldIn(rows.held, versions, records) }),
    evidence,
  };
}

/** The address where this installation's server was last reached, if something healthy answers there now. */
async function answering(records: Records): Promise<string | undefined> {
  const url = await records.setting(publicUrlSetting);
  if (url === undefined) return undefined;
  const isHealthy = await fetch(`${url}/health`, { signal: AbortSignal.timeout(1000) }).then(
    (reply) => reply.ok,
    () => false,
  );
  return isHealthy ? url : undefined;
}

async function heldIn(
  held: readonly HeldRows[],
  versions: readonly KnownVersion[],
  records: Records,
): Promise<readonly Held[]> {
  const last = new Map((await records.inForce()).map(({ notice, version }) => [notice, version]));
  return held.map((rows) => {
    const notice = versions.find(({ version }) => version === rows.version)?.notice;
    if (notice === undefined) return { ...rows, inForce: false };
    return { ...rows, notice, inForce: last.get(notice) === rows.version };
  });
}

async function rowsIn(dir: string): Promise<Rows | undefined> {
  // A look makes nothing.
  if (!existsSync(join(dir, "days"))) return { days: [], held: [] };
  try {
    const events = await openEvents({ dir });
    try {
      return { days: await events.days(), held: await events.held() };
    } finally {
      await events.close();
    }
  } catch (error) {
    if (error instanceof StoreBusyError) return undefined;
    throw error;
  }
}

function bytesBelow(dir: string): number {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(dir, name), { throwIfNoEntry: false }))
    .reduce((sum, stats) => sum + (stats?.isFile() === true ? stats.size : 0), 0);
}

function text({ data, bytes, server, sites, days, held = [], evidence }: Status): string {
  const lastMs = Math.max(
    0,
    ...evidence.filter(({ outcome }) => outcome === "permitted").map(({ lastAtMs }) => lastAtMs),
  );
  const head = aligned([
    ["data", `${data} (${size(bytes)})`],
    ["server", server === undefined ? "not answering" : `answers at ${server}`],
    ["last permitted", lastMs === 0 ? "nothing yet" : `${new Date(lastMs).toISOString().slice(0, 19)} UTC`],
  ]);
  return [
    head,
    table(
      "sites",
      ["site", "notice", "statistics"],
      sites.map(({ domain, notice, isPublic }) => [domain, notice, isPublic ? "public" : "private"]),
      "none",
    ),
    days === undefined
      ? "rows\n  known to the running server only"
      : table(
          "rows",
          ["day", "rows", "size"],
          days.map((day) => [day.day, String(day.rows), size(day.bytes)]),
          "none",
        ),
    ...(days === undefined ? [] : [heldTable(held)]),
    table(
      "evidence",
      ["notice", "clause", "outcome", "count", "why"],
      evidence.map((each) => [each.notice, each.clause, each.outcome, String(each.count), each.reason]),
      "none",
    ),
  ].join("\n\n");
}

function heldTable(held: readonly Held[]): string {
  const rows = held.map(({ site, version, notice, inForce, practice, rows: count }) => [
    site,
    version.slice(0, 8),
    notice ?? "unknown: not used",
    notice === undefined ? "" : inForce ? "in force" : "former",
    practice,
    String(count),
  ]);
  return table("held under", ["site", "version", "of notice", "", "practice", "rows"], rows, "none");
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[], empty: string): string {
  return `${title}\n${rows.length === 0 ? `  ${empty}` : aligned([head, ...rows], "  ")}`;
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
