// From a declaration, its schemas and a notice to the one file that client and collector run by.
import type { CompiledEvent, CompiledTelemetry } from "@avow/gate/telemetry-schema";
import { type Diagnostic, type Policy, type ProgramTable, canonicalJson, sha256Hex } from "@avow/policy";
import { bindNotice } from "./bind-notice.ts";
import { type Compiling, bound, compileFields, personalData, requireEnd } from "./compile-fields.ts";
import type { Declaration, DeclaredEvent } from "./declaration.ts";
import { type Reading, say } from "./placed-value.ts";
import { type EventSchema, readSchema } from "./read-schema.ts";

export interface TelemetryBuild {
  /** Absent where there are errors. */
  readonly compiled?: CompiledTelemetry;
  readonly table?: ProgramTable;
  readonly diagnostics: readonly Diagnostic[];
}

export interface TelemetrySources {
  readonly reading: Reading;
  readonly declaration: Declaration;
  readonly policy: Policy;
  /** Text of a schema, by its path as the declaration has it. @throws when there is none */
  readonly readText: (path: string) => { readonly path: string; readonly text: string };
  readonly today: string;
}

export function compileTelemetry(sources: TelemetrySources): TelemetryBuild {
  const { reading, declaration, policy } = sources;
  const diagnostics = [...reading.diagnostics];
  const events: [string, CompiledEvent][] = [];
  for (const event of declaration.events) {
    const { path, text } = sources.readText(event.schema);
    const ofSchema: Reading = { path, diagnostics: [] };
    const schema = readSchema(ofSchema, text);
    diagnostics.push(...ofSchema.diagnostics);
    const own: Reading = { path: reading.path, diagnostics: [] };
    if (schema !== undefined) events.push([event.id, compileEvent({ ...sources, reading: own, event, schema })]);
    diagnostics.push(...own.diagnostics.toSorted((a, b) => a.span.line - b.span.line || a.span.column - b.span.column));
  }
  if (hasErrors(diagnostics)) return { diagnostics };
  const binding: Reading = { path: reading.path, diagnostics: [] };
  const made = Object.fromEntries(events);
  const ofNotice = bindNotice(binding, declaration, made, policy);
  diagnostics.push(...binding.diagnostics);
  if (ofNotice === undefined || hasErrors(diagnostics)) return { diagnostics };
  const { table, ...rest } = ofNotice;
  const { id, title, notice, feature, from, collector, everyMs, withinMs, categories } = declaration;
  const said = {
    avow: 1 as const,
    telemetry: id,
    title,
    notice,
    policy: policy.version,
    feature,
    from,
    collector,
    upload: { everyMs, withinMs },
    categories: Object.fromEntries([...categories].map(([name, each]) => [name, each.feature])),
    ...rest,
    events: made,
  };
  return { compiled: { ...said, version: sha256Hex(canonicalJson(said)) }, table, diagnostics };
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function compileEvent(compiling: Compiling): CompiledEvent {
  const { reading, event, schema } = compiling;
  if (schema.id !== event.id) {
    const says = `the schema calls itself \`${schema.id.slice(0, 100)}\`, not \`${event.id.slice(0, 100)}\``;
    say(reading, "event-undeclared", event.span, says, "events are declared by the `$id` of their schema");
  }
  requireEnd(compiling, event.expires ?? "", event.span);
  const fields = compileFields(compiling);
  requireCounted(compiling, event, schema);
  // That an event happened is personal only where its author says so; `personal-data` of an event is about its fields.
  const own = [...new Set([...schema.categories, ...(event.categories ?? [])])];
  return {
    owner: event.owner ?? "",
    purpose: event.purpose ?? "",
    expires: event.expires ?? "",
    review: event.review ?? "",
    version: schema.version,
    title: schema.title,
    categories: bound(compiling, own, event.span),
    sample: event.sample,
    ...(event.once === undefined ? {} : { once: event.once }),
    time: event.time,
    countBy: event.countBy,
    schema: schema.schema,
    fields,
  };
}

/** Counted are plain values at the top of an event; each is a table on the public page. */
function requireCounted({ reading }: Compiling, event: DeclaredEvent, schema: EventSchema): void {
  for (const name of event.countBy) {
    const field = schema.fields.get(name);
    const isPersonal =
      field?.isPersonal === true || event.fields.get(name)?.categories?.includes(personalData) === true;
    if (field !== undefined && field.fields.size === 0 && !isPersonal) continue;
    const says = isPersonal
      ? `\`${name}\` is personal and cannot be counted by`
      : `\`${name.slice(0, 60)}\` is no plain field at the top`;
    say(reading, "field-unknown", event.span, says, "`count by` names plain fields of the event");
  }
}
