// Telemetry inside a program: off until a stored yes, shown before it is sent, destroyed by a no (clauses.md JP1).
import type { Sealed } from "./batch.ts";
import type { CompiledTelemetry } from "./compiled.ts";
import { DeclarationMismatch, type Erased, type Sent, type Telemetry, type TelemetryPorts } from "./contract.ts";
import { Emitter, type Outcome } from "./emitter.ts";
import { readEnvelope } from "./envelope.ts";
import { limits } from "./limits.ts";
import { Once } from "./once.ts";
import type { LedgerEntry } from "./queue.ts";
import { Upload, codeOf } from "./upload.ts";

/** @throws DeclarationMismatch when the gate asks for something else than this telemetry sends. */
export async function openTelemetry<Events>(
  compiled: CompiledTelemetry<Events>,
  ports: TelemetryPorts,
): Promise<Telemetry<Events>> {
  for (const [feature, declaration] of Object.entries(compiled.declarations)) {
    const found = ports.gate.features.find(({ id }) => id === feature);
    if (found?.declaration !== declaration) throw new DeclarationMismatch(feature);
  }
  const client = new Client(compiled, ports);
  await client.open();
  return client;
}

const flushMs = 1000;
const tickMs = 60_000;
const refreshMs = 1000;

class Client<Events> implements Telemetry<Events> {
  readonly #compiled: CompiledTelemetry<Events>;
  readonly #ports: TelemetryPorts;
  readonly #once = new Once();
  readonly #emitter: Emitter;
  readonly #upload: Upload;
  readonly #stops: (() => void)[] = [];
  #agreed: ReadonlySet<string> = new Set();
  #buffer = "";
  /** Characters on disk, as far as this process knows. */
  #queued = 0;
  #isFlushDue = false;
  #isClosed = false;
  #refreshedAt = Number.NEGATIVE_INFINITY;
  /** One thing at a time; a no takes its place in the row and leaves nothing behind it. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(compiled: CompiledTelemetry<Events>, ports: TelemetryPorts) {
    this.#compiled = compiled;
    this.#ports = ports;
    const { random, envelope = "avow" } = ports;
    this.#emitter = new Emitter(compiled, { random, once: this.#once, envelope });
    this.#upload = new Upload(compiled, ports);
  }

  async open(): Promise<void> {
    const { gate } = this.#ports;
    for (const feature of new Set([this.#compiled.feature, ...Object.values(this.#compiled.categories)])) {
      this.#stops.push(gate.onClosed(feature, () => this.#end()));
    }
    await this.#inTurn(async () => {
      if (!(await this.#ask())) return;
      this.#once.restore(await this.#ports.queue.kept("once"));
      this.#queued = await this.#ports.queue.length();
    });
    this.#ports.later(tickMs, () => void this.#tick());
  }

  emit(id: string, data: unknown): Outcome {
    if (this.#isClosed) return "off";
    const nowMs = this.#ports.nowMs();
    if (this.#agreed.size === 0) {
      this.#askSoon(nowMs);
      return "off";
    }
    if (
      this.#buffer.length >= limits.bufferLength ||
      this.#queued + this.#buffer.length >= (this.#ports.queueLength ?? limits.queueLength)
    ) {
      this.#flushSoon(0);
      return "queue full";
    }
    let outcome: Outcome;
    try {
      outcome = this.#emitter.emit(id, data, nowMs);
    } catch {
      // A value that throws when it is read is not as declared; a program is never ended by its telemetry.
      return "not as declared";
    }
    if (outcome !== "kept") return outcome;
    this.#buffer += `${this.#emitter.line}\n`;
    this.#flushSoon(this.#buffer.length > limits.bufferLength / 2 ? 0 : flushMs);
    return "kept";
  }

  read(line: string): Outcome {
    let value: unknown;
    try {
      value = line.length > limits.eventLength ? undefined : JSON.parse(line);
    } catch {
      return "not as declared";
    }
    const event = readEnvelope(value);
    if (event === undefined) return "not as declared";
    const declared = Object.hasOwn(this.#compiled.events, event.schema)
      ? this.#compiled.events[event.schema]
      : undefined;
    if (declared === undefined || (event.version ?? declared.version) !== declared.version) {
      return this.#agreed.size === 0 ? "off" : "undeclared event";
    }
    return this.emit(event.schema, event.data);
  }

  async show(): Promise<readonly string[]> {
    return this.#inTurn(async () => (await this.#prepared()).map(({ body }) => body));
  }

  async send(): Promise<readonly Sent[]> {
    return this.#inTurn(() => this.#send());
  }

  async ledger(): Promise<readonly LedgerEntry[]> {
    return this.#ports.queue.ledger();
  }

  async erase(batches?: readonly string[]): Promise<readonly Erased[]> {
    return this.#inTurn(() => this.#upload.erase(batches));
  }

  async refresh(): Promise<boolean> {
    return this.#inTurn(() => this.#ask());
  }

  async flush(): Promise<void> {
    await this.#inTurn(() => this.#write());
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    await this.#inTurn(() => this.#write());
    await this.#ports.queue.close();
  }

  /** A yes may have come since, from here or from another process. */
  #askSoon(nowMs: number): void {
    if (Math.abs(nowMs - this.#refreshedAt) < refreshMs) return;
    this.#refreshedAt = nowMs;
    void this.refresh().catch(() => undefined);
  }

  #flushSoon(ms: number): void {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    this.#ports.later(ms, () => void this.flush().catch(() => undefined));
  }

