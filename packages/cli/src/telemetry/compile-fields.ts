// The fields of one event, schema and declaration put together: each has everything it needs, or the build fails.
import { type CompiledField, addDays } from "@avow/gate/telemetry-schema";
import { nearest } from "@avow/policy";
import type { Declaration, DeclaredEvent, DeclaredField } from "./declaration.ts";
import { personalWord } from "./likely-personal.ts";
import { type Reading, type Span, say } from "./placed-value.ts";
import type { EventSchema, SchemaField } from "./read-schema.ts";

export interface Compiling {
  readonly reading: Reading;
  readonly declaration: Declaration;
  readonly event: DeclaredEvent;
  readonly schema: EventSchema;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export const personalData = "personal-data";
const unrestricted = "unrestricted";

export function compileFields(compiling: Compiling): Readonly<Record<string, CompiledField>> {
  const { event, reading, schema } = compiling;
  const paths = new Set<string>();
  const fields = fieldsBelow(compiling, schema.fields, "", paths);
  for (const { path, span } of event.fields.values()) {
    if (paths.has(path)) continue;
    const meant = nearest(path, [...paths]);
    const help =
      meant === undefined ? `its fields are: ${[...paths].join(", ") || "none"}` : `did you mean \`${meant}\`?`;
    say(reading, "field-unknown", span, `the schema of \`${event.id}\` has no field \`${path.slice(0, 100)}\``, help);
  }
  return fields;
}

function fieldsBelow(
  compiling: Compiling,
  fields: ReadonlyMap<string, SchemaField>,
  above: string,
  paths: Set<string>,
): Readonly<Record<string, CompiledField>> {
  const compiled: [string, CompiledField][] = [];
  for (const field of fields.values()) {
    const path = `${above}${field.name}`;
    paths.add(path);
    const declared = compiling.event.fields.get(path);
    // Those below are declared all the same, so that one run tells of all.
    const inner = fieldsBelow(compiling, field.fields, `${path}.`, paths);
    if (declared === undefined) {
      const { reading, event } = compiling;
      const help = `declare it: \`${path}: { data: …, category: … }\`, or leave it out of the schema`;
      say(reading, "field-undeclared", event.span, `nobody answers for the field \`${path}\` of \`${event.id}\``, help);
      continue;
    }
    compiled.push([field.name, compiledField(compiling, field, declared, inner)]);
  }
  return Object.fromEntries(compiled);
}

function compiledField(
  compiling: Compiling,
  field: SchemaField,
  declared: DeclaredField,
  inner: Readonly<Record<string, CompiledField>>,
): CompiledField {
  const { event } = compiling;
  const means = declared.means ?? field.means;
  const steward = {
    owner: declared.owner ?? event.owner ?? "",
    purpose: declared.purpose ?? event.purpose ?? "",
    expires: declared.expires ?? event.expires ?? "",
    review: declared.review ?? event.review ?? "",
  };
  if (declared.expires !== undefined) requireEnd(compiling, declared.expires, declared.span);
  return {
    ...steward,
    categories: categoriesOf(compiling, field, declared),
    data: declared.data ?? "",
    // Of what holds others each of them is checked, not the whole: some may have been left out.
    schema: field.fields.size === 0 ? field.schema : true,
    ...(means === undefined ? {} : { means }),
    ...(field.fields.size === 0 ? {} : { fields: inner }),
  };
}

/** All that schema and declaration say; what a schema says can be added to and not taken away. */
function categoriesOf(compiling: Compiling, field: SchemaField, declared: DeclaredField): readonly string[] {
  const { reading, schema, event } = compiling;
  const found = new Set([...field.categories, ...(declared.categories ?? [])]);
  const { notPersonal, path, span } = declared;
  if (field.isPersonal && notPersonal !== undefined) {
    const says = `the schema marks \`${path}\` itself as personal data; that cannot be lifted`;
    say(reading, "personal-data-bound", span, says, "leave `not personal` out");
  }
  if (field.isPersonal || (schema.isPersonal && notPersonal === undefined)) found.add(personalData);
  if (found.size === 0) {
    const help = `for example \`category: ${unrestricted}\``;
    say(
      reading,
      "telemetry-missing",
      span,
      `\`category\` of the field \`${path}\` of \`${event.id}\` is missing`,
      help,
    );
  }
  const word = personalWord(field.name);
  if (word !== undefined && !found.has(personalData) && notPersonal === undefined) {
    const says = `\`${path}\` sounds personal (\`${word}\`), and neither schema nor declaration says that it is`;
    const help = `\`category: [${personalData}]\`, or \`not personal: why\``;
    say(reading, "likely-personal", span, says, help, "warning");
  }
  return bound(compiling, [...found], span);
}

/** Where a field has another category, `unrestricted` adds nothing. @returns sorted */
export function bound({ reading, declaration }: Compiling, found: readonly string[], span: Span): readonly string[] {
  for (const category of found) {
    if (declaration.categories.has(category)) continue;
    const says = `nothing agrees to the category \`${category.slice(0, 100)}\``;
    say(reading, "category-unbound", span, says, "name its feature in `categories` of the declaration");
  }
  const told = found.filter((category) => category !== unrestricted);
  return (told.length === 0 ? [unrestricted] : told).toSorted();
}

const farDays = 731;

export function requireEnd({ reading, today }: Compiling, expires: string, span: Span): void {
  if (expires <= today) {
    say(reading, "already-ended", span, `it ended on ${expires}`, "review it and give a new end, or take it out");
  } else if (expires > addDays(today, farDays)) {
    const help = "a review every two years finds what nobody needs any more";
    say(reading, "ends-far-away", span, `it ends only on ${expires}`, help, "warning");
  }
}
