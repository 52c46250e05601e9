// Everything but events: one Hono app with its headers, limits and refusals; rooms of routes are mounted by compose.ts.
import { type Context, Hono } from "hono";
import { routePath } from "hono/route";
import { type Env, type Parts, wantsPage } from "./parts.ts";
import { Refusal } from "./refusal.ts";
import { faultLine, refusalOf } from "./refusal-of.ts";
import { logRefusal } from "./request-log.ts";
import { securityHeaders } from "./security-headers.ts";

/** Draws a refusal for people; the same facts as its JSON. */
export type RefusalPage = (refusal: Refusal) => Response | Promise<Response>;

export function createApp(parts: Parts, rooms: readonly Hono<Env>[], refusalPage?: RefusalPage): Hono<Env> {
  const headers = Object.entries(securityHeaders(parts.isHttps));
  const app = new Hono<Env>();
  const tell = async (context: Context<Env>, error: unknown): Promise<Response> => {
    const { refusal, isFault } = refusalOf(error);
    if (isFault) parts.log(faultLine(error));
    const { status, code } = refusal;
    // INVARIANT: the pattern of the route, never the path that was asked for, reaches the log.
    logRefusal(parts.log, { method: context.req.method, route: routePath(context), status, code });
    if (refusalPage !== undefined && wantsPage(context)) return refusalPage(refusal);
    const type = "application/json; charset=utf-8";
    return new Response(refusal.body(), {
      status,
      headers: { "content-type": type, "cache-control": "no-store", ...refusal.headers },
    });
  };
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of headers) if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    if (!context.res.headers.has("cache-control")) context.res.headers.set("cache-control", "no-cache");
  });
  for (const room of rooms) app.route("/", room);
  app.notFound((context) =>
    tell(context, new Refusal(404, "not-found", `nothing at this address answers ${context.req.method}`)),
  );
  app.onError((error, context) => tell(context, error));
  return app;
}
