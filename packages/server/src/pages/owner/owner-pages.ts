// The owner's pages; their forms are posted to the owner's routes.
import { Hono } from "hono";
import type { Env } from "../../http/parts.ts";
import { Refusal } from "../../http/refusal.ts";
import type { House } from "../../house.ts";
import { pageReply, queryOf } from "../page-reply.ts";
import { claimView, signInView } from "./forms-view.ts";
import { settingsView } from "./settings-view.ts";

export function ownerPages(house: House): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/owner/claim", (context) => {
    const query = queryOf(context);
    const body = claimView((query.get("token") ?? "").slice(0, 100), query.get("problem") ?? undefined);
    return pageReply(house, context.req.raw.headers, { title: "Become the owner" }, body);
  });
  app.get("/sign-in", (context) => {
    const query = queryOf(context);
    const body = signInView((query.get("next") ?? "/").slice(0, 2000), query.get("problem") ?? undefined);
    return pageReply(house, context.req.raw.headers, { title: "Sign in" }, body);
  });
  app.get("/settings", async (context) => {
    const { headers } = context.req.raw;
    const [isOwner, owner, sites, keys] = await Promise.all([
      house.isOwner(headers),
      house.records.owner(),
      house.records.sites(),
      house.records.keys(),
    ]);
    if (!isOwner || owner === undefined) throw new Refusal(403, "not-owner", "settings are the owner's; sign in first");
    const body = settingsView({ ownerName: owner.name, sites, keys });
    return pageReply(house, headers, { title: "Settings", isOwner }, body);
  });
  return app;
}
