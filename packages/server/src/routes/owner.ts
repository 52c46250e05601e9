// The owner's forms: claiming the installation, signing in and out, and who may see a site's statistics.
import { type Context, Hono } from "hono";
import { networkOf } from "../client/address.ts";
import { type Env, type Parts, peerOf, wantsPage } from "../http/parts.ts";
import { readForm } from "../http/read-form.ts";
import { Refusal } from "../http/refusal.ts";
import { claimOwner } from "../owner/claim.ts";
import { requireSameOrigin } from "../owner/same-origin.ts";
import { createSession, endSession } from "../owner/session.ts";
import { SignInDesk } from "../owner/sign-in.ts";

export function ownerRoutes(parts: Parts): Hono<Env> {
  const { house, isHttps } = parts;
  const desk = new SignInDesk();
  const app = new Hono<Env>();

  app.post("/owner/claim", async (context) => {
    const form = await ownForm(context, parts);
    const token = form.get("token") ?? "";
    return backTo(context, parts, `/owner/claim?token=${encodeURIComponent(token)}`, async () => {
      const claim = { token, name: form.get("name") ?? "", password: form.get("password") ?? "" };
      const nowMs = house.nowMs(context.req.raw.headers);
      await claimOwner(house.records, claim, nowMs);
      return seeOther("/", await createSession(house.records, nowMs, isHttps));
    });
  });

  app.post("/sign-in", async (context) => {
    const form = await ownForm(context, parts);
    return backTo(context, parts, "/sign-in", async () => {
      const { headers } = context.req.raw;
      const nowMs = house.nowMs(headers);
      const network = networkOf(house.nearestOf(headers, peerOf(context)));
      const given = { name: form.get("name") ?? "", password: form.get("password") ?? "" };
      await desk.check(house.records, given, network, nowMs);
      return seeOther(localPath(form.get("next")), await createSession(house.records, nowMs, isHttps));
    });
  });

  app.post("/sign-out", async (context) => {
    await ownForm(context, parts);
    return seeOther("/", await endSession(house.records, context.req.header("cookie"), isHttps));
  });

  app.post("/sites/:domain/visibility", async (context) => {
    const form = await ownForm(context, parts);
    const isOwner = await house.isOwner(context.req.raw.headers);
    if (!isOwner) throw new Refusal(403, "not-owner", "only the owner may change who sees a site; sign in first");
    const site = await house.records.site(context.req.param("domain"));
    if (site === undefined) throw new Refusal(404, "not-found", "no such site");
    const visibility = form.get("visibility");
    if (visibility !== "public" && visibility !== "private") {
      throw new Refusal(400, "bad-form", "visibility: give public or private");
    }
    await house.records.putSite({ ...site, isPublic: visibility === "public" });
    return seeOther(`/stats/${encodeURIComponent(site.domain)}`);
  });
  return app;
}

async function ownForm(context: Context<Env>, parts: Parts): Promise<URLSearchParams> {
  requireSameOrigin(context.req.raw.headers, parts.house.settings.publicUrl);
  return readForm(context);
}

/** A browser that was refused goes back to its form, which says why; a program reads the refusal itself. */
async function backTo(
  context: Context<Env>,
  parts: Parts,
  path: string,
  act: () => Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refusal) || !wantsPage(context)) throw error;
    parts.log(`${new Date().toISOString()} refused POST ${context.req.routePath} ${error.status} ${error.code}`);
    return seeOther(`${path}${path.includes("?") ? "&" : "?"}problem=${error.code}`);
  }
}

function seeOther(location: string, cookie?: string): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  if (cookie !== undefined) headers.set("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** Where to go after signing in: a path of ours, never another host. */
function localPath(next: string | null): string {
  return next !== null && /^\/(?![/\\])[\w\-./?=&%:,]*$/.test(next) ? next : "/";
}
