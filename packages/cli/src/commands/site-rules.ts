// `avow site rules`: what a site's owner decides within the notice, shown, or set a list at a time.
import type { Site, SiteRules } from "@avow/store";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { collected, defaultData, domainOf, examples } from "../options.ts";
import { withRecords } from "../records.ts";
import { aligned } from "../terminal.ts";

interface RulesOptions extends CommonOptions {
  readonly data: string;
  readonly prop?: readonly string[];
  readonly host?: readonly string[];
  readonly blockPage?: readonly string[];
  readonly blockCountry?: readonly string[];
  readonly clear?: readonly string[];
}

/** Each list by the option that sets it. */
const lists = {
  prop: "props",
  host: "hostnames",
  "block-page": "blockedPages",
  "block-country": "blockedCountries",
} as const satisfies Readonly<Record<string, keyof SiteRules>>;
type ListName = keyof typeof lists;
const listNames = Object.keys(lists).filter((name): name is ListName => name in lists);

const none: SiteRules = { props: [], hostnames: [], blockedPages: [], blockedCountries: [] };
const longest: Readonly<Record<keyof SiteRules, number>> = {
  props: 300,
  hostnames: 253,
  blockedPages: 1_000,
  blockedCountries: 2,
};
const mostInList = 300;

export function addSiteRules(site: Command, context: Context): void {
  site
    .command("rules")
    .description(
      "what is counted of a site within its notice; an option sets its whole list, without any they are shown",
    )
    .argument("<domain>", "the site, for example my.example")
    .option("--prop <name>", "a custom property that is kept, where the notice permits them; repeatable", collected)
    .option("--host <pattern>", "a host whose pages count, and then only those; `*` is any text; repeatable", collected)
    .option("--block-page <pattern>", "pages that do not count, from `/`; `*` is any text; repeatable", collected)
    .option("--block-country <code>", "a country that does not count, by its two letters; repeatable", collected)
    .option("--clear <list>", `empty a list: ${listNames.join(", ")}; repeatable`, collected)
    .option("--data <dir>", "data directory of the server", defaultData)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples(
        "npm run -s avow -- site rules my.example --prop plan --prop url",
        "npm run -s avow -- site rules my.example --host my.example --host '*.my.example' --block-page '/draft/*'",
        "npm run -s avow -- site rules my.example --clear host",
      ),
    )
    .action((domain: string, options: RulesOptions) => rules(context, domain, options));
}

async function rules(context: Context, given: string, options: RulesOptions): Promise<void> {
  const change = changeIn(options);
  const domain = domainOf(given) ?? given;
  const site = await withRecords(options.data, async (records) => {
    const found = await records.site(domain);
    if (found === undefined)
      throw new CommandFailure(`\`${domain}\` is no site here`, {
        help: "see them with: npm run -s avow -- site list",
      });
    if (Object.keys(change).length === 0) return found;
    const changed: Site = { ...found, rules: { ...none, ...found.rules, ...change } };
    await records.putSite(changed);
    return changed;
  });
  const set = { ...none, ...site.rules };
  const rows = [
    ["properties kept", set.props.join(", ") || "none"],
    ["hosts", set.hostnames.join(", ") || "its own, and those its notice covers"],
    ["pages blocked", set.blockedPages.join(", ") || "none"],
    ["countries blocked", set.blockedCountries.join(", ") || "none"],
    ...(await notes(site.domain, set)).map((note) => ["note", note]),
  ];
  report(context, options, { domain: site.domain, rules: set }, aligned(rows));
}

/** @throws CommandFailure for a value no event could ever meet. */
function changeIn(options: RulesOptions): Partial<SiteRules> {
  const given: Partial<Record<keyof SiteRules, readonly string[]>> = {
    ...(options.prop === undefined ? {} : { props: options.prop }),
    ...(options.host === undefined ? {} : { hostnames: options.host.map(hostPattern) }),
    ...(options.blockPage === undefined ? {} : { blockedPages: options.blockPage.map(pagePattern) }),
    ...(options.blockCountry === undefined ? {} : { blockedCountries: options.blockCountry.map(countryCode) }),
  };
  for (const name of options.clear ?? []) {
    const list = listNames.find((each) => each === name);
    if (list === undefined) throw misuse(`\`${name}\` is no list`, `give one of ${listNames.join(", ")}`);
    if (given[lists[list]] !== undefined) throw misuse(`\`${name}\` is set and cleared at once`, "give one of the two");
    given[lists[list]] = [];
  }
  for (const name of listNames) {
    const values = given[lists[name]];
    if (values !== undefined) given[lists[name]] = checked(name, values);
  }
  return given;
}

function checked(name: ListName, values: readonly string[]): readonly string[] {
  const most = longest[lists[name]];
  const wrong = values.find((value) => value.trim() === "" || value.length > most);
  if (wrong !== undefined)
    throw misuse(`\`${wrong.slice(0, 80)}\` is no value for --${name}`, `give 1 to ${most} characters`);
  const once = [...new Set(values)];
  if (once.length > mostInList) throw misuse(`--${name} is given ${once.length} times`, `give at most ${mostInList}`);
  return once;
}

function hostPattern(value: string): string {
  const host = value.toLowerCase().replace(/^www\./, "");
  if (/^[\p{L}\p{N}*._[\]:-]+$/u.test(host)) return host;
  throw misuse(`\`${value}\` is not a host`, "give a host like my.example or *.my.example, without https:// and path");
}

function pagePattern(value: string): string {
  if (value.startsWith("/") || value.startsWith("*")) return value;
  throw misuse(`\`${value}\` is not a page`, "give a path from `/`, like /draft/*");
}

function countryCode(value: string): string {
  if (/^[a-z]{2}$/i.test(value)) return value.toUpperCase();
  throw misuse(`\`${value}\` is not a country`, "give its two letters, like NL");
}

/** What is allowed and hardly meant. */
async function notes(domain: string, { hostnames }: SiteRules): Promise<readonly string[]> {
  if (hostnames.length === 0) return [];
  const { matchesAny } = await import("@avow/server");
  return matchesAny(hostnames, domain) ? [] : [`no host listed is ${domain} itself, so its own pages do not count`];
}
