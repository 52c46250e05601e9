// What is kept of a notice besides its page: log, feed, linked data and, for every version and change, the page `avow publish` writes.
import { type Context, Hono } from "hono";
import { etag } from "hono/etag";
import { noticeJsonLd } from "@avow/policy";
import type { Env } from "../../http/parts.ts";
import { Refusal } from "../../http/refusal.ts";
import type { House } from "../../house.ts";
import { stylesheetPath } from "../frame/stylesheet.ts";
import { noScript } from "../page-reply.ts";
import { type History, readHistory } from "./read-history.ts";

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  json: "application/json",
  jsonld: "application/ld+json",
  md: "text/markdown; charset=utf-8",
  svg: "image/svg+xml",
  xml: "application/atom+xml; charset=utf-8",
};

export function historyRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>();
  // Those pages name their neighbours as files of a site; here the notice itself is the living one.
  app.get("/notices/index.html", (context) => context.redirect("/"));
  app.get("/notices/avow.css", (context) => context.redirect(stylesheetPath));
  app.get("/notices/:id/index.html", (context) => context.redirect(`/notices/${context.req.param("id")}`));
  app.use("/notices/*", etag());
  app.get("/notices/:file{[^/]+\\.jsonld}", async (context) => {
    const { served } = await historyAsked(house, context, context.req.param("file").slice(0, -".jsonld".length));
    return reply(noticeJsonLd(served), "jsonld");
  });
  app.get("/notices/:id/:path{.+}", async (context) => {
    const { id, path } = context.req.param();
    const { files, served } = await historyAsked(house, context, id);
    const kind = path.slice(path.lastIndexOf(".") + 1);
    // The version in force here, which a log that was written since cannot change before the next start.
    if (path === "notice.jsonld") return reply(noticeJsonLd(served), kind);
    const text = files.get(`${id}/${path}`);
    if (text === undefined) throw new Refusal(404, "not-found", "the history of this notice has no such page");
    return reply(text, kind);
  });
  return app;
}

async function historyAsked(house: House, context: Context<Env>, id: string): Promise<History> {
  const policy = house.gate.policy(id);
  const history = policy && (await readHistory(house, policy, house.nowMs(context.req.raw.headers)));
  if (history !== undefined) return history;
  throw new Refusal(404, "not-found", "no notice of that name is served here");
}

/** Asked for again each time, and answered in a few bytes while it is the same. */
function reply(text: string, kind: string): Response {
  return new Response(text, {
    headers: {
      "content-type": types[kind] ?? "text/plain; charset=utf-8",
      "content-security-policy": noScript,
      "cache-control": "no-cache",
    },
  });
}
