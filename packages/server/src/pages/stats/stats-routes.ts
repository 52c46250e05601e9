// The bulletin at `/stats/:site`: folded for the public where it is public, exact for the owner, nothing for anybody else.
import { Hono } from "hono";
import type { Env } from "../../http/parts.ts";
import { Refusal } from "../../http/refusal.ts";
import type { House } from "../../house.ts";
import { pageReply, queryOf } from "../page-reply.ts";
import { privateView, questionRefusedView } from "../refusal-view.ts";
import { bulletinView } from "./bulletin-view.ts";
import { readBulletin } from "./read-bulletin.ts";

export function statsRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/stats/:site", async (context) => {
    const { headers } = context.req.raw;
    const query = queryOf(context);
    const domain = context.req.param("site").toLowerCase();
    // A site made private is private at once, so the record is read; the cached look-up brings its notice in if that is new.
    const [isOwner, site] = await Promise.all([house.isOwner(headers), house.records.site(domain), house.site(domain)]);
    if (site === undefined || (!isOwner && !site.isPublic)) {
      if (isOwner) throw new Refusal(404, "not-found", "no such site; add it with `avow site add`");
      const next = `/stats/${encodeURIComponent(context.req.param("site").slice(0, 253))}`;
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
    try {
      // The owner may look through the public's eyes.
      const reader = isOwner && query.get("as") !== "public" ? "owner" : "public";
      const model = await readBulletin(house, site, policy, reader, query, house.nowMs(headers));
      return pageReply(house, headers, frame, bulletinView(model));
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 400) throw error;
      return pageReply(house, headers, frame, questionRefusedView(error, site.domain), 400);
    }
  });
  return app;
}
