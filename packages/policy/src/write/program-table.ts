// What a program needs of a notice at run time, as plain JSON: its features, whom each contacts, and the hash of exactly that (docs/design/inside-software.md).
import { canonicalJson } from "../compile/canonical-json.ts";
import { sha256Hex } from "../compile/sha256-hex.ts";
import type { Feature, Practice, Recipient } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";

/** Somebody a feature contacts, as its notice describes it. Absent is "not stated", never "none". */
export interface ProgramContact {
  readonly id: string;
  readonly name: string;
  readonly does: string;
  /** `*.example.org` is every host below it. Empty: taken from configuration when it is used, unless it is only behind another. */
  readonly hosts: readonly string[];
  /** What the feature needs stands on it; nobody asks it directly. */
  readonly isBehind?: true;
  readonly holds: string;
  /** In vocabulary terms. */
  readonly sees?: readonly string[];
  readonly keeps?: string;
  readonly usesFor?: readonly string[];
  readonly privacy?: string;
}

export interface ProgramFeature {
  readonly id: string;
  readonly does: string;
  /** Nothing without a yes to this one. */
  readonly within?: string;
  /** How the author turns it off for a whole installation. */
  readonly off?: string;
  readonly contacts: readonly ProgramContact[];
  /** Data that goes there, and what for, of every practice that needs the feature. */
  readonly sends: readonly string[];
  readonly for: readonly string[];
  /** SHA-256 (hex) of the canonical JSON of the rest: an answer holds for one declaration only. */
  readonly declaration: string;
}

export interface ProgramTable {
  readonly notice: string;
  readonly title: string;
  readonly version: string;
  readonly contact: string;
  readonly features: readonly ProgramFeature[];
}

/** Own features and those of the notices this one is an addendum to; the nearest of an id stands. */
export function programTable(policy: Policy): ProgramTable {
  const seen = new Map<string, ProgramFeature>();
  for (const { features } of noticesOf(policy)) {
    for (const each of features) if (!seen.has(each.id)) seen.set(each.id, declared(each, policy));
  }
  const { id, title, version, controller } = policy;
  return { notice: id, title, version, contact: controller.contact, features: [...seen.values()] };
}

function declared(feature: Feature, policy: Policy): ProgramFeature {
  const { id, does, within, off, needs } = feature;
  const practices = noticesOf(policy).flatMap((each) => each.practices);
  const using = practices.filter((each) => each.needs === id);
  const said = {
    id,
    does,
    ...(within === undefined ? {} : { within }),
    ...(off === undefined ? {} : { off }),
    contacts: contactsOf(needs, policy),
    sends: wordsOf(using, ({ sends }) => sends),
    for: wordsOf(using, (each) => each.for),
  };
  return { ...said, declaration: sha256Hex(canonicalJson(said)) };
}

/** Whom it needs, and whom these stand on. */
function contactsOf(needs: readonly string[], policy: Policy): readonly ProgramContact[] {
  const recipients = new Map<string, Recipient>();
  for (const { recipients: own } of noticesOf(policy).toReversed())
    for (const each of own) recipients.set(each.id, each);
  const reached = new Set(needs);
  for (const id of reached) for (const each of recipients.get(id)?.through ?? []) reached.add(each);
  return [...reached].flatMap((id) => {
    const found = recipients.get(id);
    return found === undefined ? [] : [contactOf(found, needs.includes(id))];
  });
}

function contactOf(recipient: Recipient, isNeeded: boolean): ProgramContact {
  const { id, name, does, hosts, holds, sees, keeps, usesFor, privacy } = recipient;
  return {
    id,
    name,
    does,
    hosts,
    ...(isNeeded ? {} : { isBehind: true as const }),
    holds,
    ...(sees === undefined ? {} : { sees }),
    ...(keeps === undefined ? {} : { keeps: keeps.text }),
    ...(usesFor === undefined ? {} : { usesFor }),
    ...(privacy === undefined ? {} : { privacy }),
  };
}

function wordsOf(practices: readonly Practice[], of: (practice: Practice) => readonly string[]): readonly string[] {
  return [...new Set(practices.flatMap(of))].toSorted();
}

function noticesOf(policy: Policy): readonly Policy["notice"][] {
  return policy.parent === undefined ? [policy.notice] : [policy.notice, ...noticesOf(policy.parent)];
}
