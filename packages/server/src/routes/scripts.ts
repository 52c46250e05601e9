// The tracker as a file, under our name and under the names Plausible's script tags use.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bakeDomain, bakeNames } from "@avow/web";
import { Hono } from "hono";
import type { Env, Parts } from "../http/parts.ts";
import { Refusal } from "../http/refusal.ts";

const dist = join(import.meta.dirname, "../../../web/dist");
/** Built by the package that is the tracker's. */
export const trackerPath = join(dist, "tracker.js");
const morePath = join(dist, "tracker-more.js");

/** A day without asking; after that the ETag answers in a few bytes. */
const cacheControl = "public, max-age=86400, stale-while-revalidate=604800";

/** `/js/script.js`, `/js/script.<extensions>.js`, `/js/plausible.js`. */
const genericName = /^(?:script|plausible)((?:\.[a-z-]{1,40}){0,12})\.js$/;
const siteName = /^pa-([\w-]{4,64})\.js$/;
/** What the plain tracker does by itself; any other extension takes the larger file, which does the rest. */
const plainNames = new Set(["", "hash", "manual", "local"]);

export function scriptRoutes({ house }: Parts): Hono<Env> {
  const app = new Hono<Env>();
  const read = new Map<string, Promise<string>>();
  const built = async (path: string): Promise<string> => {
    const reading = read.get(path) ?? readFile(path, "utf8");
    read.set(path, reading);
    return reading.catch(() => {
      read.delete(path);
      throw new Refusal(503, "not-built", "the tracker is not built; run `npm run build` and ask again");
    });
  };
  /** With its extensions put in, so that a proxy may hand it on under any name. */
  const named = async (names: string): Promise<string> => {
    const isPlain = names.split(".").every((name) => plainNames.has(name));
    return bakeNames(await built(isPlain ? trackerPath : morePath), names);
  };

  app.get("/js/:file", async (context) => {
    const file = context.req.param("file");
    const names = genericName.exec(file)?.[1];
    const scriptId = siteName.exec(file)?.[1];
    if (scriptId === undefined && names === undefined) throw new Refusal(404, "not-found", "no such script");
    const site = scriptId === undefined ? undefined : await house.records.siteByScriptId(scriptId);
    if (scriptId !== undefined && site === undefined) throw new Refusal(404, "not-found", "no site has this script");
    // The newer snippet names what it wants in `plausible.init`, which may be anything the larger file does.
    const source = site === undefined ? await named(names ?? "") : bakeDomain(await built(morePath), site.domain);
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
