// From what waits to what was sent: batches are made in one place, shown or posted from there, and told of in the ledger (clauses.md JP1).
import { type Sealed, type Sealing, isCurrent, isInTime, linesOf, sealBatch } from "./batch.ts";
import type { CompiledTelemetry } from "./compiled.ts";
import type { Erased, Reply, Sent, TelemetryPorts } from "./contract.ts";
import { type Envelope, dayOf } from "./envelope.ts";
import { isRecord } from "./is-record.ts";
import { limits } from "./limits.ts";
import type { LedgerEntry, Sending } from "./queue.ts";

/** When the next upload is due, and the day of the newest batch. */
interface Plan {
  readonly next?: number;
  readonly sealed?: string;
}

/** The collector will not take it later either. */
const finalStatuses: readonly number[] = [400, 403, 409, 410, 413, 422];
const retryMs = 3_600_000;

export class Upload {
  readonly #compiled: CompiledTelemetry<unknown>;
  readonly #ports: TelemetryPorts;
  readonly #envelope: Envelope;

  constructor(compiled: CompiledTelemetry<unknown>, ports: TelemetryPorts) {
    this.#compiled = compiled;
    this.#ports = ports;
    this.#envelope = ports.envelope ?? "avow";
  }

  /** Batches as they would be sent now. INVARIANT: the one place where bytes that leave are made. */
  async prepare(agreed: ReadonlySet<string>): Promise<readonly Sealed[]> {
    const { queue, nowMs } = this.#ports;
    const now = nowMs();
    const how = { compiled: this.#compiled, agreed, nowMs: now, envelope: this.#envelope };
    await this.#seal(how);
    const ready: Sealed[] = [];
    for (const sealed of await queue.sealed()) {
      const { batch, token, day } = sealed;
      const current = isCurrent(sealed, how) ? sealed : sealBatch(linesOf(sealed), { ...how, batch, token, day });
      if (current === undefined || !isInTime(sealed, this.#compiled, now)) {
        await this.#record(sealed, "given up", current === undefined ? "nothing of it may leave any more" : "too late");
        await queue.remove(batch, false);
        continue;
      }
      if (current !== sealed) await queue.put(current);
      ready.push(current);
    }
    return ready;
  }

  /** Sends what was prepared, and draws when the next time is. */
  async send(prepared: readonly Sealed[]): Promise<readonly Sent[]> {
    const results: Sent[] = [];
    for (const sealed of prepared) {
      const sent = await this.#sendOne(sealed);
      results.push(sent);
      if (sent.outcome === "later") break;
    }
    const { everyMs, withinMs } = this.#compiled.upload;
    const wait = results.at(-1)?.outcome === "later" ? Math.min(everyMs, retryMs) : everyMs;
    const next = this.#ports.nowMs() + wait + Math.floor(this.#ports.random() * withinMs);
    await this.#keepPlan({ ...(await this.#plan()), next });
    return results;
  }

  /** At a random time within the declared window, kept over restarts; a clock that was set back draws anew. */
  async isDue(): Promise<boolean> {
    const now = this.#ports.nowMs();
    const { everyMs, withinMs } = this.#compiled.upload;
    const plan = await this.#plan();
    if (plan.next !== undefined && plan.next <= now + everyMs + withinMs) return plan.next <= now;
    await this.#keepPlan({ ...plan, next: now + Math.floor(this.#ports.random() * withinMs) });
    return false;
  }

  async erase(batches: readonly string[] | undefined): Promise<readonly Erased[]> {
    const last = new Map((await this.#ports.queue.ledger()).map((entry) => [entry.batch, entry]));
    const held = [...last.values()].filter(({ outcome }) => outcome === "stored" || outcome === "sending");
    const erased: Erased[] = [];
    for (const entry of held) {
      if (batches === undefined || batches.includes(entry.batch)) erased.push(await this.#eraseOne(entry));
    }
    return erased;
  }

  /** What waits becomes today's batch, unless there is one: whoever sends twice a day would count as two. */
  async #seal(how: Omit<Sealing, "batch" | "token" | "day">): Promise<void> {
    const { queue, digest } = this.#ports;
    const today = dayOf(how.nowMs);
    const plan = await this.#plan();
    const waiting = (await queue.sealed()).length;
    if (plan.sealed === today || waiting >= limits.batches) return;
    await queue.seal(async (lines, token) => {
      // A plan that cannot be kept would let a second batch be made today.
      await queue.keep("upload", JSON.stringify({ ...plan, sealed: today }));
      return sealBatch(lines, { ...how, batch: await digest(token), token, day: today });
    });
  }

  async #sendOne(sealed: Sealed): Promise<Sent> {
    const { queue, post, report } = this.#ports;
    const { batch, body } = sealed;
    // The token is safe before the first byte leaves; where it cannot be kept, nothing leaves.
    try {
      await this.#record(sealed, "sending");
    } catch (error) {
      report?.({ kind: "not sent", why: codeOf(error) });
      return { batch, outcome: "later", says: "the ledger cannot be written" };
    }
    let reply: Reply;
    try {
      reply = await post(body);
    } catch (error) {
      report?.({ kind: "not sent", why: codeOf(error) });
      return { batch, outcome: "later", says: "the collector could not be reached, or may not be" };
    }
    const says = reply.text.slice(0, 2000).trimEnd();
    const isStored = reply.status === 200 || reply.status === 202;
    if (!isStored && !finalStatuses.includes(reply.status)) {
      return { batch, outcome: "later", says: `the collector answered ${reply.status}` };
    }
    await this.#record(sealed, isStored ? "stored" : "refused", says);
    await queue.remove(batch, isStored);
    return { batch, outcome: isStored ? "stored" : "refused", says };
  }

  async #eraseOne(entry: LedgerEntry): Promise<Erased> {
    const { queue, erase, nowMs } = this.#ports;
    const { batch, token, day } = entry;
    const asked = JSON.stringify({ avow: 1, telemetry: this.#compiled.telemetry, token, day });
    const reply = await erase(asked).catch((): Reply => ({ status: 0, text: "" }));
    const receipt = reply.text.slice(0, 4000).trimEnd();
    const outcome = reply.status === 200 ? erasure(receipt) : undefined;
    if (outcome === undefined) return { batch, outcome: "refused", receipt };
    await queue.record({ ...entry, outcome, at: nowMs(), says: receipt });
    // One that was on its way is not sent again.
    await queue.remove(batch, false);
    return { batch, outcome, receipt };
  }

  async #record(sealed: Sealed, outcome: Sending, says?: string): Promise<void> {
    const { queue, nowMs, digest } = this.#ports;
    const { batch, token, day, events, leftOut, body } = sealed;
    const entry = { batch, outcome, at: nowMs(), day, events, hash: await digest(body), token, leftOut };
    await queue.record(says === undefined ? entry : { ...entry, says });
  }

  async #plan(): Promise<Plan> {
    const text = await this.#ports.queue.kept("upload");
    try {
      const value: unknown = text === undefined ? undefined : JSON.parse(text);
      if (!isRecord(value)) return {};
      const { next, sealed } = value;
      return {
        ...(typeof next === "number" ? { next } : {}),
        ...(typeof sealed === "string" ? { sealed } : {}),
      };
    } catch {
      return {};
    }
  }

  async #keepPlan(plan: Plan): Promise<void> {
    await this.#ports.queue.keep("upload", JSON.stringify(plan)).catch((error: unknown) => {
      this.#ports.report?.({ kind: "not written", why: codeOf(error) });
    });
  }
}

function erasure(receipt: string): Exclude<Erased["outcome"], "refused"> | undefined {
  try {
    const value: unknown = JSON.parse(receipt);
    const outcome = isRecord(value) ? value["outcome"] : undefined;
    return outcome === "deleted" || outcome === "counted" || outcome === "not held" ? outcome : undefined;
  } catch {
    return undefined;
  }
}

/** The system's word for it; a message may quote a path or an address. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "fault";
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : error.name;
}
