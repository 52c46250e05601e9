// The living notice at `/notices/:id`, as a page and as JSON; never cached, because each look is answered anew.
import { type Context, Hono } from "hono";
import { type Env, peerOf } from "../../http/parts.ts";
import { Refusal } from "../../http/refusal.ts";
import type { House } from "../../house.ts";
import { pageReply } from "../page-reply.ts";
import { noticeJson } from "./notice-json.ts";
import { noticeView } from "./notice-view.ts";
import { readNoticeModel } from "./read-notice-model.ts";
import { readVisit } from "./read-visit.ts";

export function noticeRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/notices/:id", async (context) => {
    const asked = context.req.param("id");
    const policy = house.gate.policy(asked.replace(/\.json$/, ""));
    if (policy === undefined) throw new Refusal(404, "not-found", "no notice of that name is served here");
    const { headers } = context.req.raw;
    const nowMs = house.nowMs(headers);
    const client = house.clientOf(headers, peerOf(context));
    const [model, sites] = await Promise.all([readNoticeModel(house, policy, nowMs), house.records.sites()]);
    const visit = readVisit(house, policy, sites, client, nowMs);
    if (asked.endsWith(".json") || wantsJson(context)) {
      return context.json(noticeJson(model, visit), 200, { "cache-control": "no-store", vary: "Accept" });
    }
    const { title, controller } = policy;
    const feed = model.history === undefined ? {} : { feed: `/notices/${policy.id}/feed.xml` };
    const frame = { title, contact: controller.contact, ...feed };
    return pageReply(house, headers, frame, noticeView(model, visit));
  });
  return app;
}

function wantsJson(context: Context<Env>): boolean {
  const accept = context.req.header("accept") ?? "";
  return accept.includes("application/json") && !accept.includes("text/html");
}
