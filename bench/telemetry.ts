// Telemetry: emits with consent, check, field filter and queue line, beside a bare loop that checks with Ajv and writes the whole event.
import { mkdtempSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGate, createMemoryStore } from "@avow/gate";
import { type CompiledField, type CompiledTelemetry, createTelemetry } from "@avow/gate/telemetry";
import { Ajv } from "ajv";
import { median } from "./median.ts";
import type { Line } from "./run.ts";

/** Emitted a second by jupyter_events 0.12.1 with JSON and a file, on a machine like this one. */
const jupyter = 13_000;
const [rounds, each] = [7, 200_000];

const schema = {
  type: "object",
  required: ["action", "path"],
  properties: {
    action: { enum: ["get", "save", "rename", "delete", "copy"] },
    path: { type: "string" },
    kind: { enum: ["notebook", "file", "directory"] },
    ms: { type: "number", minimum: 0 },
    isFirst: { type: "boolean" },
  },
} as const;

const steward = { owner: "Bench", purpose: "usage statistics", expires: "9999-01-01", review: "https://lab.example/1" };
const field = (name: keyof typeof schema.properties, categories = ["unrestricted"]): CompiledField => ({
  ...steward,
  categories,
  data: "telemetry event",
  schema: schema.properties[name],
});
const id = "https://events.lab.example/contents/v1";
const contact = {
  id: "collector",
  name: "Collector",
  does: "counts",
  hosts: ["telemetry.lab.example"],
  holds: "stores",
};
const feature = {
  id: "telemetry",
  does: "counts what you do",
  contacts: [contact],
  sends: ["telemetry event"],
  for: ["usage statistics"],
  declaration: "declared",
};
const table = { notice: "lab", title: "Lab", version: "1".repeat(64), contact: "x@lab.example", features: [feature] };

const compiled: CompiledTelemetry = {
  avow: 1,
  telemetry: "bench",
  title: "Bench",
  notice: "lab",
  policy: "1".repeat(64),
  feature: "telemetry",
  practice: "counting",
  from: "software user",
  collector: "https://telemetry.lab.example/api/telemetry",
  upload: { everyMs: 86_400_000, withinMs: 3_600_000 },
  openDays: 10,
  least: 10,
  categories: { unrestricted: "telemetry", "personal-data": "paths" },
  declarations: { telemetry: "declared" },
  version: "2".repeat(64),
  events: {
    [id]: {
      ...steward,
      version: "1",
      title: "Contents",
      categories: ["unrestricted"],
      sample: 1,
      time: "minute",
      countBy: ["action"],
      schema,
      fields: {
        action: field("action"),
        path: field("path", ["personal-data"]),
        kind: field("kind"),
        ms: field("ms"),
        isFirst: field("isFirst"),
      },
    },
  },
};

const kinds = ["notebook", "file", "directory"] as const;
const actions = schema.properties.action.enum;
const eventOf = (at: number) => ({
  action: actions[at % 5] ?? "get",
  path: `work/analysis-${at % 1000}.ipynb`,
  kind: kinds[at % 3] ?? "file",
  ms: (at % 977) / 10,
  isFirst: at % 7 === 0,
});

async function ours(dir: string): Promise<number> {
  const gate = createGate(table, { store: createMemoryStore(), env: {}, installationFile: join(dir, "none") });
  await gate.answer("telemetry", "yes");
  const telemetry = await createTelemetry(compiled, { gate, dir: join(dir, "queue"), queueLength: 2 ** 30 });
  const before = performance.now();
  for (let at = 0; at < each; at += 1) {
    const outcome = telemetry.emit(id, eventOf(at));
    if (outcome !== "kept") throw new Error(`an event of the benchmark was not kept: ${outcome}`);
    if (at % 1000 === 999) await telemetry.flush();
  }
  const seconds = (performance.now() - before) / 1000;
  await telemetry.close();
  return each / seconds;
}

/** No consent, no filter, no ledger: what a program would do that only writes events down. */
async function bare(dir: string): Promise<number> {
  const check = new Ajv({ strict: false }).compile(schema);
  const file: FileHandle = await open(join(dir, "bare.jsonl"), "w");
  const before = performance.now();
  let buffer = "";
  for (let at = 0; at < each; at += 1) {
    const data = eventOf(at);
    if (!check(data)) throw new Error("an event of the benchmark is not as declared");
    const time = new Date().toISOString();
    buffer += `${JSON.stringify({ __timestamp__: time, __schema__: id, __schema_version__: "1", __metadata_version__: 1, ...data })}\n`;
    if (at % 1000 === 999) {
      await file.write(buffer);
      await file.datasync();
      buffer = "";
    }
  }
  const seconds = (performance.now() - before) / 1000;
  await file.close();
  return each / seconds;
}

function thousands(value: number): string {
  return `${Math.round(value / 1000)} k/s`;
}

export async function run(): Promise<readonly Line[]> {
  const found: { ours: number; bare: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const dir = mkdtempSync(join(tmpdir(), "avow-bench-"));
    try {
      // Interleaved, so that both see the same machine; the first round warms up.
      const one = { ours: await ours(dir), bare: await bare(dir) };
      if (round > 0) found.push(one);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  const emits = median(found.map((one) => one.ours));
  const loop = median(found.map((one) => one.bare));
  const ratio = median(found.map((one) => one.ours / one.bare));
  return [
    {
      what: "emit: consent, check, filter, line on disk (fsync)",
      figure: thousands(emits),
      bar: `≥ 20 × ${jupyter / 1000} k/s`,
      holds: emits >= 20 * jupyter,
    },
    { what: "bare: Ajv check, stringify, the same write and fsync", figure: thousands(loop) },
    { what: "emit beside bare, same run", figure: `${ratio.toFixed(2)} ×` },
  ];
}
