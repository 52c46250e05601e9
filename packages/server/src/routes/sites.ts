// The part of Plausible's Sites API that scripts need: goals and custom properties of the key's own site, by a key made for that.
import { createHash } from "node:crypto";
import type { Goal, Site, SiteRules } from "@avow/store";
import { type Context, Hono } from "hono";
import type { Env, Parts } from "../http/parts.ts";
import { Refusal } from "../http/refusal.ts";
import { goalLimits, goalOf, withGoal } from "../query/goals.ts";
import { QueryDesk } from "../query/query-desk.ts";

/** A key of this purpose changes its site; keys that ask never do. */
export const settingPurpose = "running the installation";

const mostProps = 300;
const longestProp = 300;
const noRules: SiteRules = { props: [], hostnames: [], blockedPages: [], blockedCountries: [] };
const noStore = { "cache-control": "no-store" } as const;

type Fields = Readonly<Record<string, string>>;

export function siteRoutes(parts: Parts): Hono<Env> {
  const desk = new QueryDesk(parts.limits);
  const app = new Hono<Env>();
  const change = async (context: Context<Env>, fields: Fields, act: (site: Site) => Site): Promise<Site> => {
    const site = act(await siteOf(parts, desk, context, fields));
    await parts.house.records.putSite(site);
    return site;
  };
  app.get("/api/v1/sites/goals", async (context) => {
    const { goals = [] } = await siteOf(parts, desk, context, context.req.query());
    return context.json({ goals: goals.map(goalReply), meta: pageOf(goals.length) }, 200, noStore);
  });
  app.put("/api/v1/sites/goals", async (context) => {
    const fields = await readFields(context);
    const goal = readGoal(fields);
    const site = await change(context, fields, (found) => {
      if ((found.goals ?? []).length >= goalLimits.goals) throw bad(`goals: a site has at most ${goalLimits.goals}`);
      return { ...found, goals: withGoal(found.goals, goal) };
    });
    return context.json({ domain: site.domain, ...goalReply(goal) }, 200, noStore);
  });
  app.delete("/api/v1/sites/goals/:id", async (context) => {
    const id = context.req.param("id");
    await change(context, { ...context.req.query(), ...(await readFields(context)) }, (site) => {
      const goals = site.goals ?? [];
      if (!goals.some((goal) => goalId(goal) === id)) throw new Refusal(404, "not-found", "there is no such goal");
      return { ...site, goals: goals.filter((goal) => goalId(goal) !== id) };
    });
    return context.json({ deleted: true }, 200, noStore);
  });
  app.get("/api/v1/sites/custom-props", async (context) => {
    const { rules = noRules } = await siteOf(parts, desk, context, context.req.query());
    const props = rules.props.map((property) => ({ property }));
    return context.json({ custom_properties: props, meta: pageOf(props.length) }, 200, noStore);
  });
  app.put("/api/v1/sites/custom-props", async (context) => {
    const fields = await readFields(context);
    const property = (fields["property"] ?? "").trim();
    if (property === "" || property.length > longestProp)
      throw bad(`property must have 1 to ${longestProp} characters`);
    await change(context, fields, (site) => {
      const props = [...new Set([...(site.rules ?? noRules).props, property])];
      if (props.length > mostProps) throw bad(`property: a site has at most ${mostProps}`);
      return { ...site, rules: { ...noRules, ...site.rules, props } };
    });
    return context.json({ created: true }, 200, noStore);
  });
  app.delete("/api/v1/sites/custom-props/:property", async (context) => {
    const property = context.req.param("property");
    await change(context, { ...context.req.query(), ...(await readFields(context)) }, (site) => {
      const { props } = site.rules ?? noRules;
      if (!props.includes(property)) throw new Refusal(404, "not-found", "there is no such property");
      return { ...site, rules: { ...noRules, ...site.rules, props: props.filter((each) => each !== property) } };
    });
    return context.json({ deleted: true }, 200, noStore);
  });
  return app;
}

/** The key's own site, if the key may change it. @throws Refusal 401, 403 or 404 */
async function siteOf({ house }: Parts, desk: QueryDesk, context: Context<Env>, fields: Fields): Promise<Site> {
  const nowMs = house.nowMs(context.req.raw.headers);
  const key = await desk.keyOf(house.records, context.req.header("authorization"), nowMs);
  const given = fields["site_id"]?.toLowerCase().replace(/^www\./, "");
  if (given === undefined) throw bad("site_id must be the domain of the site");
  if (given !== key.site) {
    throw new Refusal(403, "other-site", `site_id: this key belongs to \`${key.site}\` and may not see another`);
  }
  if (!key.purposes.includes(settingPurpose)) {
    const help = `make one with: avow key create --site ${key.site} --purpose "${settingPurpose}"`;
    throw new Refusal(403, "not-permitted", `this key may ask and not change anything; ${help}`);
  }
  const site = await house.records.site(key.site);
  if (site === undefined) throw new Refusal(404, "not-found", "the site of this key is not here any more");
  return site;
}

function readGoal(fields: Fields): Goal {
  const kind = fields["goal_type"];
  if (kind !== "event" && kind !== "page") throw bad("goal_type must be `event` or `page`");
  const named = kind === "event" ? { event: fields["event_name"] ?? "" } : { page: fields["page_path"] ?? "" };
  const goal = goalOf({ ...named, label: fields["display_name"] });
  if (typeof goal === "string") throw bad(`goal: ${goal}`);
  return goal;
}

/** JSON or a form of either kind; texts only. */
async function readFields(context: Context<Env>): Promise<Fields> {
  const isJson = (context.req.header("content-type") ?? "").includes("json");
  const given: unknown = isJson ? await readJson(context) : await context.req.parseBody();
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw bad("the body must be an object");
  const texts = Object.entries(given).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return Object.fromEntries(texts.map(([key, value]) => [key, String(value)]));
}

async function readJson(context: Context<Env>): Promise<unknown> {
  const text = await context.req.text();
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "bad-json", "the body is not valid JSON");
  }
}

function goalReply(goal: Goal): object {
  const [goal_type, event_name, page_path] = "event" in goal ? ["event", goal.event, null] : ["page", null, goal.page];
  return { id: goalId(goal), display_name: goal.label, goal_type, event_name, page_path };
}

/** The same for the same label, so that it can be removed by those who remember it. */
function goalId({ label }: Goal): string {
  return createHash("sha256").update(label).digest("hex").slice(0, 12);
}

function pageOf(limit: number): object {
  return { after: null, before: null, limit: Math.max(100, limit) };
}

function bad(problem: string): Refusal {
  return new Refusal(400, "bad-query", problem);
}
