// `avow site`: which sites are measured, and under which notice.
import { type Policy, coversHost } from "@avow/policy";
import type { Records, Site } from "@avow/store";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { noticeById } from "../notice-files.ts";
import { collected, defaultData, domainOf, examples } from "../options.ts";
import { defaultUrl, noticeDirs, publicUrlSetting, servedVocabulary, withNewRecords, withRecords } from "../records.ts";
import { termsOption } from "../term-file.ts";
import { aligned } from "../terminal.ts";
import { addSiteRules } from "./site-rules.ts";
import { addSiteShare } from "./site-share.ts";

interface AddOptions extends CommonOptions {
  readonly notice: string;
  readonly data: string;
  readonly public?: boolean;
  readonly timeZone: string;
  readonly notices?: readonly string[];
  readonly terms?: string;
}

export function addSite(program: Command, context: Context): void {
  const site = program.command("site").description("the sites that are measured");
  site
    .command("add")
    .description("measure a site under a notice that covers it; takes effect at once")
    .argument("<domain>", "the site, for example my.example")
    .requiredOption("--notice <id>", "the notice it runs under")
    .option("--data <dir>", "data directory of the server", defaultData)
    .option("--public", "let everybody see its statistics")
    .option("--time-zone <zone>", "whose midnight closes its day", "UTC")
    .option("--notices <dir>", "where notices are, beside those the server serves; repeatable", collected)
    .option(termsOption[0], `${termsOption[1]}; default: that of the server`)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples(
        "npm run -s avow -- site add my.example --notice my --data ./data",
        "npm run -s avow -- site add my.example --notice my --public --time-zone Europe/Vienna",
      ),
    )
    .action((domain: string, options: AddOptions) => add(context, domain, options));
  site
    .command("list")
    .description("list the sites")
    .option("--data <dir>", "data directory of the server", defaultData)
    .option("--json", "print JSON")
    .addHelpText("after", examples("npm run -s avow -- site list --data ./data"))
    .action((options: CommonOptions & { readonly data: string }) => list(context, options));
  addSiteRules(site, context);
  addSiteShare(site, context);
}

async function add(context: Context, given: string, options: AddOptions): Promise<void> {
  const domain = domainOf(given);
  if (domain === undefined)
    throw misuse(`\`${given}\` is not a domain`, "give a host name like my.example, without https:// and path");
  const timeZone = zoneOf(options.timeZone);
  const { site, url, note } = await withNewRecords(options.data, async (records) => {
    const { policy, path } = await noticeById(
      options.notice,
      await noticeDirs(records, options.notices),
      await servedVocabulary(records, options.terms),
    );
    requireCovered(policy, path, domain);
    const { newScriptId } = await import("@avow/server");
    const before = await records.site(domain);
    const kept = { scriptId: before?.scriptId ?? newScriptId(), createdAtMs: before?.createdAtMs ?? context.nowMs() };
    const added: Site = { ...before, ...kept, domain, notice: policy.id, timeZone, isPublic: options.public === true };
    await records.putSite(added);
    const base = (await records.setting(publicUrlSetting)) ?? defaultUrl;
    return { site: added, url: base, note: await notServedNote(records, path) };
  });
  const lines = [
    `${domain} is measured under notice \`${site.notice}\`; its statistics are ${site.isPublic ? "public" : "private"}`,
    "paste into its pages:",
    `  <script defer data-domain="${domain}" src="${url}/js/script.js"></script>`,
  ];
  report(context, options, { site }, [...lines, ...note].join("\n"));
}

/** A server that runs, or ran last, without the notice's directory measures nothing under it. */
async function notServedNote(records: Records, path: string): Promise<readonly string[]> {
  const { noticeDirsSetting } = await import("@avow/server");
  if ((await records.setting(noticeDirsSetting)) === undefined) return [];
  const served = await noticeDirs(records);
  const dir = dirname(dirname(resolve(path)));
  if (served.includes(dir)) return [];
  return [`note: the server was started without ${dir}; start it with --notices ${dir}, until then nothing is counted`];
}

function requireCovered(policy: Policy, path: string, domain: string): void {
  // Of the entries that hold for it the most exact counts, as at the gate.
  const [covered] = policy.covers
    .filter((each) => coversHost([each], domain))
    .toSorted((a, b) => b.host.length - a.host.length);
  if (covered === undefined) {
    const hosts = policy.covers.map(({ host }) => host).join(", ");
    throw new CommandFailure(`notice \`${policy.id}\` does not cover ${domain}; it covers ${hosts}`, {
      help: `add ${domain} to \`covers\` in ${path}, or write it a notice: npm run -s avow -- init ${domain} --id ${domain.split(".")[0]} --notices DIR`,
    });
  }
  if (covered.stores === "nothing") {
    throw new CommandFailure(
      `notice \`${policy.id}\` says of ${covered.host} that it stores nothing, so ${domain} cannot be measured`,
      {
        help: `leave it unmeasured, or take \`stores: nothing\` out of \`covers\` in ${path}`,
      },
    );
  }
}

function zoneOf(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw misuse(`\`${zone}\` is not a time zone`, "give a name like Europe/Vienna or UTC");
  }
}

async function list(context: Context, options: CommonOptions & { readonly data: string }): Promise<void> {
  const sites = await withRecords(options.data, (records) => records.sites());
  const rows = sites.map((site) => [
    site.domain,
    site.notice,
    site.isPublic ? "public" : "private",
    site.timeZone,
    `pa-${site.scriptId}.js`,
  ]);
  const table = aligned([["site", "notice", "statistics", "time zone", "script"], ...rows]);
  const none = "no sites yet\n  add one: npm run -s avow -- site add my.example --notice my";
  report(context, options, { sites }, sites.length === 0 ? none : table);
}
