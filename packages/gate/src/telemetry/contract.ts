// What a telemetry client is given and what it offers (docs/design/telemetry.md).
import type { FeatureState } from "../program/index.ts";
import type { AnyEvents } from "./compiled.ts";
import type { Outcome } from "./emitter.ts";
import type { Envelope } from "./envelope.ts";
import type { LedgerEntry, TelemetryQueue } from "./queue.ts";

/** What telemetry asks of the program's gate. */
export interface TelemetryGate {
  readonly features: readonly { readonly id: string; readonly declaration: string }[];
  state(feature: string): Promise<FeatureState>;
  onClosed(feature: string, act: () => void): () => void;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** What telemetry has to say to whoever runs the program; never what was emitted. */
export type TelemetryNote =
  | { readonly kind: "not written"; readonly why: string }
  | { readonly kind: "not sent"; readonly why: string };

export interface TelemetryPorts {
  readonly gate: TelemetryGate;
  readonly queue: TelemetryQueue;
  readonly nowMs: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** SHA-256, hex. */
  readonly digest: (text: string) => Promise<string>;
  /** Through the gate: refused unless the feature is yes. @throws when nothing came back */
  readonly post: (body: string) => Promise<Reply>;
  /** A person's own act, under any answer. @throws when nothing came back */
  readonly erase: (body: string) => Promise<Reply>;
  /** Calls once after about so long; nothing that keeps a program alive. */
  readonly later: (ms: number, act: () => void) => void;
  readonly envelope?: Envelope;
  /** Characters that may wait; default `limits.queueLength`. */
  readonly queueLength?: number;
  readonly report?: (note: TelemetryNote) => void;
}

export interface Sent {
  readonly batch: string;
  readonly outcome: "stored" | "refused" | "given up" | "later";
  readonly says: string;
}

export interface Erased {
  readonly batch: string;
  readonly outcome: "deleted" | "counted" | "not held" | "refused";
  /** The collector's receipt, as it came. */
  readonly receipt: string;
}

export interface Telemetry<Events = AnyEvents> {
  /** Never throws and never waits. */
  emit<Id extends keyof Events & string>(id: Id, data: Events[Id]): Outcome;
  /** The same for a line as jupyter_events, jupyter_server or BinderHub writes it. */
  read(line: string): Outcome;
  /** Exactly what `send` would send now, one text for each batch. */
  show(): Promise<readonly string[]>;
  /** Sends what `show` shows. */
  send(): Promise<readonly Sent[]>;
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Asks the collector to delete what was sent: these batches, or all. */
  erase(batches?: readonly string[]): Promise<readonly Erased[]>;
  /** Reads the answers anew. True when something may leave. */
  refresh(): Promise<boolean>;
  /** Writes what is in memory. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export class DeclarationMismatch extends Error {
  override readonly name = "DeclarationMismatch";
  constructor(feature: string) {
    super(
      `the gate's table does not say what \`${feature}\` sends as telemetry, so an answer would be to something else\n  write both anew with: avow telemetry build DECLARATION --table TABLE --out COMPILED`,
    );
  }
}
