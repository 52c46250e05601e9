// `avow goal`: what a site's owner calls a conversion, an event or pages by name; questions are asked by its label.
import type { Goal, Site } from "@avow/store";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { defaultData, domainOf, examples } from "../options.ts";
import { withRecords } from "../records.ts";
import { aligned } from "../terminal.ts";

interface GoalOptions extends CommonOptions {
  readonly data: string;
  readonly event?: string;
  readonly page?: string;
  readonly label?: string;
}

function common(command: Command): Command {
  return command.option("--data <dir>", "data directory of the server", defaultData).option("--json", "print JSON");
}

export function addGoal(program: Command, context: Context): void {
  const goal = program.command("goal").description("what counts as a conversion of a site");
  common(
    goal
      .command("add")
      .description("add a goal, or change the one of the same label")
      .argument("<domain>", "the site, for example my.example")
      .option("--event <name>", "events of this name")
      .option("--page <pattern>", "page views of these pages: `*` is anything but `/`, `**` anything")
      .option("--label <label>", "what it is called; default: the event's name, or `Visit` and the page"),
  )
    .addHelpText(
      "after",
      examples(
        "npm run -s avow -- goal add my.example --event Sign-up",
        "npm run -s avow -- goal add my.example --page '/blog/**' --label 'Read the blog'",
      ),
    )
    .action((domain: string, options: GoalOptions) => add(context, domain, options));
  common(goal.command("list").description("list the goals of a site").argument("<domain>", "the site"))
    .addHelpText("after", examples("npm run -s avow -- goal list my.example"))
    .action((domain: string, options: GoalOptions) => list(context, domain, options));
  common(
    goal
      .command("remove")
      .description("remove a goal; what was measured stays")
      .argument("<domain>", "the site")
      .argument("<label>", "what it is called"),
  )
    .addHelpText("after", examples("npm run -s avow -- goal remove my.example Sign-up"))
    .action((domain: string, label: string, options: GoalOptions) => remove(context, domain, label, options));
}

async function add(context: Context, given: string, options: GoalOptions): Promise<void> {
  const { goalLimits, goalOf, withGoal } = await import("@avow/server");
  const goal = goalOf(options);
  if (typeof goal === "string") throw misuse(goal, "give one of --event and --page");
  const site = await changed(given, options, (found) => {
    const goals = withGoal(found.goals, goal);
    if (goals.length > goalLimits.goals) throw misuse(`a site has at most ${goalLimits.goals} goals`);
    return { ...found, goals };
  });
  report(context, options, { domain: site.domain, goal }, `${site.domain}: ${goalText(goal)}`);
}

async function list(context: Context, given: string, options: GoalOptions): Promise<void> {
  const { domain, goals = [] } = await changed(given, options, (site) => site);
  const none = `no goals of ${domain} yet\n  add one: npm run -s avow -- goal add ${domain} --event Sign-up`;
  report(
    context,
    options,
    { domain, goals },
    goals.length === 0 ? none : aligned(goals.map((goal) => [goalText(goal)])),
  );
}

async function remove(context: Context, given: string, label: string, options: GoalOptions): Promise<void> {
  const site = await changed(given, options, (found) => {
    const goals = found.goals ?? [];
    if (!goals.some((goal) => goal.label === label)) {
      throw new CommandFailure(`${found.domain} has no goal \`${label}\``, {
        help: `see them with: npm run -s avow -- goal list ${found.domain}`,
      });
    }
    return { ...found, goals: goals.filter((goal) => goal.label !== label) };
  });
  report(context, options, { domain: site.domain, removed: label }, `${site.domain}: \`${label}\` is no goal any more`);
}

function changed(given: string, { data }: GoalOptions, act: (site: Site) => Site): Promise<Site> {
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

function goalText(goal: Goal): string {
  return "event" in goal ? `${goal.label}: the event ${goal.event}` : `${goal.label}: the pages ${goal.page}`;
}
