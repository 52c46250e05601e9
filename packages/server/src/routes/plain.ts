// Small answers about this installation: is it up, whose notice covers a host (clauses.md JP4, JP5, JP10, JP11), Global Privacy Control.
import { whose as answerTo, logName, wellKnownPath } from "@avow/policy";
import { type Context, Hono } from "hono";
import { type Env, type Parts, wantsPage } from "../http/parts.ts";
import { Refusal } from "../http/refusal.ts";
import { querySchema } from "../query/query-schema.ts";
import { version } from "../version.ts";

export function plainRoutes({ house }: Parts): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/health", (context) =>
    context.json({ status: "ok", version, notices: house.gate.policies().length }, 200, noStore),
  );
  app.get("/api/docs/query/schema.json", (context) =>
    context.json(querySchema, 200, { "cache-control": "public, max-age=3600", "access-control-allow-origin": "*" }),
  );
  app.get("/.well-known/gpc.json", async (context) => {
    const seen = (await house.records.versions())
      .filter(({ notice }) => notice === "avow")
      .map(({ seenAtMs }) => seenAtMs);
    const lastUpdate = new Date(Math.max(0, ...seen)).toISOString().slice(0, 10);
    return context.json({ gpc: true, lastUpdate }, 200, { "cache-control": "public, max-age=3600" });
  });
  app.get(`/${wellKnownPath}`, async (context) => {
    const nowMs = house.nowMs(context.req.raw.headers);
    return context.json(await pointer(house, nowMs), 200, {
      "cache-control": "no-cache",
      "access-control-allow-origin": "*",
    });
  });
  app.get("/whose", async (context, next) => (wantsPage(context) ? next() : whose(context, house.gate)));
  return app;
}

const noStore = { "cache-control": "no-store" } as const;

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** What programs find first: the shape of a published site's, of what is in force here now. */
async function pointer(house: Parts["house"], nowMs: number): Promise<object> {
  const came = await house.records.inForce();
  return {
    avow: 1,
    asOf: day(nowMs),
    notices: house.notices().map(({ policy, waiting }) => {
      const since = came.findLast(({ notice, version: each }) => notice === policy.id && each === policy.version);
      const page = `../notices/${policy.id}`;
      return {
        notice: policy.id,
        title: policy.title,
        version: policy.version,
        ...(since === undefined ? {} : { updated: day(since.sinceMs) }),
        contact: policy.controller.contact,
        covers: policy.covers.map(({ host }) => host),
        ...(waiting?.effective === undefined
          ? {}
          : { waiting: [{ version: waiting.version, from: waiting.effective }] }),
        page,
        json: `${page}.json`,
        jsonld: `${page}.jsonld`,
        log: `${page}/${logName}`,
        feed: `${page}/feed.xml`,
      };
    }),
  };
}

function whose(context: Context<Env>, gate: Parts["house"]["gate"]): Response {
  const answer = answerTo(context.req.query("url") ?? "", gate, (text) => URL.parse(text));
  const { outcome, sentence, notices, ...rest } = answer;
  switch (outcome) {
    case "unreadable":
      throw new Refusal(400, "bad-form", `url: ${sentence}`);
    case "not covered":
      throw new Refusal(404, "not-covered", sentence, { covered: false, ...rest });
    case "covered":
      return context.json(
        {
          covered: true,
          sentence,
          ...rest,
          notices: notices.map((each) => ({ ...each, page: `/notices/${each.id}` })),
        },
        200,
        noStore,
      );
    default:
      return outcome satisfies never;
  }
}
