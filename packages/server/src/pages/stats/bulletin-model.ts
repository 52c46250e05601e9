// Everything a bulletin shows, as plain readonly values.
import type { PageFilter, TableDimension } from "./filters.ts";
import type { NotKeptModel } from "./not-kept.ts";
import type { NotUsedModel } from "./not-used.ts";
import type { Period } from "./period.ts";

/** Null where there is nothing to average over. */
export interface Figures {
  readonly visitors: number;
  readonly visits: number;
  readonly pageviews: number;
  readonly bounceRate: number | null;
  /** Seconds; undefined where the notice does not declare it. */
  readonly duration?: number | null;
}

export interface ChartModel {
  readonly bucket: Period["bucket"];
  /** Null where a day has too few visitors for the public. */
  readonly points: readonly { readonly label: string; readonly visitors: number | null }[];
  /** The previous period, aligned from its start. */
  readonly before: readonly (number | null)[];
}

export interface TableModel {
  readonly dimension: TableDimension;
  readonly clause: string;
  readonly rows: readonly { readonly value: string; readonly visitors: number; readonly share: number }[];
  /** Visitors of groups under the minimum, added up; for the owner only of days that are closed. */
  readonly other: number;
  /** Groups beyond those shown. */
  readonly more: number;
}

export interface BulletinModel {
  readonly site: string;
  /** Of the page, without its query. */
  readonly path: string;
  readonly isPublic: boolean;
  /** Who looks: the public gets folded counts. */
  readonly reader: "owner" | "public";
  readonly notice: { readonly id: string; readonly title: string; readonly version: string; readonly contact: string };
  readonly timeZone: string;
  readonly period: Period;
  readonly query: URLSearchParams;
  readonly filters: readonly PageFilter[];
  /** The smallest group the notice lets be shown. */
  readonly least: number;
  /** Undefined: fewer than `least` visitors on every day. */
  readonly figures?: Figures;
  readonly previous?: Figures;
  /** Days with some visitors, but too few to be counted for the public. */
  readonly leftOutDays: number;
  /** The running day is in it, and moves on by groups of `least`. */
  readonly isInSteps: boolean;
  /** Visitors of the last half hour; the owner's alone. */
  readonly present?: number;
  readonly chart?: ChartModel;
  readonly tables: readonly TableModel[];
  /** Rows held under older versions that do not let them be used for this. */
  readonly notUsed: readonly NotUsedModel[];
  /** Closed days whose counts cannot tell what is asked. */
  readonly notKept: readonly NotKeptModel[];
  /** Dimensions the notice does not declare. */
  readonly undeclared: readonly TableDimension[];
  /** True when nothing was measured at all. */
  readonly isEmpty: boolean;
  /** For the owner of an empty bulletin: what was turned away under this notice, latest first. */
  readonly drops: readonly { readonly reason: string; readonly lastAtMs: number }[];
  /** Where pages find the tracker. */
  readonly scriptUrl: string;
}
