// The tracker as a file, under our name and under the names Plausible's script tags use.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bakeDomain } from "@avow/web";
import { Hono } from "hono";
import type { Env, Parts } from "../http/parts.ts";
import { Refusal } from "../http/refusal.ts";

/** Built by the package that is the tracker's. */
export const trackerPath = join(import.meta.dirname, "../../../web/dist/tracker.js");

/** A day without asking; after that the ETag answers in a few bytes. */
const cacheControl = "public, max-age=86400, stale-while-revalidate=604800";

/** `/js/script.js`, `/js/script.<extensions>.js`, `/js/plausible.js`. */
const genericName = /^(?:script|plausible)(?:\.[a-z-]{1,40}){0,12}\.js$/;
const siteName = /^pa-([\w-]{4,64})\.js$/;

export function scriptRoutes({ house }: Parts): Hono<Env> {
  const app = new Hono<Env>();
  let built: Promise<string> | undefined;
  const tracker = async (): Promise<string> => {
    built ??= readFile(trackerPath, "utf8");
    return built.catch(() => {
      built = undefined;
      throw new Refusal(503, "not-built", "the tracker is not built; run `npm run build` and ask again");
    });
  };

  app.get("/js/:file", async (context) => {
    const file = context.req.param("file");
    const scriptId = siteName.exec(file)?.[1];
    if (scriptId === undefined && !genericName.test(file)) throw new Refusal(404, "not-found", "no such script");
    const site = scriptId === undefined ? undefined : await house.records.siteByScriptId(scriptId);
    if (scriptId !== undefined && site === undefined) throw new Refusal(404, "not-found", "no site has this script");
    const source = site === undefined ? await tracker() : bakeDomain(await tracker(), site.domain);
    const etag = `"${createHash("sha256").update(source).digest("base64url").slice(0, 27)}"`;
    const headers = {
      etag,
      "cache-control": cacheControl,
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
    };
    if (context.req.header("if-none-match")?.includes(etag) === true) return context.body(null, 304, headers);
    return context.body(source, 200, { ...headers, "content-type": "text/javascript; charset=utf-8" });
  });
  return app;
}
