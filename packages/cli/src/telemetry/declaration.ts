// A declaration as its author writes it, read: who answers for each event and field, until when, and what agrees to it (docs/reference/telemetry-declaration.md).
import type { Interval, Precision } from "@avow/gate/telemetry-schema";
import type { Span } from "./placed-value.ts";

/** Each absent key is taken from the event. */
export interface Steward {
  readonly owner?: string;
  readonly purpose?: string;
  readonly expires?: string;
  readonly review?: string;
  readonly categories?: readonly string[];
}

export interface DeclaredField extends Steward {
  /** Path in the event, e.g. `kernel.name` or `users[].name`. */
  readonly path: string;
  readonly span: Span;
  readonly data?: string;
  /** Why it is not personal, though its event or its name says so. */
  readonly notPersonal?: string;
  readonly means?: string;
}

export interface DeclaredEvent extends Steward {
  readonly id: string;
  readonly span: Span;
  /** Path of its schema, beside the declaration. */
  readonly schema: string;
  readonly sample: number;
  readonly once?: Interval;
  readonly time: Precision;
  readonly countBy: readonly string[];
  readonly fields: ReadonlyMap<string, DeclaredField>;
}

export interface Declaration {
  readonly path: string;
  readonly span: Span;
  readonly id: string;
  readonly title: string;
  readonly notice: string;
  readonly feature: string;
  readonly from: string;
  readonly collector: string;
  readonly everyMs: number;
  readonly withinMs: number;
  /** Feature by category, `unrestricted` included. */
  readonly categories: ReadonlyMap<string, { readonly feature: string; readonly span: Span }>;
  readonly events: readonly DeclaredEvent[];
}
