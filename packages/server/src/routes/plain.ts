// Small answers about this installation: is it up, whose notice covers a host (clauses.md JP4, JP5, JP11), Global Privacy Control.
import type { Policy } from "@avow/policy";
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
  app.get("/whose", async (context, next) => (wantsPage(context) ? next() : whose(context, house.gate)));
  return app;
}

const noStore = { "cache-control": "no-store" } as const;

function whose(context: Context<Env>, gate: Parts["house"]["gate"]): Response {
  const host = hostOf(context.req.query("url") ?? "");
  if (host === undefined) throw new Refusal(400, "bad-form", "url: give an address like https://example.org/page");
  const covering = gate.covering(host);
  const [nearest] = covering;
  if (nearest === undefined) {
    const asked = gate.policies().find((policy) => policy.example === undefined) ?? gate.policies()[0];
    throw new Refusal(404, "not-covered", gate.outside(host), {
      covered: false,
      host,
      contact: asked?.controller.contact,
    });
  }
  const body = {
    covered: true,
    host,
    storesNothing: gate.storesNothing(host),
    contact: nearest.controller.contact,
    notices: covering.map(summary),
  };
  return context.json(body, 200, noStore);
}

function summary(policy: Policy): object {
  return {
    id: policy.id,
    title: policy.title,
    page: `/notices/${policy.id}`,
    version: policy.version,
    controller: policy.controller.name,
    contact: policy.controller.contact,
    ...(policy.example === undefined ? {} : { example: policy.example }),
  };
}

/** The host of an address typed by a person, scheme or not; undefined when there is none. */
export function hostOf(url: string): string | undefined {
  const text = url.trim();
  if (text === "" || text.length > 2000) return undefined;
  const parsed = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  const host = parsed?.hostname.replace(/\.$/, "") ?? "";
  return host === "" ? undefined : host;
}
