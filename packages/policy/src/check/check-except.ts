// Exceptions name something that is excepted, on one axis, and leave something.
import { exceptFaults } from "../terms/settle-notice.ts";
import { type Checking, didYouMean, find } from "./checking.ts";

/** `checking.notice` as written, before its exceptions are compiled away. */
export function checkExceptions(checking: Checking): void {
  const { notice, vocabulary } = checking;
  for (const practice of notice.practices) {
    const { id, except } = practice;
    for (const [number, word] of (except ?? []).entries()) {
      if ((["data", "subject", "purpose"] as const).some((kind) => vocabulary.has(kind, word))) continue;
      const meant = vocabulary.nearest("data", word) ?? vocabulary.nearest("purpose", word);
      const help = didYouMean(meant, "name a kind of data, a subject or a purpose below one of this practice");
      find(checking, "unknown-term", `practices.${id}.except.${number}`, `unknown exception \`${shown(word)}\``, help);
    }
    for (const { kind, word, key } of exceptFaults(practice, vocabulary)) {
      const number = word === undefined ? undefined : except?.indexOf(word);
      const at = `practices.${id}.except${number === undefined ? "" : `.${number}`}`;
      if (kind === "leaves nothing") {
        const help = "name something narrower, or leave the practice out";
        find(
          checking,
          "bad-except",
          at,
          `the exceptions of practice \`${id}\` leave nothing of \`${key ?? ""}\``,
          help,
        );
        continue;
      }
      const why =
        kind === "stands below nothing"
          ? "which is no part of what it declares"
          : "which is a part of several of its keys";
      const help = "name a word below one of `data`, `reads`, `from` or `for`";
      find(checking, "bad-except", at, `practice \`${id}\` excepts \`${shown(word ?? "")}\`, ${why}`, help);
    }
  }
}

function shown(word: string): string {
  return word.length > 60 ? `${word.slice(0, 57)}...` : word;
}
