// Mail without a yes: each message serves a purpose the promise excepts, and its event and words are fixed (clauses.md PS9).
import { type Checking, find } from "./checking.ts";

export function checkMessages(checking: Checking): void {
  const { notice, vocabulary } = checking;
  for (const { id, messages, detail } of notice.promises) {
    const said = detail["except"] ?? [];
    const excepted = typeof said === "string" ? [said] : said;
    for (const message of messages ?? []) {
      if (!vocabulary.has("purpose", message.for)) continue;
      if (excepted.some((each) => vocabulary.isAtOrBelow("purpose", message.for, each))) continue;
      find(
        checking,
        "message-not-excepted",
        `promises.${id}.messages.${message.id}.for`,
        `message \`${message.id}\` serves \`${message.for}\`, which \`${id}\` does not except`,
        `add \`except: [${message.for}]\`, or let the message wait for a yes like all others`,
      );
    }
  }
}
