// `/telemetry/:id`: what a program's telemetry is and what it told, for everybody, without script; the same as JSON.
import { Hono } from "hono";
import type { Env } from "../http/parts.ts";
import { Refusal } from "../http/refusal.ts";
import type { House } from "../house.ts";
import { pageReply } from "../pages/page-reply.ts";
import { telemetryModel } from "./telemetry-model.ts";
import { telemetryView } from "./telemetry-view.ts";

export function telemetryPages(house: House): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/telemetry/:id", async (context) => {
    const given = context.req.param("id");
    const id = given.replace(/\.json$/, "");
    const compiled = house.telemetry.declared.get(id);
    const policy = compiled === undefined ? undefined : house.gate.policy(compiled.notice);
    if (compiled === undefined || policy === undefined) {
      throw new Refusal(404, "not-found", "no such telemetry is collected here");
    }
    const model = await telemetryModel(house, compiled);
    if (given !== id) return context.json(model, 200, { "cache-control": "no-store" });
    const frame = { title: `${model.title}: telemetry`, contact: policy.controller.contact };
    return pageReply(house, context.req.raw.headers, frame, telemetryView(model));
  });
  return app;
}
