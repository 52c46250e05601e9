// `POST /api/v2/query`: Plausible's Stats API v2 in form, asked through the gate by a key that carries its own purposes.
import { type Actor, refusal } from "@avow/gate/server";
import type { Policy } from "@avow/policy";
import type { Answer, ApiKey, Question, Site } from "@avow/store";
import { type Context, Hono } from "hono";
import type { Env, Parts } from "../http/parts.ts";
import { Refusal } from "../http/refusal.ts";
import { askInTime, questionOf, replyOf } from "../query/answer-query.ts";
import { askHeld, refusedBy } from "../query/ask-gate.ts";
import { askWithRates } from "../query/ask-with-rates.ts";
import { QueryDesk } from "../query/query-desk.ts";
import { readQuery } from "../query/read-query.ts";
import { termsTouched } from "../query/terms.ts";
import { localDay } from "../query/zone.ts";

export const purposeHeader = "x-avow-purpose";

export function queryRoutes(parts: Parts): Hono<Env> {
  const desk = new QueryDesk(parts.limits);
  const app = new Hono<Env>();
  app.post("/api/v2/query", async (context) => {
    const nowMs = parts.house.nowMs(context.req.raw.headers);
    const key = await desk.keyOf(parts.house.records, context.req.header("authorization"), nowMs);
    const given = await readObject(context);
    const site = await siteOf(parts, key, given["site_id"]);
    const policy = parts.house.gate.policy(site.notice);
    if (policy === undefined)
      throw new Refusal(404, "not-found", `the notice \`${site.notice}\` of this site is not being served`);
    try {
      const claim = claimOf(context, given);
      const actor = parts.house.gate.actor({ kind: "key", name: key.id, purposes: key.purposes }, policy.id);
      const query = readQuery(given, {
        now: nowMs / 1000,
        timeZone: site.timeZone,
        firstDay: await firstDay(parts, site),
      });
      const asked = questionOf(query, site);
      requirePermission(actor, policy, termsTouched(asked, policy), claim);
      const held = askHeld({ gate: parts.house.gate, actor, policy, touched: asked, nowMs, purpose: claim });
      const ask = (question: Question): Promise<Answer> =>
        askInTime(parts.house.events, question, parts.limits.queryTimeMs, context.req.raw.signal);
      const answer = await desk.run(() => askWithRates(ask, query, { ...asked, permits: held.permits }));
      return context.json(replyOf(query, site, answer, held.notUsed(answer.leftOut)), 200, {
        "cache-control": "no-store",
      });
    } catch (error) {
      throw withContact(error, policy);
    }
  });
  return app;
}

async function readObject(context: Context<Env>): Promise<Readonly<Record<string, unknown>>> {
  let given: unknown;
  try {
    const bytes = await context.req.arrayBuffer();
    given = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(400, "bad-json", "the body is not valid JSON");
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new Refusal(400, "bad-query", "the body must be an object with site_id, metrics and date_range");
  }
  return given as Readonly<Record<string, unknown>>;
}

/** The key's site. Another site is refused in the same words whether it exists or not. */
async function siteOf(parts: Parts, key: ApiKey, siteId: unknown): Promise<Site> {
  if (typeof siteId !== "string" || siteId === "")
    throw new Refusal(400, "bad-query", "site_id must be the domain of the site");
  const domain = siteId.toLowerCase().replace(/^www\./, "");
  const site = domain === key.site ? await parts.house.site(domain) : undefined;
  if (site === undefined) {
    throw new Refusal(
      403,
      "other-site",
      `site_id: this key may not ask about \`${domain.slice(0, 100)}\`; it belongs to \`${key.site}\``,
    );
  }
  return site;
}

async function firstDay({ house }: Parts, site: Site): Promise<string> {
  const created = localDay(site.createdAtMs / 1000, site.timeZone);
  const open = (await house.events.days()).map(({ day }) => day);
  const days = [...open, ...(await house.events.closedDays(site.domain)).map(({ day }) => day)];
  return [created, ...days].toSorted()[0] ?? created;
}

/** A purpose the request names: compared with the key's own by the gate, never believed. */
function claimOf(context: Context<Env>, given: Readonly<Record<string, unknown>>): string | undefined {
  const claim = given["purpose"] ?? context.req.header(purposeHeader);
  if (claim !== undefined && typeof claim !== "string") throw new Refusal(400, "bad-query", "purpose must be text");
  return claim;
}

/** @throws Refusal 403 with clause and contact. */
function requirePermission(actor: Actor, policy: Policy, terms: readonly string[], claim: string | undefined): void {
  const refused = refusedBy(actor, terms, claim);
  if (refused === undefined) return;
  const { ask, decision } = refused;
  const { error, clause } = refusal(policy, ask, decision);
  throw new Refusal(403, "not-permitted", error, { reason: decision.reason, clause, notice: policy.id });
}

/** Every refusal about a site names whom to ask (clauses.md JP11). */
function withContact(error: unknown, policy: Policy): unknown {
  if (!(error instanceof Refusal)) return error;
  return new Refusal(
    error.status,
    error.code,
    error.message,
    { ...error.detail, contact: policy.controller.contact },
    error.headers,
  );
}
