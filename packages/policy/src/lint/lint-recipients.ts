// What recipients do beyond what our practices say: see data nobody sends them for a purpose, keep it longer, use it for more.
import { isKeepAtOrBelow } from "../compare/orders/keep.ts";
import { type Checking, find, warn } from "../check/checking.ts";
import type { Practice, Recipient } from "../model/notice.ts";
import { isHeldByUs } from "../model/practice-reach.ts";
import { isCovered, practicesAbove } from "./covering.ts";

export function lintRecipients(checking: Checking): void {
  const { notice, parent } = checking;
  const all = [...notice.practices, ...practicesAbove(parent)];
  const serves = new Map<string, Practice[]>();
  for (const practice of all)
    for (const id of practice.to) {
      const list = serves.get(id);
      if (list === undefined) serves.set(id, [practice]);
      else list.push(practice);
    }
  for (const recipient of notice.recipients) {
    const served = serves.get(recipient.id) ?? [];
    lintSeen(checking, recipient, served);
    lintKept(checking, recipient, served);
    lintUsed(checking, recipient, served);
  }
}

function lintSeen(checking: Checking, { id, sees }: Recipient, served: readonly Practice[]): void {
  const { vocabulary } = checking;
  const sent = served.flatMap((each) => each.sends);
  // Nothing is sent at all: that is another finding.
  if (sent.length === 0) return;
  for (const [number, word] of (sees ?? []).entries()) {
    if (isCovered(vocabulary, "data", [word], sent)) continue;
    warn(
      checking,
      "no-purpose",
      `recipients.${id}.sees.${number}`,
      `\`${id}\` sees \`${word}\`, which no practice sends it for any purpose`,
      "add it to the practice it comes with, or see to it that it does not come there",
    );
  }
}

/** What we do not keep ourselves has no keeping of ours to compare with. */
function lintKept(checking: Checking, recipient: Recipient, served: readonly Practice[]): void {
  const { id, keeps } = recipient;
  if (keeps === undefined) return;
  const held = served.filter(isHeldByUs);
  const wider = held.find(({ keep }) => !keep.some((stage) => isKeepAtOrBelow(keeps, stage.keep)));
  if (wider === undefined) return;
  const ours = wider.keep.at(-1)?.keep.text ?? "";
  reportWider(
    checking,
    recipient,
    "keeps",
    `\`${id}\` keeps what it gets ${keeps.text}, \`${wider.id}\` only ${ours}`,
    "agree on a shorter time with it, or say the longer one in the practice",
  );
}

function lintUsed(checking: Checking, recipient: Recipient, served: readonly Practice[]): void {
  const { id, usesFor } = recipient;
  if (usesFor === undefined || served.length === 0) return;
  const ours = served.flatMap((each) => each.for);
  const more = usesFor.filter((each) => !isCovered(checking.vocabulary, "purpose", [each], ours));
  if (more.length === 0) return;
  reportWider(
    checking,
    recipient,
    "for",
    `\`${id}\` uses what it gets for ${more.map((each) => `\`${each}\``).join(", ")}, which no practice sends it for`,
    "agree with it that it does not, or say the purpose in a practice",
  );
}

/** A processor may do only what we do (PS8): an error. What others do is theirs, and said. */
function reportWider(checking: Checking, { id, role }: Recipient, key: string, message: string, help: string): void {
  const report = role === "processor" ? find : warn;
  report(checking, "recipient-wider", `recipients.${id}.${key}`, message, help);
}