  async #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#work.then(act, act);
    this.#work = done.catch(() => undefined);
    return done;
  }

  /** Off at once, without waiting for a turn; what is under way is ended by the gate, what is kept by the next turn. */
  #end(): void {
    this.#off();
    void this.#inTurn(async () => {
      await this.#ports.queue.destroy();
      await this.#ask();
    }).catch(() => this.#ports.report?.({ kind: "not written", why: "the queue could not be removed" }));
  }

  #off(): void {
    this.#agreed = new Set();
    this.#emitter.agree(this.#agreed);
    this.#buffer = "";
    this.#queued = 0;
    this.#once.forget();
  }

  /** What may leave now; where that is nothing, nothing stays. */
  async #ask(): Promise<boolean> {
    const { gate, queue } = this.#ports;
    const { feature, categories } = this.#compiled;
    const isYes = async (id: string): Promise<boolean> => (await gate.state(id)).state === "yes";
    const agreed = new Set<string>();
    if (await isYes(feature)) {
      for (const [category, needed] of Object.entries(categories)) if (await isYes(needed)) agreed.add(category);
    }
    if (agreed.size === 0) {
      this.#off();
      await queue.destroy();
      return false;
    }
    const isSame = agreed.size === this.#agreed.size && [...agreed].every((each) => this.#agreed.has(each));
    if (!isSame) {
      this.#agreed = agreed;
      this.#emitter.agree(agreed);
    }
    return true;
  }

  async #write(): Promise<void> {
    this.#isFlushDue = false;
    if (this.#buffer === "") return;
    // INVARIANT: not a byte is written without a look at the answer first; another process may have withdrawn it.
    if (!(await this.#ask())) return;
    const { queue, report } = this.#ports;
    const lines = this.#buffer;
    if (lines === "") return;
    try {
      await queue.append(lines);
      const once = this.#once.changed();
      if (once !== undefined) await queue.keep("once", once);
    } catch (error) {
      report?.({ kind: "not written", why: codeOf(error) });
      return;
    }
    // What was emitted meanwhile stands behind it; a no meanwhile has emptied it.
    this.#buffer = this.#buffer.startsWith(lines) ? this.#buffer.slice(lines.length) : this.#buffer;
    this.#queued += lines.length;
  }

  async #prepared(): Promise<readonly Sealed[]> {
    await this.#write();
    if (!(await this.#ask())) return [];
    const prepared = await this.#upload.prepare(this.#agreed);
    this.#queued = await this.#ports.queue.length();
    return prepared;
  }

  async #send(): Promise<readonly Sent[]> {
    const prepared = await this.#prepared();
    // Off: not even when it would be sent next is written down.
    return this.#agreed.size === 0 ? [] : this.#upload.send(prepared);
  }

  async #tick(): Promise<void> {
    if (this.#isClosed) return;
    try {
      await this.#inTurn(async () => {
        if ((await this.#ask()) && (await this.#upload.isDue())) await this.#send();
      });
    } catch (error) {
      this.#ports.report?.({ kind: "not sent", why: codeOf(error) });
    }
    this.#ports.later(tickMs, () => void this.#tick());
  }
}
