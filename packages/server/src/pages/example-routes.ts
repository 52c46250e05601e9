// The demonstration: three small pages that carry our tracker, as long as their site is set up here.
import { Hono } from "hono";
import type { Env } from "../http/parts.ts";
import { Refusal } from "../http/refusal.ts";
import type { House } from "../house.ts";
import { examplePage, exampleScript, exampleView } from "./example-view.ts";
import { pageReply } from "./page-reply.ts";

export function exampleRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>();
  const draw = async (headers: Headers, path: string): Promise<Response> => {
    const page = examplePage(path);
    const site = await house.site("example.org");
    const policy = site && house.gate.policy(site.notice);
    if (page === undefined || policy === undefined)
      throw new Refusal(404, "not-found", "there is no such example here");
    const { contact } = policy.controller;
    const frame = { title: `${page.title} · example.org`, script: exampleScript, contact };
    return pageReply(house, headers, frame, exampleView(page));
  };
  app.get("/example", (context) => draw(context.req.raw.headers, "/example"));
  app.get("/example/:page", (context) => draw(context.req.raw.headers, `/example/${context.req.param("page")}`));
  return app;
}
