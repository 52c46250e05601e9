// The bulletin at `/stats/:site`: folded for the public where it is public, exact for the owner, nothing for anybody else.
import type { Policy } from "@avow/policy";
import type { Site } from "@avow/store";
import { type Context, Hono } from "hono";
import type { Env } from "../../http/parts.ts";
import { Refusal } from "../../http/refusal.ts";
import type { House } from "../../house.ts";
import { hashSecret } from "../../owner/secret.ts";
import type { Frame } from "../frame/layout.ts";
import { pageReply, queryOf } from "../page-reply.ts";
import { privateView, questionRefusedView } from "../refusal-view.ts";
import { bulletinCsv } from "./bulletin-csv.ts";
import { bulletinView } from "./bulletin-view.ts";
import { statsPath } from "./filters.ts";
import { readBulletin } from "./read-bulletin.ts";
import { readSites } from "./read-sites.ts";
import { sitesView } from "./sites-view.ts";

export function statsRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/stats", async (context) => {
    const { headers } = context.req.raw;
    const isOwner = await house.isOwner(headers);
    if (!isOwner) return pageReply(house, headers, { title: "Not public", isOwner }, privateView("/stats"), 404);
    const { sites, period } = await readSites(house, queryOf(context), house.nowMs(headers));
    return pageReply(house, headers, { title: "Sites: statistics", isOwner, kind: "stats" }, sitesView(sites, period));
  });
  for (const place of ["/stats/:site", "/share/:secret"]) {
    app.get(place, (context) => bulletinPage(house, context));
    app.get(`${place}/bulletin.csv`, (context) => bulletinFile(house, context));
  }
  return app;
}

async function bulletinPage(house: House, context: Context<Env>): Promise<Response> {
  const asked = await askedOf(house, context);
  if (asked instanceof Response) return asked;
  const { site, frame } = asked;
  const { headers } = context.req.raw;
  try {
    const { policy, reader, query, path } = asked;
    const model = await readBulletin(house, site, policy, reader, query, house.nowMs(headers), { path });
    return pageReply(house, headers, frame, bulletinView(model));
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 400) throw error;
    return pageReply(house, headers, frame, questionRefusedView(error, site.domain), 400);
  }
}

async function bulletinFile(house: House, context: Context<Env>): Promise<Response> {
  const asked = await askedOf(house, context);
  if (asked instanceof Response) return asked;
  const nowMs = house.nowMs(context.req.raw.headers);
  const { site, policy, reader, query, path } = asked;
  const model = await readBulletin(house, site, policy, reader, query, nowMs, { rows: mostCsvRows, path });
  const name = `${site.domain.replaceAll(/[^\w.-]/g, "_")}-${model.period.firstDay}-${model.period.lastDay}.csv`;
  return new Response(bulletinCsv(model), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}

const mostCsvRows = 10_000;

interface Asked {
  readonly site: Site;
  readonly policy: Policy;
  /** The owner may look through the public's eyes. */
  readonly reader: "owner" | "public";
  readonly query: URLSearchParams;
  readonly path: string;
  readonly frame: Pick<Frame, "title" | "contact" | "isOwner" | "kind">;
}

/** The site and who looks; a reply where there is nothing for them. @throws Refusal 404 */
async function askedOf(house: House, context: Context<Env>): Promise<Asked | Response> {
  if (context.req.param("secret") !== undefined) return sharedOf(house, context);
  const { headers } = context.req.raw;
  const query = queryOf(context);
  const given = context.req.param("site") ?? "";
  const domain = given.toLowerCase();
  // A site made private is private at once, so the record is read; the cached look-up brings its notice in if that is new.
  const [isOwner, site] = await Promise.all([house.isOwner(headers), house.records.site(domain), house.site(domain)]);
  if (site === undefined || (!isOwner && !site.isPublic)) {
    if (isOwner) throw new Refusal(404, "not-found", "no such site; add it with `avow site add`");
    const next = `/stats/${encodeURIComponent(given.slice(0, 253))}`;
    return pageReply(house, headers, { title: "Not public", isOwner }, privateView(next), 404);
  }
  const policy = house.gate.policy(site.notice);
  if (policy === undefined) throw new Refusal(404, "not-found", "the notice of this site is not being served");
  const frame = {
    title: `${site.domain}: statistics`,
    contact: policy.controller.contact,
    isOwner,
    kind: "stats",
  } as const;
  return {
    site,
    policy,
    reader: isOwner && query.get("as") !== "public" ? "owner" : "public",
    query,
    path: statsPath(domain),
    frame,
  };
}

/** Who has the link sees what the public would; an unknown one is as good as none. @throws Refusal 404 */
async function sharedOf(house: House, context: Context<Env>): Promise<Asked> {
  const { headers } = context.req.raw;
  const secret = context.req.param("secret") ?? "";
  // Looked up by the hash of what was sent: no comparison of secrets depends on where they differ.
  const hash = hashSecret(secret);
  const site = (await house.records.sites()).find(({ shares = [] }) => shares.some((share) => share.hash === hash));
  if (site !== undefined) await house.site(site.domain);
  const policy = site === undefined ? undefined : house.gate.policy(site.notice);
  if (site === undefined || policy === undefined)
    throw new Refusal(404, "not-found", "this link leads nowhere any more");
  const frame = {
    title: `${site.domain}: statistics`,
    contact: policy.controller.contact,
    isOwner: await house.isOwner(headers),
    kind: "stats",
  } as const;
  return { site, policy, reader: "public", query: queryOf(context), path: `/share/${secret}`, frame };
}
