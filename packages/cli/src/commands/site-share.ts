// `avow site share`: secret links by which others see a site's statistics as the public would; shown once, ended at once.
import type { Share, Site } from "@avow/store";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { defaultData, domainOf, examples } from "../options.ts";
import { defaultUrl, publicUrlSetting, withRecords } from "../records.ts";
import { aligned } from "../terminal.ts";

interface ShareOptions extends CommonOptions {
  readonly data: string;
  readonly for?: string;
  readonly end?: string;
}

const mostShares = 100;
const longestName = 100;

export function addSiteShare(site: Command, context: Context): void {
  site
    .command("share")
    .description("make a secret link to a site's statistics, end one, or list them")
    .argument("<domain>", "the site, for example my.example")
    .option("--for <whom>", "make one; whom it is for, in your own words")
    .option("--end <id>", "end one, by its id")
    .option("--data <dir>", "data directory of the server", defaultData)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nWho has the link sees what everybody would see if the site were public, groups that are too small folded.\n${examples(
        'npm run -s avow -- site share my.example --for "the board"',
        "npm run -s avow -- site share my.example",
        "npm run -s avow -- site share my.example --end 3f9c2a71b0de",
      )}`,
    )
    .action((domain: string, options: ShareOptions) => share(context, domain, options));
}

async function share(context: Context, given: string, options: ShareOptions): Promise<void> {
  if (options.for !== undefined && options.end !== undefined)
    throw misuse("a link is made and ended at once", "give one of the two");
  if (options.for !== undefined) return make(context, given, options.for, options);
  if (options.end !== undefined) return end(context, given, options.end, options);
  const { domain, shares = [] } = await changed(given, options, (site) => site);
  const kept = shares.map(({ id, name, createdAtMs }) => ({
    id,
    for: name,
    createdAt: new Date(createdAtMs).toISOString(),
  }));
  const rows = kept.map((each) => [each.id, each.createdAt.slice(0, 10), each.for]);
  const table = aligned([["id", "made on", "for"], ...rows]);
  const none = `no links to ${domain} yet\n  make one: npm run -s avow -- site share ${domain} --for "the board"`;
  report(context, options, { domain, links: kept }, kept.length === 0 ? none : table);
}

async function make(context: Context, given: string, name: string, options: ShareOptions): Promise<void> {
  if (name.trim() === "" || name.length > longestName) throw misuse(`--for has 1 to ${longestName} characters`);
  const { hashSecret, newSecret } = await import("@avow/server");
  const secret = newSecret();
  const hash = hashSecret(secret);
  const made: Share = { id: hash.slice(0, 12), name, hash, createdAtMs: context.nowMs() };
  const site = await changed(given, options, (found) => {
    const shares = [...(found.shares ?? []), made];
    if (shares.length > mostShares) throw misuse(`a site has at most ${mostShares} links`, "end some with --end");
    return { ...found, shares };
  });
  const base = await withRecords(
    options.data,
    async (records) => (await records.setting(publicUrlSetting)) ?? defaultUrl,
  );
  const link = `${base}/share/${secret}`;
  report(context, options, { domain: site.domain, id: made.id, for: name, link }, link);
}

async function end(context: Context, given: string, id: string, options: ShareOptions): Promise<void> {
  const site = await changed(given, options, (found) => {
    const shares = found.shares ?? [];
    if (!shares.some((each) => each.id === id)) {
      throw new CommandFailure(`${found.domain} has no link \`${id}\``, {
        help: `see them with: npm run -s avow -- site share ${found.domain}`,
      });
    }
    return { ...found, shares: shares.filter((each) => each.id !== id) };
  });
  report(context, options, { domain: site.domain, ended: id }, `the link ${id} leads nowhere any more`);
}

function changed(given: string, { data }: ShareOptions, act: (site: Site) => Site): Promise<Site> {
  const domain = domainOf(given) ?? given;
  return withRecords(data, async (records) => {
    const found = await records.site(domain);
    if (found === undefined)
      throw new CommandFailure(`\`${domain}\` is no site here`, {
        help: "see them with: npm run -s avow -- site list",
      });
    const site = act(found);
    if (site !== found) await records.putSite(site);
    return site;
  });
}
