// `@avow/gate/telemetry` in Node: the queue in the person's own directory, batches through the gate's fetch, deletion as a person's own act.
import { featureOf, refusedAddress } from "../program/index.ts";
import {
  type AnyEvents,
  type CompiledTelemetry,
  type Envelope,
  type Reply,
  type Telemetry,
  type TelemetryNote,
  openTelemetry,
} from "../telemetry/index.ts";
import { type Gate, webDigest } from "../web/typed-gate.ts";
import { telemetryDir } from "./telemetry-dir.ts";
import { openTelemetryQueue } from "./telemetry-queue.ts";

export {
  type AnyEvents,
  type CompiledField,
  type CompiledTelemetry,
  DeclarationMismatch,
  type Erased,
  type LedgerEntry,
  type Outcome,
  type Sent,
  type Telemetry,
  type TelemetryNote,
  TelemetryUnreadable,
  loadTelemetry,
} from "../telemetry/index.ts";
export { telemetryDir } from "./telemetry-dir.ts";

export interface TelemetryOptions {
  /** Of `createGate`, with the table `avow telemetry build` wrote. */
  readonly gate: Pick<Gate, "features" | "state" | "onClosed" | "fetch">;
  /** Default: below the person's state directory. */
  readonly dir?: string;
  /** `jupyter` writes Jupyter's time and `null` for declared fields that may not leave. */
  readonly envelope?: Envelope;
  /** Characters that may wait on disk; default 1 MiB. */
  readonly queueLength?: number;
  /** Default: silence. */
  readonly report?: (note: TelemetryNote) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly nowMs?: () => number;
}

const replyMs = 30_000;
const longestReply = 65_536;
const headers = { "content-type": "application/json", "user-agent": "avow" };

/** @throws DeclarationMismatch when the gate's table was not written with this telemetry. */
export async function createTelemetry<Events = AnyEvents>(
  compiled: CompiledTelemetry<Events>,
  options: TelemetryOptions,
): Promise<Telemetry<Events>> {
  const { gate, dir = telemetryDir(compiled.notice, compiled.telemetry, options.env) } = options;
  return openTelemetry(compiled, {
    gate,
    queue: openTelemetryQueue(dir),
    nowMs: options.nowMs ?? (() => Date.now()),
    random: () => Math.random(),
    digest: webDigest,
    post: async (body) => replyOf(await gate.fetch(compiled.feature, compiled.collector, sending("POST", body))),
    erase: async (body) => replyOf(await fetch(ownCollector(compiled, gate), sending("DELETE", body))),
    later: (ms, act) => void setTimeout(act, ms).unref(),
    ...(options.envelope === undefined ? {} : { envelope: options.envelope }),
    ...(options.queueLength === undefined ? {} : { queueLength: options.queueLength }),
    ...(options.report === undefined ? {} : { report: options.report }),
  });
}

function sending(method: string, body: string): RequestInit {
  return { method, body, headers, redirect: "error", credentials: "omit", signal: AbortSignal.timeout(replyMs) };
}

/** Deleting goes nowhere else than sending would. @throws when the notice does not declare the host */
function ownCollector({ feature: id, collector }: CompiledTelemetry<unknown>, gate: TelemetryOptions["gate"]): URL {
  const feature = featureOf({ notice: "", title: "", version: "", contact: "", features: gate.features }, id);
  const url = URL.parse(collector) ?? undefined;
  if (feature === undefined || url === undefined || refusedAddress(url, feature, []) !== undefined) {
    throw new Error(`the notice does not declare where \`${id}\` is collected`);
  }
  return url;
}

async function replyOf(response: Response): Promise<Reply> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestReply) break;
  }
  return { status: response.status, text: text + decoder.decode() };
}
