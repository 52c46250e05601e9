// A telemetry bound to its notice: the features exist, the collector is theirs, every field is permitted together with those it leaves with.
import { type CompiledEvent, type CompiledField, occurrence } from "@avow/gate/telemetry-schema";
import {
  type Policy,
  type Practice,
  type ProgramTable,
  canonicalJson,
  decide,
  programTable,
  sha256Hex,
} from "@avow/policy";
import type { Declaration } from "./declaration.ts";
import { type Reading, type Span, say } from "./placed-value.ts";

export interface Bound {
  readonly practice: string;
  readonly openDays: number;
  readonly least: number;
  readonly declarations: Readonly<Record<string, string>>;
  /** With what an answer is to: for the gate of the program. */
  readonly table: ProgramTable;
}

/** A field with its path, by which category level it leaves. */
interface Leaf {
  readonly event: string;
  readonly path: string;
  readonly field: CompiledField;
}

export function bindNotice(
  reading: Reading,
  declaration: Declaration,
  events: Readonly<Record<string, CompiledEvent>>,
  policy: Policy,
): Bound | undefined {
  const table = programTable(policy);
  const said = reading.diagnostics.length;
  if (policy.id !== declaration.notice)
    refuse(reading, declaration.span, `the notice is \`${policy.id}\`, not \`${declaration.notice}\``);
  requireFeatures(reading, declaration, table);
  const practice = practicesOf(policy).find(({ needs }) => needs === declaration.feature);
  if (practice === undefined) {
    refuse(reading, declaration.span, `no practice of \`${policy.id}\` needs the feature \`${declaration.feature}\``);
    return undefined;
  }
  const leaves = leavesOf(events);
  requirePermits(reading, declaration, policy, leaves);
  const kept = keptBy(practice);
  if (kept === undefined) {
    const says = `\`${practice.id}\` keeps no counts, or no raw data for a number of days`;
    refuse(reading, declaration.span, says, "for example `keep: { raw: 10 days, aggregate of 10: 25 months }`");
    return undefined;
  }
  if (reading.diagnostics.length > said) return undefined;
  const declarations = declarationsOf(declaration, leaves, table);
  const features = table.features.map((each) => ({ ...each, declaration: declarations[each.id] ?? each.declaration }));
  return { practice: practice.id, ...kept, declarations, table: { ...table, features } };
}

function requireFeatures(reading: Reading, declaration: Declaration, table: ProgramTable): void {
  const host = URL.parse(declaration.collector)?.host ?? "";
  for (const [category, { feature, span }] of declaration.categories) {
    const found = table.features.find(({ id }) => id === feature);
    if (found === undefined) {
      refuse(reading, span, `the notice declares no feature \`${feature}\` for \`${category}\``);
    } else if (feature !== declaration.feature && found.within !== declaration.feature) {
      refuse(
        reading,
        span,
        `\`${feature}\` is not within \`${declaration.feature}\``,
        "a part needs a yes to the whole first",
      );
    }
    if (
      found !== undefined &&
      feature === declaration.feature &&
      !found.contacts.some(({ hosts }) => hosts.includes(host))
    ) {
      refuse(
        reading,
        declaration.span,
        `\`${feature}\` contacts no \`${host}\``,
        "name it in `hosts` of its recipient",
      );
    }
  }
}

