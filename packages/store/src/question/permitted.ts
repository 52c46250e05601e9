// What a question may look at: rows whose holding its `permits` allows; the one place every driver decides it (clauses.md PS11).
import type { EventRow, HeldRows, Holding, LeftOut, OpenDay, Permit, Permits, Question } from "../contract.ts";

/** A holding whose rows may be looked at, from `since` on where there is one. */
export interface Permitted extends Holding {
  readonly since?: number;
}

const denied: Permit = { allowed: false };

/** Asks `permits` once for each holding. What throws, or answers with anything but a permit, denies. */
export function permitting(permits: Permits): Permits {
  const known = new Map<string, Permit>();
  return (holding, least) => {
    const key = `${least ?? "rows"} ${holdingKey(holding)}`;
    let permit = known.get(key);
    if (permit === undefined) {
      permit = safely(permits, holding, least);
      known.set(key, permit);
    }
    return permit;
  };
}

function safely(permits: Permits, { practice, version }: Holding, least: number | undefined): Permit {
  try {
    const permit: Permit = permits({ practice, version }, least);
    // Whatever is merely taken for true by JavaScript is no permission.
    const allowed: unknown = permit.allowed;
    if (allowed !== true) return denied;
    if (permit.since === undefined) return permit;
    // Rows carry whole seconds.
    return Number.isFinite(permit.since) ? { allowed: true, since: Math.max(0, Math.ceil(permit.since)) } : denied;
  } catch {
    return denied;
  }
}

/** Sorts as version and practice do one after the other. */
export function holdingKey({ practice, version }: Holding): string {
  return JSON.stringify([version, practice]);
}

/** Rows of the question's site that it may look at, and those within its range that it may not. */
export function heldApart(
  rows: readonly EventRow[],
  { site, from, until, permits }: Question,
): { readonly used: readonly EventRow[]; readonly leftOut: readonly LeftOut[] } {
  const permit = permitting(permits);
  const used: EventRow[] = [];
  const left: LeftOut[] = [];
  for (const row of rows) {
    if (row.site !== site) continue;
    const { allowed, since } = permit(row);
    if (allowed && (since === undefined || row.at >= since)) used.push(row);
    else if (row.at >= from && row.at < until) left.push({ practice: row.practice, version: row.version, rows: 1 });
  }
  return { used, leftOut: addedUp(left) };
}

/** One entry for each holding, those without rows left out, in the order of version and practice. */
export function addedUp(left: readonly LeftOut[]): readonly LeftOut[] {
  const byHolding = new Map<string, LeftOut>();
  for (const one of left) {
    if (one.rows === 0) continue;
    const key = holdingKey(one);
    byHolding.set(key, { ...one, rows: one.rows + (byHolding.get(key)?.rows ?? 0) });
  }
  return [...byHolding].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The same of each day and site for itself. */
export function openDaysOf(
  days: readonly {
    readonly day: string;
    readonly held: readonly (Holding & { readonly site: string; readonly rows: number })[];
  }[],
): readonly OpenDay[] {
  const found = new Map<string, { site: string; day: string; rows: number; holdings: Map<string, Holding> }>();
  for (const { day, held } of days) {
    for (const { site, practice, version, rows } of held) {
      if (rows === 0) continue;
      const key = `${day} ${site}`;
      const of = found.get(key) ?? { site, day, rows: 0, holdings: new Map<string, Holding>() };
      found.set(key, of);
      of.rows += rows;
      of.holdings.set(holdingKey({ practice, version }), { practice, version });
    }
  }
  return [...found]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { holdings, ...of }]) => ({ ...of, holdings: [...holdings.values()] }));
}

/** A day's rows of each site and holding, put together over days. */
export function heldOver(
  days: readonly {
    readonly day: string;
    readonly held: readonly (Holding & { readonly site: string; readonly rows: number })[];
  }[],
): readonly HeldRows[] {
  const found = new Map<string, HeldRows>();
  for (const { day, held } of days.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    for (const { site, practice, version, rows } of held) {
      if (rows === 0) continue;
      const key = JSON.stringify([site, version, practice]);
      const before = found.get(key);
      const firstDay = before?.firstDay ?? day;
      found.set(key, { site, practice, version, rows: rows + (before?.rows ?? 0), firstDay, lastDay: day });
    }
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
