// Steps of the attacks on the ratchet: change the notice of a real installation, restart it, and count what may be used.
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson, sha256Hex } from "@avow/policy";
import { openRecords } from "@avow/store";
import { type Installation, ask, avow, sendEvent } from "../installation.ts";

export const analytics = "usage statistics";
export const marketing = "marketing";

export interface Counted {
  readonly status: number;
  readonly pageviews?: number;
  readonly notUsed: readonly { readonly rows: number; readonly version: string; readonly reason: string }[];
}

export function noticePath({ notices }: Installation, id = "exam"): string {
  return join(notices, id, "notice.yaml");
}

/** Changes the notice's text; what is not found is a mistake of the test. */
export function rewrite(path: string, from: string, to: string): void {
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`nothing to change: ${from}`);
  writeFileSync(path, text.replace(from, to));
}

/** The weakening most of these attacks use: what was counted to improve the service may be used to sell. */
export function weaken(installation: Installation): void {
  rewrite(noticePath(installation), "for: improving the service", "for: [improving the service, marketing]");
}

export function versionOf(path: string, ...extra: readonly string[]): string {
  const { notices } = JSON.parse(avow("check", path, "--json", ...extra).out) as {
    readonly notices: readonly { readonly version: string }[];
  };
  const version = notices[0]?.version;
  if (version === undefined) throw new Error(`${path} has no version`);
  return version;
}

/** A day, seen from today (UTC). */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** A key with any purpose, as one that was issued when the notice declared it. */
export async function keyFor({ data }: Installation, purpose: string): Promise<string> {
  const secret = `avow_${randomBytes(32).toString("base64url")}`;
  const hash = createHash("sha256").update(secret).digest("hex");
  const records = await openRecords({ dir: data });
  await records.addKey({ id: hash.slice(0, 12), hash, site: "exam.example", purposes: [purpose], createdAtMs: 1 });
  await records.close();
  return secret;
}

export async function visit(
  installation: Installation,
  times: number,
  headers: Record<string, string> = {},
): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const reply = await sendEvent(installation, { u: `https://exam.example/${time}` }, headers);
    await reply.arrayBuffer();
    if (reply.status >= 300) throw new Error(`an event was answered with ${reply.status}`);
  }
}

export async function count(
  installation: Installation,
  key: string,
  question: Record<string, unknown> = {},
): Promise<Counted> {
  const reply = await ask(installation, key, { metrics: ["pageviews"], date_range: "all", ...question });
  const body = (await reply.json()) as {
    readonly results?: readonly { readonly metrics: readonly number[] }[];
    readonly meta?: { readonly not_used?: Counted["notUsed"] };
  };
  const pageviews = body.results?.reduce((sum, { metrics }) => sum + (metrics[0] ?? 0), 0);
  return {
    status: reply.status,
    ...(pageviews === undefined ? {} : { pageviews }),
    notUsed: body.meta?.not_used ?? [],
  };
}

export interface LivingNotice {
  readonly version: string;
  readonly inForceSince: string;
  readonly history: readonly { readonly version: string; readonly current: boolean }[];
  readonly held: readonly { readonly version: string; readonly isCurrent: boolean; readonly isKnown: boolean }[];
  readonly sections: readonly { readonly clauses: readonly { readonly id: string }[] }[];
  readonly waiting: { readonly version: string; readonly verdict: string; readonly effective?: string } | null;
}

export async function livingNotice({ url }: Installation, id = "exam"): Promise<LivingNotice> {
  return (await (await fetch(`${url}/notices/${id}.json`)).json()) as LivingNotice;
}

/** Declares the version the file has now material, in an entry as `avow publish --material` writes it, without what came before. */
export function declare(installation: Installation, effective: string, id = "exam", ...extra: readonly string[]): void {
  const path = noticePath(installation, id);
  const material = { effective, question: "May we also use this for advertising?" };
  const said = {
    version: versionOf(path, ...extra),
    previous: null,
    on: effective,
    verdict: "first",
    material,
    after: null,
  };
  const log = [{ ...said, entry: sha256Hex(canonicalJson(said)) }];
  writeFileSync(join(path, "../versions.json"), JSON.stringify({ avow: 1, notice: id, texts: {}, log }));
}
