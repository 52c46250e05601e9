// `/whose` for people; programs get the same answer as JSON from the route that stands before this one (clauses.md JP4, JP5, JP10).
import { type WhoseAnswer, whose } from "@avow/policy";
import { Hono } from "hono";
import type { Env } from "../http/parts.ts";
import type { House } from "../house.ts";
import { pageReply, queryOf } from "./page-reply.ts";
import { whoseView } from "./whose-view.ts";

export function whoseRoute(house: House): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/whose", (context) => {
    const asked = queryOf(context).get("url")?.slice(0, 2001);
    const answer = asked === undefined ? undefined : whose(asked, house.gate, (text) => URL.parse(text));
    const contact = answer?.contact;
    const frame = { title: "Whose notice? · Avow", ...(contact === undefined ? {} : { contact }) };
    return pageReply(house, context.req.raw.headers, frame, whoseView(answer), statusOf(answer));
  });
  return app;
}

function statusOf(answer: WhoseAnswer | undefined): 200 | 400 | 404 {
  if (answer === undefined || answer.outcome === "covered") return 200;
  return answer.outcome === "unreadable" ? 400 : 404;
}
