// docs/reference/cli.md, written from the commands themselves, so that it cannot say otherwise.
import type { Command } from "commander";
import type { Context } from "./context.ts";
import { createProgram, run } from "./program.ts";

const opening = `# The command

\`npm run -s avow -- COMMAND …\`; \`npm start -- …\` is \`avow serve …\`. Where \`avow\` is installed, \`avow COMMAND …\`.

Exit codes: **0** fine, **1** findings, **2** misuse. Results go to standard output, what went wrong to standard error; with \`--json\` both are JSON on standard output. Colour only on a terminal, and not where \`NO_COLOR\` is set. Options that say so can be repeated.
`;

/** One heading for each command that does something, with its help. */
export async function referencePage(): Promise<string> {
  const sections: string[] = [];
  for (const name of commandNames()) sections.push(`## avow ${name}\n\n\`\`\`\n${await helpOf(name)}\n\`\`\`\n`);
  return `${opening}\n${sections.join("\n")}`;
}

/** Every command that does something, e.g. `site add`. */
export function commandNames(): readonly string[] {
  return leavesOf(createProgram(silent(() => undefined)), "");
}

function leavesOf(command: Command, above: string): readonly string[] {
  return command.commands.flatMap((each) => {
    const name = `${above}${each.name()}`;
    return each.commands.length === 0 ? [name] : leavesOf(each, `${name} `);
  });
}

async function helpOf(name: string): Promise<string> {
  const lines: string[] = [];
  await run(
    [...name.split(" "), "--help"],
    silent((text) => lines.push(text)),
  );
  return lines.join("\n").trim();
}

function silent(print: (text: string) => void): Context {
  return {
    terminal: { out: print, err: print, hasColour: false },
    nowMs: () => 0,
    untilStopped: async () => {},
    exitCode: 0,
  };
}
