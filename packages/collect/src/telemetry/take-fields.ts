// The client's own field writer, kept for each event of a day: made once, used for every batch.
import {
  type CompiledEvent,
  type CompiledTelemetry,
  type FieldDrop,
  type WriteFields,
  fieldWriter,
} from "@avow/gate/telemetry-schema";

export type TakeFields = (
  compiled: CompiledTelemetry,
  event: CompiledEvent,
  today: string,
  values: Readonly<Record<string, unknown>>,
) => { readonly fields: string; readonly dropped: readonly FieldDrop[] };

export function createTakeFields(): TakeFields {
  let dropped: FieldDrop[] = [];
  const drop = (reason: FieldDrop): void => void dropped.push(reason);
  const writers = new WeakMap<CompiledEvent, { readonly today: string; readonly write: WriteFields }>();
  return (compiled, event, today, values) => {
    let known = writers.get(event);
    if (known === undefined || known.today !== today) {
      const agreed = new Set(Object.keys(compiled.categories));
      known = { today, write: fieldWriter(event.fields, { agreed, today, isChecked: true, drop }) };
      writers.set(event, known);
    }
    dropped = [];
    return { fields: known.write(values), dropped };
  };
}
