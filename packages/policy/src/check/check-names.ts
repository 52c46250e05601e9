// Ids: each clause named once in the file and once on the page, and every name that is used names something.
import { nearest } from "../terms/nearest.ts";
import { everybody, ourselves, ownDevice } from "../model/values.ts";
import { type Checking, didYouMean, find, isFull, knownFeatureIds, knownRecipients } from "./checking.ts";

interface Named {
  readonly id: string;
  readonly at: string;
}

function clausesOf({ notice }: Checking): readonly Named[] {
  return [
    ...list("recipients", notice.recipients),
    ...list("features", notice.features),
    ...list("venues", notice.venues),
    ...list("practices", notice.practices),
    ...list("promises", notice.promises),
  ];
}

function list(section: string, items: readonly { readonly id: string }[]): Named[] {
  return items.map(({ id }) => ({ id, at: `${section}.${id}` }));
}

export function checkPage(checking: Checking): void {
  const { notice } = checking;
  const clauses = clausesOf(checking);
  const seen = new Set<string>();
  for (const { id, at } of clauses) {
    if (seen.has(id)) find(checking, "duplicate-id", at, `\`${id}\` names two clauses`, "give one of them another id");
    seen.add(id);
  }
  const placed = new Map<string, number>();
  for (const [number, section] of notice.page.entries()) {
    for (const [item, id] of section.ids.entries()) {
      const at = `page.${number}.${section.heading}.${item}`;
      if (isFull(checking)) return;
      if (!seen.has(id))
        find(
          checking,
          "unknown-id",
          at,
          `no clause is called \`${id}\``,
          didYouMean(nearest(id, seen), "name an id of this file"),
        );
      else if (placed.has(id))
        find(checking, "twice-on-page", at, `\`${id}\` stands on the page twice`, "keep it where people look for it");
      placed.set(id, number);
    }
  }
  for (const { id, at } of clauses) {
    if (!placed.has(id))
      find(
        checking,
        "not-on-page",
        at,
        `\`${id}\` is not on the page`,
        `add it under a heading of \`page\`, so that people read it`,
      );
  }
  for (const id of Object.keys(notice.words)) {
    if (!seen.has(id) && !isFull(checking))
      find(
        checking,
        "unknown-id",
        `words.${id}`,
        `\`words\` for \`${id}\`, which is no clause`,
        didYouMean(nearest(id, seen), "name an id of this file"),
      );
  }
}

export function checkReferences(checking: Checking): void {
  const { notice, parent } = checking;
  const ids = new Set(knownRecipients(notice, parent).map((each) => each.id));
  const sendable = new Set([...ids, everybody]);
  const bannable = new Set([...sendable, ourselves, ownDevice]);
  for (const { id, to } of notice.practices) needRecipients(checking, sendable, to, `practices.${id}.to`);
  for (const { id, needs } of notice.features) needRecipients(checking, ids, needs, `features.${id}.needs`);
  for (const { id, through } of notice.recipients)
    needRecipients(checking, ids, through, `recipients.${id}.through`, id);
  for (const { id, ban } of notice.promises)
    needRecipients(checking, bannable, ban?.to ?? [], `promises.${id}.never.to`);
  const features = new Set(knownFeatureIds(notice, parent));
  for (const { id, needs } of notice.practices) needFeature(checking, features, needs, `practices.${id}.needs`);
  for (const { id, within } of notice.features) needFeature(checking, features, within, `features.${id}.within`);
  checkFeatureCycles(checking);
  checkRecipientCycles(checking);
}

/** What people write for nobody and for everybody. */
const placeMeant: ReadonlyMap<string, string> = new Map([
  ...["no", "none", "no one", "noone", "nothing", "null", "-"].map((word) => [word, "nobody"] as const),
  ...["everyone", "everybody", "anyone", "anybody", "all", "world", "the public"].map(
    (word) => [word, everybody] as const,
  ),
]);

/** `self`: a recipient cannot stand on itself. */
function needRecipients(
  checking: Checking,
  known: ReadonlySet<string>,
  used: readonly string[],
  at: string,
  self?: string,
): void {
  for (const [number, id] of used.entries()) {
    if (known.has(id) && id !== self) continue;
    if (isFull(checking)) return;
    const help = didYouMean(
      placeMeant.get(id.toLowerCase()) ?? nearest(id, known),
      "declare it under `recipients`, with its role, what it does and what it holds",
    );
    find(checking, "unknown-recipient", `${at}.${number}`, `unknown recipient \`${id}\``, help);
  }
}

function needFeature(checking: Checking, known: ReadonlySet<string>, id: string | undefined, at: string): void {
  if (id === undefined || known.has(id) || isFull(checking)) return;
  const help = didYouMean(nearest(id, known), "declare it under `features`, with what it does and whom it needs");
  find(checking, "unknown-feature", at, `unknown feature \`${id}\``, help);
}

function checkFeatureCycles(checking: Checking): void {
  const within = new Map(checking.notice.features.map((each) => [each.id, each.within]));
  for (const id of within.keys()) {
    const walked = new Set([id]);
    for (let up = within.get(id); up !== undefined; up = within.get(up)) {
      if (up === id) {
        const help = "let `within` end at a feature that stands alone";
        find(checking, "feature-cycle", `features.${id}.within`, `\`${id}\` can only be on within itself`, help);
      }
      if (walked.has(up)) break;
      walked.add(up);
    }
  }
}

function checkRecipientCycles(checking: Checking): void {
  const through = new Map(checking.notice.recipients.map((each) => [each.id, each.through]));
  for (const [id, direct] of through) {
    const below = new Set(direct);
    for (const each of below) for (const next of through.get(each) ?? []) below.add(next);
    if (!below.has(id) || direct.includes(id)) continue;
    const help = "`through` names what stands below: let it end at a recipient that stands alone";
    find(checking, "recipient-cycle", `recipients.${id}.through`, `\`${id}\` stands on itself`, help);
  }
}