/** What leaves together with one answer is decided together: data held together is more than its parts. */
function requirePermits(reading: Reading, declaration: Declaration, policy: Policy, leaves: readonly Leaf[]): void {
  const isPlain = ({ field }: Leaf): boolean =>
    field.categories.every((each) => featureOf(declaration, each) === declaration.feature);
  const all = new Set([...declaration.categories.values()].map(({ feature }) => feature));
  for (const { id, span } of declaration.events) {
    const own = leaves.filter(({ event }) => event === id);
    const levels = [
      { together: own.filter(isPlain), features: new Set([declaration.feature]) },
      { together: own, features: own.every(isPlain) ? new Set([declaration.feature]) : all },
    ];
    for (const { together, features } of levels) {
      for (const purpose of new Set(together.map(({ field }) => field.purpose))) {
        const same = together.filter(({ field }) => field.purpose === purpose);
        const data = [...new Set([occurrence, ...same.map(({ field }) => field.data)])];
        const why = refusalOf(policy, declaration.from, purpose, data, features);
        if (why === undefined) continue;
        const words = data.map((each) => `\`${each}\``).join(" with ");
        refuse(reading, span, `the notice does not permit ${words} for \`${purpose}\``, why);
      }
    }
  }
}

/** Undefined where a practice that needs one of the features permits it. */
function refusalOf(
  policy: Policy,
  from: string,
  purpose: string,
  data: readonly string[],
  features: ReadonlySet<string>,
): string | undefined {
  const decision = decide(policy, { act: "hold", data, from, for: purpose, form: "raw", answer: "yes" });
  const nearest = decision.clause === undefined ? "" : `; nearest: \`${decision.clause}\``;
  if (!decision.allowed) return `${decision.reason}${nearest}`;
  const practices = practicesOf(policy).filter(({ needs }) => needs !== undefined && features.has(needs));
  // Where several practices permit it the decision names one; another may be the one that needs the feature.
  const isTheirs = practices.some(
    ({ id, data: held }) => id === decision.clause || data.every((each) => held.includes(each)),
  );
  return isTheirs
    ? undefined
    : `no practice that needs ${[...features].map((each) => `\`${each}\``).join(" or ")} has it${nearest}`;
}

function featureOf({ categories }: Declaration, category: string): string | undefined {
  return categories.get(category)?.feature;
}

function practicesOf(policy: Policy): readonly Practice[] {
  return policy.parent === undefined
    ? policy.notice.practices
    : [...policy.notice.practices, ...practicesOf(policy.parent)];
}

/** Days of raw data, and the smallest group of a count. */
function keptBy({ keep }: Practice): { readonly openDays: number; readonly least: number } | undefined {
  const raw = keep.find(({ form }) => form.kind === "raw")?.keep;
  const counts = keep.flatMap(({ form }) => (form.kind === "aggregate" ? [form.least] : []));
  if (raw?.kind !== "for" || raw.days < 1 || raw.days > 60 || counts.length === 0) return undefined;
  return { openDays: raw.days, least: Math.min(...counts) };
}

export function leavesOf(events: Readonly<Record<string, CompiledEvent>>): readonly Leaf[] {
  const below = (event: string, fields: Readonly<Record<string, CompiledField>>, above: string): readonly Leaf[] =>
    Object.entries(fields).flatMap(([name, field]) => [
      { event, path: above + name, field },
      ...below(event, field.fields ?? {}, `${above}${name}.`),
    ]);
  return Object.entries(events).flatMap(([id, { fields }]) => below(id, fields, ""));
}

/** What an answer is to: the feature as the notice has it, and exactly the fields that leave with it. */
function declarationsOf(
  declaration: Declaration,
  leaves: readonly Leaf[],
  table: ProgramTable,
): Readonly<Record<string, string>> {
  const used = [...new Set([...declaration.categories.values()].map(({ feature }) => feature))];
  return Object.fromEntries(
    used.map((feature) => {
      const fields = leaves
        .filter(({ field }) => field.categories.some((each) => featureOf(declaration, each) === feature))
        .map(({ event, path, field: { data, purpose, categories } }) => ({ event, path, data, purpose, categories }));
      const said = table.features.find(({ id }) => id === feature)?.declaration ?? "";
      return [feature, sha256Hex(canonicalJson({ feature: said, fields }))];
    }),
  );
}

function refuse(reading: Reading, span: Span, says: string, help?: string): void {
  say(reading, "notice-does-not-permit", span, says, help);
}
