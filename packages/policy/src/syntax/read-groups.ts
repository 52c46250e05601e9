// The `groups:` section: one name for several recipients, written out to its members wherever it stands.
import { placeWords } from "../model/values.ts";
import { type Place, readBlock, readTexts, shortened } from "./blocks.ts";
import { isId } from "./fields.ts";
import { type Reading, report } from "./reading.ts";
import type { Span } from "../model/notice.ts";

interface Member {
  readonly id: string;
  readonly span: Span;
}

export interface Groups {
  readonly members: ReadonlyMap<string, readonly Member[]>;
  readonly spans: ReadonlyMap<string, Span>;
  /** Names that stood somewhere so far. */
  readonly used: Set<string>;
}

/** A group stands in each practice that names it, written out. */
const mostMembers = 100;

export function readGroups(reading: Reading, place: Place | undefined): Groups {
  const members = new Map<string, readonly Member[]>();
  const spans = new Map<string, Span>();
  const block = place === undefined ? undefined : readBlock(reading, place, "`groups`");
  if (place !== undefined && block?.entries.size === 0)
    report(reading, "empty-list", place.span, "`groups` is empty", "leave the key out");
  for (const [id, entry] of block?.entries ?? []) {
    if (!isId(reading, { ...entry, node: null }, id) || !isFree(reading, entry, id)) continue;
    const ids = readTexts(reading, entry, `group \`${id}\``) ?? [];
    if (ids.length > mostMembers) {
      const help = "name those a practice serves; nobody reads a longer list";
      report(reading, "too-many-parts", entry.span, `group \`${id}\` has more than ${mostMembers} members`, help);
      continue;
    }
    members.set(
      id,
      ids.map((each, number) => ({ id: each, span: reading.spans.get(`${entry.at}.${number}`) ?? entry.span })),
    );
    spans.set(id, entry.span);
  }
  return { members, spans, used: new Set() };
}

/** `public` and its like are words of `to` already. */
export function isFree(reading: Reading, { span }: Place, id: string): boolean {
  if (!(placeWords as readonly string[]).includes(id)) return true;
  report(reading, "bad-id", span, `\`${id}\` is a word of the language`, "choose another id");
  return false;
}

/** The ids with every group in its members' place, each once; positions of members are where the group names them. */
export function expandGroups(reading: Reading, groups: Groups, at: string, ids: readonly string[]): string[] {
  if (!ids.some((id) => groups.members.has(id))) return [...ids];
  const found = new Map<string, Span | undefined>();
  for (const [number, id] of ids.entries()) {
    const members = groups.members.get(id);
    if (members === undefined) found.set(id, reading.spans.get(`${at}.${number}`));
    else groups.used.add(id);
    for (const member of members ?? []) if (!found.has(member.id)) found.set(member.id, member.span);
  }
  for (const [number, span] of [...found.values()].entries())
    if (span !== undefined) reading.spans.set(`${at}.${number}`, span);
  return [...found.keys()];
}

/** A group has members, not groups, and is used: dead text hides meaning. */
export function checkGroups(reading: Reading, groups: Groups, recipients: readonly string[]): void {
  for (const [id, members] of groups.members) {
    const span = groups.spans.get(id) ?? { line: 1, column: 1 };
    if (recipients.includes(id))
      report(reading, "duplicate-id", span, `\`${id}\` names a recipient and a group`, "give the group another id");
    if (!groups.used.has(id))
      report(
        reading,
        "unused-group",
        span,
        `group \`${shortened(id)}\` is used nowhere`,
        "name it in `to`, or delete it",
      );
    for (const member of members) {
      if (groups.members.has(member.id))
        report(
          reading,
          "bad-value",
          member.span,
          `group \`${id}\` names the group \`${member.id}\``,
          "name the recipients themselves",
        );
    }
  }
}
