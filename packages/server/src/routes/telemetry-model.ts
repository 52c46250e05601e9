// What the public sees of a telemetry: what is declared, and counts in groups of at least the notice's k (docs/design/telemetry.md).
import type { CountedDay } from "@avow/collect";
import { type CompiledField, type CompiledTelemetry, isRecord, occurrence } from "@avow/gate/telemetry-schema";
import type { House } from "../house.ts";
import { receiptKey } from "./telemetry-receipt.ts";

export interface TelemetryModel {
  readonly telemetry: string;
  readonly title: string;
  readonly notice: string;
  readonly feature: string;
  readonly collector: string;
  readonly openDays: number;
  readonly least: number;
  readonly version: string;
  /** Verifies the receipts of deletions. */
  readonly key: string;
  readonly events: readonly EventModel[];
  /** Closed days, newest first. */
  readonly days: readonly CountedDay[];
  /** The clause that does not let the counts be shown, if one does not. */
  readonly withheld?: string;
}

export interface EventModel {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly purpose: string;
  readonly expires: string;
  readonly review: string;
  readonly sample: number;
  readonly once?: string;
  readonly time: string;
  readonly fields: readonly FieldModel[];
}

export interface FieldModel {
  readonly path: string;
  readonly means?: string;
  readonly data: string;
  readonly categories: readonly string[];
  readonly owner: string;
  readonly purpose: string;
  readonly expires: string;
  readonly review: string;
}

const mostDays = 92;

export async function telemetryModel(house: House, compiled: CompiledTelemetry): Promise<TelemetryModel> {
  const { telemetry, title, notice, feature, collector, openDays, least, version } = compiled;
  const withheld = refusedBy(house, compiled);
  const counts = withheld === undefined ? await house.telemetry.store.counts(telemetry) : [];
  return {
    telemetry,
    title,
    notice,
    feature,
    collector,
    openDays,
    least,
    version,
    key: await receiptKey(house.records),
    events: Object.entries(compiled.events).map(([id, event]) => ({
      id,
      title: event.title,
      owner: event.owner,
      purpose: event.purpose,
      expires: event.expires,
      review: event.review,
      sample: event.sample,
      ...(event.once === undefined ? {} : { once: event.once }),
      time: event.time,
      fields: fieldsOf(event.fields, ""),
    })),
    days: counts
      .slice(-mostDays)
      .flatMap((each) => readDay(each.counts) ?? [])
      .toReversed(),
    ...(withheld === undefined ? {} : { withheld }),
  };
}

/** Asked as the public, of everything the tables are made of (clauses.md PY4). */
function refusedBy(house: House, { notice, from, least, events }: CompiledTelemetry): string | undefined {
  const counted = Object.values(events).flatMap(({ countBy, fields }) =>
    countBy.map((name) => fields[name]?.data ?? occurrence),
  );
  const data = [...new Set([occurrence, ...counted])];
  const form = `aggregate of ${least}`;
  const decision = house.reader("public", notice).decide({ act: "hold", data, from, form, answer: "yes" });
  return decision.allowed ? undefined : (decision.clause ?? decision.reason);
}

function fieldsOf(fields: Readonly<Record<string, CompiledField>>, above: string): readonly FieldModel[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const { means, data, categories, owner, purpose, expires, review } = field;
    const path = `${above}${name}`;
    const own = { path, ...(means === undefined ? {} : { means }), data, categories, owner, purpose, expires, review };
    return [own, ...fieldsOf(field.fields ?? {}, `${path}.`)];
  });
}

function readDay(text: string): CountedDay | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isDay = isRecord(value) && typeof value["day"] === "string" && Array.isArray(value["events"]);
    return isDay ? (value as unknown as CountedDay) : undefined;
  } catch {
    return undefined;
  }
}
