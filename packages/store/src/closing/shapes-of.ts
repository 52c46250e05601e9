// Which shapes a day is kept by: what the bulletin and the stats API ask of one dimension, and of two together.
import type { CellDimension, Shape } from "../contract.ts";
import { derivedOf } from "./reduce-filter.ts";

/** Dimensions people filter by while looking at the others, those asked most first. */
const filteredBy: readonly CellDimension[] = ["page", "source", "channel", "country", "device"];
/** Few values each, so that the hours of a day can be kept of them too. */
const byHour: readonly CellDimension[] = ["source", "channel", "country", "device"];

export interface ShapeSettings {
  /** At most so many shapes; those asked most are kept. */
  readonly most?: number;
}

/** `columns`: the dimensions the day can have, by the notice and the site's settings. */
export function shapesOf(columns: readonly CellDimension[], { most = 100 }: ShapeSettings = {}): readonly Shape[] {
  const all = [...new Set([...columns, ...derivedOf(columns)])];
  const has = (dimension: CellDimension): boolean => all.includes(dimension);
  const shapes: Shape[] = [{ of: [] }, { of: [], hourly: true }];
  for (const dimension of all) shapes.push({ of: [dimension] });
  for (const dimension of byHour.filter(has)) shapes.push({ of: [dimension], hourly: true });
  const pairs = new Set<string>();
  for (const first of filteredBy.filter(has)) {
    for (const second of all) {
      const name = [first, second].toSorted().join(" ");
      if (first === second || pairs.has(name)) continue;
      pairs.add(name);
      shapes.push({ of: [first, second] });
    }
  }
  // A version without its name says nothing.
  for (const [name, version] of versions) if (has(name) && has(version)) shapes.push({ of: [name, version] });
  return shapes.slice(0, most);
}

const versions = [
  ["browser", "browser_version"],
  ["os", "os_version"],
] as const;
