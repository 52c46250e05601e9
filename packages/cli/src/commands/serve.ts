// `avow serve`: publishes the notices, measures the sites under them, until it is told to stop.
import { existsSync, statSync } from "node:fs";
import type { RunningServer } from "@avow/server";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { collected, defaultData, examples, portNumber, shippedNotices } from "../options.ts";
import { publicUrlSetting } from "../records.ts";
import { termsOption } from "../term-file.ts";
import { aligned } from "../terminal.ts";

interface ServeOptions extends CommonOptions {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly notices?: readonly string[];
  readonly terms?: string;
  readonly trustedProxy?: readonly string[];
  readonly publicUrl?: string;
  readonly testClock?: boolean;
  readonly countryTable?: string;
  readonly regionTable?: string;
  readonly datacentres?: string;
  readonly spamReferrers?: string;
  readonly snapshot?: string;
}

export function addServe(program: Command, context: Context): void {
  program
    .command("serve")
    .description("publish notices and measure sites under them (npm start)")
    .option("--port <number>", "where to listen", portNumber, 8000)
    .option("--host <address>", "on which address; 0.0.0.0 opens it to other machines", "127.0.0.1")
    .option("--data <dir>", "where data rests; made if it is not there", defaultData)
    .option(
      "--notices <dir>",
      "a directory of notices, DIR/ID/notice.yaml; repeatable; default: those that come with Avow",
      collected,
    )
    .option(...termsOption)
    .option(
      "--trusted-proxy <cidr>",
      "whose forwarding headers are believed; repeatable; default: this machine",
      collected,
    )
    .option("--public-url <url>", "where people reach it, for links and cookies; default: http://localhost:PORT")
    .option("--country-table <file>", "a CSV of `cidr,country` instead of the one that comes with Avow")
    .option("--region-table <file>", "regions and cities by network, mmdb or a CSV of `cidr,region,city`")
    .option("--datacentres <file>", "networks of machines, a CIDR a line, whose events are dropped")
    .option("--spam-referrers <file>", "hosts that invent referrers, one a line, beside those Avow knows")
    .option("--snapshot <dir>", "a directory in memory (tmpfs), so that a restart does not count today's visitors anew")
    .option("--test-clock", "let every request set the time with X-Avow-Now; for tests, on this machine only")
    .option("--json", "print what is served as JSON")
    .addHelpText(
      "after",
      examples(
        "npm start",
        "npm start -- --port 8000 --data ./data --notices ./my-notices",
        "npm start -- --host 0.0.0.0 --trusted-proxy 10.0.0.0/8 --public-url https://notices.my.example",
      ),
    )
    .action((options: ServeOptions) => serve(context, options));
}

async function serve(context: Context, options: ServeOptions): Promise<void> {
  for (const dir of options.notices ?? []) {
    if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() === false)
      throw misuse(`\`${dir}\` is no directory`, "give the directory that holds DIR/ID/notice.yaml");
  }
  const server = await started(context, options);
  const stopped = context.untilStopped();
  const { house } = server;
  await house.records.setSetting(publicUrlSetting, house.settings.publicUrl);
  const sites = await house.records.sites();
  const notices = house.notices().map(({ policy }) => policy.id);
  const result = {
    url: server.url,
    publicUrl: house.settings.publicUrl,
    notices,
    sites: sites.map(({ domain }) => domain),
    data: house.settings.dataDir,
    ...(server.ownerLink === undefined ? {} : { ownerLink: server.ownerLink }),
  };
  const rows = [
    ["  open", house.settings.publicUrl],
    ["  notices", notices.join(", ")],
    ["  sites", sites.length === 0 ? `none yet: ${siteAdd(options)}` : result.sites.join(", ")],
    ...missing(options).map((dir) => ["  note", `${dir} is not there; what is written there later is served then`]),
    ["  data", house.settings.dataDir],
    ...(server.ownerLink === undefined ? [] : [["  owner", `${server.ownerLink}  (once, within a day)`]]),
  ];
  report(context, options, result, `avow listens on ${server.url}\n${aligned(rows)}`);
  await stopped;
  await server.close();
}

function missing({ notices = [] }: ServeOptions): readonly string[] {
  return notices.filter((dir) => !existsSync(dir));
}

/** As it has to be typed for the server that just started, which keeps in its records where its notices are. */
function siteAdd({ data }: ServeOptions): string {
  const where = data === defaultData ? "" : ` --data ${data}`;
  return `npm run -s avow -- site add my.example --notice my${where}`;
}

async function started(context: Context, options: ServeOptions): Promise<RunningServer> {
  // Only here: the other commands start in a third of the time without it.
  const { StartRefused, startServer } = await import("@avow/server");
  try {
    return await startServer(
      {
        port: options.port,
        host: options.host,
        dataDir: options.data,
        noticeDirs: options.notices ?? [shippedNotices()],
        testClock: options.testClock === true,
        ...(options.terms === undefined ? {} : { terms: options.terms }),
        ...(options.trustedProxy === undefined ? {} : { trustedProxies: options.trustedProxy }),
        ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
        ...(options.countryTable === undefined ? {} : { countryTable: options.countryTable }),
        ...(options.regionTable === undefined ? {} : { regionTable: options.regionTable }),
        ...(options.datacentres === undefined ? {} : { datacentres: options.datacentres }),
        ...(options.spamReferrers === undefined ? {} : { spamReferrers: options.spamReferrers }),
        ...(options.snapshot === undefined ? {} : { snapshotDir: options.snapshot }),
      },
      { log: (line) => (options.json === true ? context.terminal.err(line) : context.terminal.out(line)) },
    );
  } catch (error) {
    // The server's words are meant for the terminal as they stand, remedy included.
    throw error instanceof StartRefused
      ? new CommandFailure(error.message, { cause: error, exitCode: error.isMisuse ? 2 : 1 })
      : error;
  }
}
