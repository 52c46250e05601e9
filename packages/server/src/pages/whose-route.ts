// `/whose` for people; programs get JSON from the route that stands before this one (clauses.md JP4, JP5).
import { Hono } from "hono";
import type { Env } from "../http/parts.ts";
import type { House } from "../house.ts";
import { hostOf } from "../routes/plain.ts";
import { pageReply, queryOf } from "./page-reply.ts";
import { type WhoseAnswer, whoseView } from "./whose-view.ts";

export function whoseRoute(house: House): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/whose", (context) => {
    const asked = queryOf(context).get("url")?.slice(0, 2000);
    const answer = asked === undefined ? undefined : whoseAnswer(house, asked);
    const contact = answer?.notices[0]?.contact;
    const status = answer === undefined || answer.notices.length > 0 ? 200 : answer.host === undefined ? 400 : 404;
    const frame = { title: "Whose notice? · Avow", ...(contact === undefined ? {} : { contact }) };
    return pageReply(house, context.req.raw.headers, frame, whoseView(answer), status);
  });
  return app;
}

export function whoseAnswer({ gate }: House, asked: string): WhoseAnswer {
  const host = hostOf(asked);
  if (host === undefined) return { asked, notices: [], storesNothing: false };
  return {
    asked,
    host,
    storesNothing: gate.storesNothing(host),
    outside: gate.outside(host),
    notices: gate.covering(host).map(({ id, title, controller, example }) => ({
      id,
      title,
      controller: controller.name,
      contact: controller.contact,
      ...(example === undefined ? {} : { example }),
    })),
  };
}
