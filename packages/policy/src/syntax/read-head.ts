// The head of a notice: whose it is, what it covers, how the software is installed, which words it adds.
import { isMap, isScalar } from "yaml";
import { hostShape } from "../covers-host.ts";
import type { Controller, Covered, ExtensionTerm } from "../model/notice.ts";
import { termKinds } from "../model/vocabulary.ts";
import { type Block, type Place, readBlock, readText, readTexts, shortened, sourceOf } from "./blocks.ts";
import { field, mayText, mayWord, needText, needTexts } from "./fields.ts";
import { controllerKeys, coveredKeys, termKeys } from "./keys.ts";
import { readItems } from "./read-items.ts";
import { type Reading, report, spanOf } from "./reading.ts";

/** The language version this reads. */
const languageVersion = 1;

export function readVersion(reading: Reading, block: Block): void {
  readVersionOf(reading, block, "avow");
}

/** The version under its key: `avow` in a notice, `avow terms` in a file of terms. */
export function readVersionOf(reading: Reading, block: Block, key: string): void {
  const place = field(block, key);
  if (place === undefined) {
    report(
      reading,
      "wrong-version",
      block.span,
      "the file does not say which language it is in",
      `begin it with \`${key}: ${languageVersion}\``,
    );
    return;
  }
  const { node } = place;
  if (isScalar(node) && node.value === languageVersion && sourceOf(node) === String(languageVersion)) return;
  const source = isScalar(node) ? ` \`${shortened(sourceOf(node))}\`` : "";
  report(
    reading,
    "wrong-version",
    spanOf(reading, node, place.span),
    `unknown language version${source}`,
    `this reads \`${key}: ${languageVersion}\``,
  );
}

export function readController(reading: Reading, block: Block): Controller {
  const place = field(block, "controller");
  const inner = place === undefined ? undefined : readBlock(reading, place, "`controller`", controllerKeys);
  if (inner !== undefined && inner.entries.has("contact")) {
    const contact = needText(reading, inner, "contact", "`controller`");
    return { name: needText(reading, inner, "name", "`controller`"), contact };
  }
  const help = "add `controller: { name: …, contact: … }`: every page and every refusal says whom to ask";
  if (place === undefined || inner !== undefined) {
    report(reading, "missing-contact", place?.span ?? block.span, "the notice names nobody to ask", help);
  }
  return { name: inner === undefined ? "" : needText(reading, inner, "name", "`controller`"), contact: "" };
}

export function readCovers(reading: Reading, place: Place | undefined): Covered[] {
  return readItems(reading, place, "`covers`", (item) => readCovered(reading, item));
}

function readCovered(reading: Reading, item: Place): Covered | undefined {
  if (!isMap(item.node)) return withHost(reading, item, readText(reading, item, "a host of `covers`"), {});
  const what = "a host of `covers`";
  const block = readBlock(reading, item, what, coveredKeys);
  if (block === undefined) return undefined;
  const stores = mayWord(reading, block, "stores", what, ["nothing"]);
  const caution = mayText(reading, block, "caution", what);
  const host = needText(reading, block, "host", what);
  const rest = { ...(stores === undefined ? {} : { stores }), ...(caution === undefined ? {} : { caution }) };
  return withHost(reading, field(block, "host") ?? item, host === "" ? undefined : host, rest);
}

function withHost(
  reading: Reading,
  place: Place,
  text: string | undefined,
  rest: Omit<Covered, "host">,
): Covered | undefined {
  if (text === undefined) return undefined;
  if (!hostShape.test(text)) {
    const help = "write the host alone, e.g. `pypi.org`, or `*.pypi.org` for every host below it";
    report(reading, "bad-host", spanOf(reading, place.node, place.span), `\`${shortened(text)}\` is no host`, help);
    return undefined;
  }
  return { host: text.toLowerCase(), ...rest };
}

export function readInstalled(reading: Reading, place: Place | undefined): Record<string, readonly string[]> {
  const block = place === undefined ? undefined : readBlock(reading, place, "`installed`");
  const entries = [...(block?.entries ?? [])].map(
    ([method, names]) => [method, readTexts(reading, names, `\`installed\` by \`${method}\``) ?? []] as const,
  );
  return Object.fromEntries(entries);
}

/** Every word is compared with all above it. */
const mostTerms = 500;

export function readTerms(reading: Reading, place: Place | undefined): ExtensionTerm[] {
  const section = place === undefined ? undefined : readBlock(reading, place, "`terms`");
  const terms: ExtensionTerm[] = [];
  if (section !== undefined && section.entries.size > mostTerms) {
    const help = "a notice names what it is about: use the words there are, or broader ones";
    report(reading, "too-many-parts", section.span, `more than ${mostTerms} added words`, help);
    return [];
  }
  for (const [key, entry] of section?.entries ?? []) {
    const what = `term \`${shortened(key)}\``;
    const block = readBlock(reading, entry, what, termKeys);
    if (block === undefined) continue;
    if (!block.entries.has("kind"))
      report(reading, "missing-key", block.span, `${what} needs \`kind\``, `one of: ${termKinds.join(", ")}`);
    const kind = mayWord(reading, block, "kind", what, termKinds);
    const is = needTexts(reading, block, "is", what);
    const means = needText(reading, block, "means", what);
    if (kind !== undefined) terms.push({ key, kind, is, means });
  }
  return terms;
}
