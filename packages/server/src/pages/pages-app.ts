// Every page, server-rendered, without script and without a cookie for visitors; one small app mounted beside the API.
import { Hono } from "hono";
import { html } from "hono/html";
import type { Env } from "../http/parts.ts";
import type { House } from "../house.ts";
import { exampleRoutes } from "./example-routes.ts";
import { stylesheet, stylesheetEtag, stylesheetPath } from "./frame/stylesheet.ts";
import { homeView } from "./home-view.ts";
import { historyRoutes } from "./notice/history-routes.ts";
import { noticeRoutes } from "./notice/notice-routes.ts";
import { standing } from "./notice/notice-view.ts";
import { readNoticeModel } from "./notice/read-notice-model.ts";
import { ownerPages } from "./owner/owner-pages.ts";
import { pageReply } from "./page-reply.ts";
import { statsRoutes } from "./stats/stats-routes.ts";
import { whoseRoute } from "./whose-route.ts";

export function pagesApp(house: House): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/", async (context) => {
    const { headers } = context.req.raw;
    const [isOwner, sites] = await Promise.all([house.isOwner(headers), house.records.sites()]);
    const notices = await Promise.all(
      house.notices().map(async ({ policy }) => {
        const model = await readNoticeModel(house, policy, house.nowMs(headers));
        const { id, title, example } = policy;
        return { id, title, state: html`${standing(model)}`, ...(example === undefined ? {} : { example }) };
      }),
    );
    const isServed = (id: string): boolean => house.gate.policy(id) !== undefined;
    const body = homeView({
      notices,
      sites: isOwner ? sites : sites.filter((site) => site.isPublic && isServed(site.notice)),
      isOwner,
      hasExample: sites.some(({ domain, notice }) => domain === "example.org" && isServed(notice)),
    });
    return pageReply(house, headers, { title: "Avow: a privacy notice that runs", isOwner }, body);
  });
  app.get("/assets/:file", (context) => asset(context.req.param("file"), context.req.header("if-none-match")));
  for (const room of [
    historyRoutes(house),
    noticeRoutes(house),
    statsRoutes(house),
    exampleRoutes(house),
    ownerPages(house),
    whoseRoute(house),
  ])
    app.route("/", room);
  return app;
}

const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="11" fill="none" stroke="#5f5b52" stroke-width="3"/><path d="M16 5a11 11 0 0 0 0 22z" fill="#5f5b52"/></svg>';

/** The stylesheet's name has its hash in it, so it may be kept for a year; an old name gets the present one, uncached. */
function asset(file: string, seen: string | undefined): Response {
  const isMark = file === "mark.svg";
  if (!isMark && !/^avow\.[\da-f]{12}\.css$/.test(file)) return new Response("no such file\n", { status: 404 });
  const isCurrent = stylesheetPath.endsWith(`/${file}`);
  const headers = {
    "content-type": isMark ? "image/svg+xml" : "text/css; charset=utf-8",
    "cache-control": isMark ? "public, max-age=86400" : isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
    etag: isMark ? '"mark-1"' : stylesheetEtag,
  };
  if (seen?.includes(headers.etag) === true) return new Response(null, { status: 304, headers });
  return new Response(isMark ? mark : stylesheet, { headers });
}
