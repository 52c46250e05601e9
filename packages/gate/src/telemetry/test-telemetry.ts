// A compiled telemetry and ports in memory, for the tests beside the source.
import type { FeatureState } from "../program/index.ts";
import type { Sealed } from "./batch.ts";
import type { CompiledEvent, CompiledField, CompiledTelemetry } from "./compiled.ts";
import type { TelemetryGate, TelemetryPorts } from "./contract.ts";
import type { LedgerEntry, TelemetryQueue } from "./queue.ts";

const steward = {
  owner: "Documents",
  purpose: "usage statistics",
  expires: "2027-06-30",
  review: "https://lab.example/1",
};

export function testField(rest: Partial<CompiledField> = {}): CompiledField {
  return { ...steward, categories: ["unrestricted"], data: "telemetry event", schema: true, ...rest };
}

export const savedId = "https://events.lab.example/saved/v1";

export function testEvent(rest: Partial<CompiledEvent> = {}): CompiledEvent {
  return {
    ...steward,
    version: "1",
    title: "Saved",
    categories: ["unrestricted"],
    sample: 1,
    time: "day",
    countBy: ["action"],
    schema: {
      type: "object",
      required: ["action"],
      properties: { action: { enum: ["save", "get"] }, path: { type: "string" }, ms: { type: "number" } },
    },
    fields: {
      action: testField({ schema: { enum: ["save", "get"] } }),
      path: testField({ categories: ["personal-data"], data: "user content", schema: { type: "string" } }),
      ms: testField({ schema: { type: "number" }, expires: "2026-12-01" }),
    },
    ...rest,
  };
}

export function testTelemetry(events: Record<string, CompiledEvent> = { [savedId]: testEvent() }): CompiledTelemetry {
  return {
    avow: 1,
    telemetry: "lab",
    title: "What the lab counts",
    notice: "lab",
    policy: "1".repeat(64),
    feature: "telemetry",
    practice: "counting-use",
    from: "software user",
    collector: "https://telemetry.lab.example/api/telemetry",
    upload: { everyMs: 86_400_000, withinMs: 21_600_000 },
    openDays: 10,
    least: 3,
    categories: { unrestricted: "telemetry", "personal-data": "telemetry-paths" },
    declarations: { telemetry: "declaration of telemetry", "telemetry-paths": "declaration of telemetry-paths" },
    events,
    version: "2".repeat(64),
  };
}

/** Answers by feature, changed as a person would. */
export class TestGate implements TelemetryGate {
  readonly features = ["telemetry", "telemetry-paths"].map((id) => ({ id, declaration: `declaration of ${id}` }));
  readonly answers = new Map<string, "yes" | "no">();
  readonly #acts = new Map<string, Set<() => void>>();

  async state(feature: string): Promise<FeatureState> {
    const within = feature === "telemetry" ? "yes" : this.answers.get("telemetry");
    const state = within === "yes" ? (this.answers.get(feature) ?? "ask") : "no";
    return { state, because: { kind: "unasked" } };
  }

  onClosed(feature: string, act: () => void): () => void {
    const acts = this.#acts.get(feature) ?? new Set();
    this.#acts.set(feature, acts.add(act));
    return () => acts.delete(act);
  }

  answer(feature: string, answer: "yes" | "no"): void {
    this.answers.set(feature, answer);
    if (answer === "no") for (const act of this.#acts.get(feature) ?? []) act();
  }
}

export class TestQueue implements TelemetryQueue {
  lines: string[] = [];
  batches = new Map<string, Sealed>();
  texts = new Map<string, string>();
  entries: LedgerEntry[] = [];
  isFull = false;
  #tokens = 0;

  async append(lines: string): Promise<void> {
    if (this.isFull) throw Object.assign(new Error("no space"), { code: "ENOSPC" });
    this.lines.push(...lines.split("\n").filter((line) => line !== ""));
  }

  async length(): Promise<number> {
    return this.lines.reduce((sum, line) => sum + line.length + 1, 0);
  }

  async seal(make: (lines: readonly string[], token: string) => Promise<Sealed | undefined>): Promise<void> {
    if (this.lines.length === 0) return;
    this.#tokens += 1;
    const sealed = await make(this.lines, `token ${this.#tokens}`);
    if (sealed !== undefined) this.batches.set(sealed.batch, sealed);
    this.lines = [];
  }

  async sealed(): Promise<readonly Sealed[]> {
    return [...this.batches.values()];
  }

  async put(sealed: Sealed): Promise<void> {
    this.batches.set(sealed.batch, sealed);
  }

  async remove(batch: string): Promise<void> {
    this.batches.delete(batch);
  }

  async destroy(): Promise<void> {
    this.lines = [];
    this.batches.clear();
    this.texts.clear();
  }

  async kept(name: string): Promise<string | undefined> {
    return this.texts.get(name);
  }

  async keep(name: string, text: string): Promise<void> {
    this.texts.set(name, text);
  }

  async record(entry: LedgerEntry): Promise<void> {
    this.entries.push(entry);
  }

  async ledger(): Promise<readonly LedgerEntry[]> {
    return this.entries;
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}

export interface TestPorts extends TelemetryPorts {
  readonly gate: TestGate;
  readonly queue: TestQueue;
  /** Bodies that left. */
  readonly posted: string[];
  now: number;
  status: number;
  /** Acts that wait for their time. */
  readonly waiting: (() => void)[];
}

export function testPorts(rest: Partial<TelemetryPorts> = {}): TestPorts {
  const ports: TestPorts = {
    gate: new TestGate(),
    queue: new TestQueue(),
    posted: [],
    now: Date.parse("2026-11-20T10:11:12Z"),
    status: 202,
    waiting: [],
    nowMs: () => ports.now,
    random: () => 0.5,
    digest: async (text) => `digest of ${text.slice(0, 60)}`,
    post: async (body) => {
      if ((await ports.gate.state("telemetry")).state !== "yes") throw new Error("not allowed");
      ports.posted.push(body);
      return { status: ports.status, text: '{"outcome":"stored"}' };
    },
    erase: async () => ({ status: 200, text: '{"outcome":"deleted"}' }),
    later: (_ms, act) => void ports.waiting.push(act),
    ...(rest as object),
  };
  return ports;
}
