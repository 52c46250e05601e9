// A day of batches becomes counts: one table for each declared field, no cell of fewer than the notice's k batches (docs/design/telemetry.md).
import { type CompiledTelemetry, isRecord } from "@avow/gate/telemetry-schema";
import type { StoredBatch } from "./draft.ts";

/** At least k batches share each; a batch is one program's day. */
export interface CountedCell {
  readonly value: string;
  readonly events: number;
  readonly batches: number;
}

export interface CountedTable {
  readonly field: string;
  readonly cells: readonly CountedCell[];
  /** Cells too small to be told, together. */
  readonly other?: Omit<CountedCell, "value">;
}

export interface CountedEvent {
  readonly event: string;
  readonly events: number;
  readonly batches: number;
  /** Share of the events that programs kept. */
  readonly sample: number;
  readonly tables: readonly CountedTable[];
}

export interface CountedDay {
  readonly day: string;
  readonly least: number;
  /** Events of fewer than `least` batches are left out. */
  readonly events: readonly CountedEvent[];
}

interface Cell {
  events: number;
  readonly batches: Set<number>;
}

/** More different values than that stand under `other` at once. */
const mostValues = 5000;
const longestValue = 200;
/** The field was not said. */
export const notSaid = "not said";

export class DayCounter {
  readonly #totals = new Map<string, Cell>();
  readonly #tables = new Map<string, Map<string, Map<string, Cell>>>();
  readonly #countBy: ReadonlyMap<string, readonly string[]>;
  readonly #compiled: Pick<CompiledTelemetry, "events">;
  #batches = 0;

  constructor(compiled: Pick<CompiledTelemetry, "events">) {
    this.#compiled = compiled;
    this.#countBy = new Map(Object.entries(compiled.events).map(([id, { countBy }]) => [id, countBy]));
  }

  add({ events }: Pick<StoredBatch, "events">): void {
    const batch = this.#batches;
    this.#batches += 1;
    for (const { event, data } of events) {
      const fields = this.#countBy.get(event);
      if (fields === undefined) continue;
      count(this.#totals, event, batch);
      const tables = this.#tables.get(event) ?? new Map<string, Map<string, Cell>>();
      this.#tables.set(event, tables);
      for (const field of fields) {
        const cells = tables.get(field) ?? new Map<string, Cell>();
        tables.set(field, cells);
        count(cells, labelOf(isRecord(data) && Object.hasOwn(data, field) ? data[field] : undefined), batch);
      }
    }
  }

  /** `least`: fewest batches of anything that is told. */
  counts(day: string, least: number): CountedDay {
    const events: CountedEvent[] = [];
    for (const [event, total] of [...this.#totals].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (total.batches.size < least) continue;
      const tables = [...(this.#tables.get(event) ?? [])].flatMap(
        ([field, cells]) => tableOf(field, cells, least) ?? [],
      );
      const sample = this.#compiled.events[event]?.sample ?? 1;
      events.push({ event, events: total.events, batches: total.batches.size, sample, tables });
    }
    return { day, least, events };
  }
}

function count(cells: Map<string, Cell>, value: string, batch: number): void {
  const name = cells.has(value) || cells.size < mostValues ? value : tooMany;
  const cell = cells.get(name) ?? { events: 0, batches: new Set<number>() };
  cells.set(name, cell);
  cell.events += 1;
  cell.batches.add(batch);
}

/** Never told: it joins `other` whatever its size. */
const tooMany = "\u0000";

function labelOf(value: unknown): string {
  if (value === undefined || value === null) return notSaid;
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, longestValue);
}

/** Undefined where nothing of it may be told: then the total stands alone. */
function tableOf(field: string, cells: ReadonlyMap<string, Cell>, least: number): CountedTable | undefined {
  const sorted = [...cells]
    .map(([value, cell]) => ({ value, cell }))
    .toSorted((a, b) => b.cell.batches.size - a.cell.batches.size || (a.value < b.value ? -1 : 1));
  const told = sorted.filter(({ value, cell }) => value !== tooMany && cell.batches.size >= least);
  const folded = sorted.filter(({ value, cell }) => value === tooMany || cell.batches.size < least);
  const other = { events: 0, batches: new Set<number>() };
  const fold = ({ cell }: { readonly cell: Cell }): void => {
    other.events += cell.events;
    for (const batch of cell.batches) other.batches.add(batch);
  };
  folded.forEach(fold);
  // INVARIANT: the rest is what the total leaves over, so it may not be small either.
  while (other.events > 0 && other.batches.size < least) {
    const smallest = told.pop();
    if (smallest === undefined) return undefined;
    fold(smallest);
  }
  if (told.length === 0) return undefined;
  return {
    field,
    cells: told.map(({ value, cell }) => ({ value, events: cell.events, batches: cell.batches.size })),
    ...(other.events === 0 ? {} : { other: { events: other.events, batches: other.batches.size } }),
  };
}
