// `POST /api/telemetry` and its deletion: a batch through the collector's steps to the disk; no address and no User-Agent is looked at (clauses.md JP1).
import { type CollectedBatch, type TelemetryCollector, createTelemetryCollector, isDay } from "@avow/collect";
import type { Gate } from "@avow/gate/server";
import { addDays, dayOf, isRecord, limits } from "@avow/gate/telemetry-schema";
import { DayClosedError } from "@avow/store";
import { type Context, Hono } from "hono";
import type { Env, Parts } from "../http/parts.ts";
import { Refusal, type RefusalCode } from "../http/refusal.ts";
import { batchOf, signedReceipt } from "./telemetry-receipt.ts";

const path = "/api/telemetry";
/** Batches of one telemetry and day, since the start: what a stranger can fill the disk with. */
const mostBatches = 500_000;
/** A program in a page sends too; nothing of it is shared with the page. */
const anyOrigin = { "access-control-allow-origin": "*", "cache-control": "no-store" };

export function telemetryRoutes(parts: Parts): Hono<Env> {
  const { house } = parts;
  const collectorOf = collectors(parts);
  const taken = new Map<string, number>();
  const app = new Hono<Env>();
  app.options(path, (context) =>
    context.body(null, 204, {
      ...anyOrigin,
      "access-control-allow-methods": "POST, DELETE",
      "access-control-allow-headers": "content-type",
      "access-control-max-age": "86400",
    }),
  );
  app.post(path, async (context) => {
    const today = dayOf(house.nowMs(context.req.raw.headers));
    const body = await bodyOf(context);
    const signal = context.req.header("sec-gpc") === "1" || context.req.header("dnt") === "1";
    const collected = collectorOf(house.gate).collect({ body, signal, today });
    if ("invalid" in collected) throw refused(400, "bad-telemetry", collected.invalid);
    const { stored } = collected;
    if (stored === undefined) throw refusalOf(collected);
    const { telemetry, batch, day } = collected.body;
    const key = `${telemetry} ${day}`;
    if ((taken.get(key) ?? 0) >= mostBatches) {
      throw refused(
        429,
        "too-many-requests",
        "this day has had more batches than are taken",
        {},
        { "retry-after": "86400" },
      );
    }
    try {
      const outcome = await house.telemetry.store.put({ telemetry, batch, day, text: JSON.stringify(stored) });
      if (outcome === "stored") taken.set(key, (taken.get(key) ?? 0) + 1);
      const { events, fields } = collected;
      const reply = { batch, outcome, kept: stored.events.length, dropped: events, fields };
      return context.json(reply, outcome === "stored" ? 202 : 200, anyOrigin);
    } catch (error) {
      if (error instanceof DayClosedError) throw refused(410, "bad-telemetry", "the day is closed and counted");
      throw error;
    }
  });
  app.delete(path, async (context) => {
    const { telemetry, token, day } = readErasure(await bodyOf(context));
    const declared = house.telemetry.declared.get(telemetry);
    if (declared === undefined) throw refused(404, "not-found", "no such telemetry is collected here");
    const on = dayOf(house.nowMs(context.req.raw.headers));
    const batch = batchOf(token);
    const isOver = day <= addDays(on, -declared.openDays) || (await house.telemetry.store.isClosed(telemetry, day));
    const isRemoved = !isOver && (await removed(parts, telemetry, day, batch));
    const outcome = isOver ? "counted" : isRemoved ? "deleted" : "not held";
    const receipt = await signedReceipt(house.records, { telemetry, batch, day, outcome, on });
    return context.json(receipt, 200, anyOrigin);
  });
  return app;
}

/** A gate that was replaced gets a collector of its own. */
function collectors({ house }: Parts): (gate: Gate) => TelemetryCollector {
  let known: { readonly gate: Gate; readonly collector: TelemetryCollector } | undefined;
  return (gate) => {
    if (known?.gate !== gate) {
      const compiledOf = (id: string) => house.telemetry.declared.get(id);
      known = { gate, collector: createTelemetryCollector({ gate, compiledOf }) };
    }
    return known.collector;
  };
}

async function removed({ house }: Parts, telemetry: string, day: string, batch: string): Promise<boolean> {
  try {
    return await house.telemetry.store.remove(telemetry, day, batch);
  } catch (error) {
    if (error instanceof DayClosedError) return false;
    throw error;
  }
}

async function bodyOf(context: Context<Env>): Promise<string> {
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength > limits.batchBytes) {
    throw refused(413, "body-too-large", `a batch has at most ${limits.batchBytes} bytes`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refused(400, "bad-telemetry", "the body is not UTF-8");
  }
}

function readErasure(body: string): { readonly telemetry: string; readonly token: string; readonly day: string } {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw refused(400, "bad-telemetry", "the body is not JSON");
  }
  const { telemetry, token, day } = isRecord(value) ? value : {};
  if (typeof telemetry !== "string") throw refused(400, "bad-telemetry", "telemetry must be its id");
  if (typeof token !== "string" || token.length < 32 || token.length > 200) {
    throw refused(400, "bad-telemetry", "token must be the token of the batch");
  }
  if (typeof day !== "string" || !isDay(day)) throw refused(400, "bad-telemetry", "day must be the day of the batch");
  return { telemetry, token, day };
}

/** Final for the client, except that a telemetry may be declared here tomorrow. */
function refusalOf(collected: CollectedBatch): Refusal {
  const { refused: why, events, fields } = collected;
  switch (why) {
    case "unknown telemetry":
    case "outside the notice":
    case undefined:
      return refused(404, "not-found", "no such telemetry is collected here");
    case "refusal signal":
      return refused(403, "not-permitted", "the request carries a signal that says no");
    case "day closed":
      return refused(410, "bad-telemetry", "the day is closed and counted");
    case "day to come":
      return refused(422, "bad-telemetry", "the day has not come yet");
    case "nothing kept":
      return refused(422, "bad-telemetry", "nothing of it is declared", { dropped: events, fields });
    default:
      return why satisfies never;
  }
}

function refused(
  status: number,
  code: RefusalCode,
  says: string,
  detail: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Refusal {
  return new Refusal(status, code, says, detail, { ...anyOrigin, ...headers });
}
