// The question in a terminal: y, n, or Enter for later; without a terminal, silence and no (looks.md, "The consent region").
import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import type { Prompt } from "../program/index.ts";

export interface TerminalStreams {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
}

/** `seeMore`: a command that shows what exactly would be sent. */
export function createTerminalPrompt(streams: TerminalStreams, seeMore?: string): Prompt {
  return async (question) => {
    const { input, output } = streams;
    if (input.isTTY !== true || output.isTTY !== true) return "later";
    const lines = createInterface({ input, output, terminal: true });
    // Ctrl-C, Ctrl-D and a terminal that goes away are no answer.
    const gone = new AbortController();
    lines.once("close", () => gone.abort());
    try {
      output.write(`\n${plain(question.title)}\n${plain(question.text)}\n`);
      for (const { name, says } of question.details) output.write(`  ${plain(name)}: ${plain(says)}\n`);
      if (seeMore !== undefined) output.write(`See it: ${plain(seeMore)}\n`);
      const reply = (await lines.question("[y]es  [n]o  [Enter] later: ", { signal: gone.signal }))
        .trim()
        .toLowerCase();
      if (reply === "y" || reply === "yes") return "yes";
      return reply === "n" || reply === "no" ? "no" : "later";
    } catch {
      return "later";
    } finally {
      lines.close();
    }
  };
}

/** Words of a notice are shown, not obeyed. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "�");
}
