// Transcripts: commands with what they print and how they end, as text files that are tests (transcripts/*.txt).

/** One command of a transcript. */
export interface Step {
  readonly line: number;
  /** `git` sets the scene and must succeed; what it prints is nobody's concern. */
  readonly program: "avow" | "git";
  readonly argv: readonly string[];
  /** What is printed: standard error lines begin with `! `, the last line is `[exit N]`. */
  readonly expected: readonly string[];
}

export interface Transcript {
  readonly steps: readonly Step[];
  /** Files to be there before the first command, by relative path. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * `# …` is a comment, `$ avow …` or `$ git …` a command, what follows it is expected, `-- path --` begins a file to the next such
 * line or the end.
 */
export function parseTranscript(text: string): Transcript {
  const [script = "", ...rest] = text.split(/^-- (.+) --\n/m);
  const files: Record<string, string> = {};
  for (let at = 0; at < rest.length; at += 2) files[rest[at] ?? ""] = rest[at + 1] ?? "";
  const steps: (Omit<Step, "expected"> & { expected: string[] })[] = [];
  for (const [at, line] of script.split("\n").entries()) {
    const [, program, words = ""] = /^\$ (avow|git)\b(.*)$/.exec(line) ?? [];
    if (program === "avow" || program === "git")
      steps.push({ line: at + 1, program, argv: wordsOf(words), expected: [] });
    else if (!line.startsWith("# ") && steps.length > 0) steps.at(-1)?.expected.push(line);
  }
  return { files, steps: steps.map((step) => ({ ...step, expected: trimmed(step.expected) })) };
}

/** Words of a command line; quotes keep words together. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}

function trimmed(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
}

/** What a transcript leaves open: it differs from run to run. */
const placeholders: Readonly<Record<string, RegExp>> = {
  "<hash>": /[0-9a-f]{64}/,
  "<id>": /[\w-]{8,40}/,
  "<token>": /avow_[\w-]{43}/,
  "<secret>": /[\w-]{43}/,
  "<number>": /\d+(?:\.\d+)?/,
  "<any>": /.*/,
};

/** The printed lines, with those that a placeholder line allows replaced by it, so that a difference reads as one. */
export function matched(printed: readonly string[], expected: readonly string[]): readonly string[] {
  return printed.map((line, at) => (allows(expected[at] ?? "", line) ? (expected[at] ?? "") : line));
}

/** The transcript with what each step printed, by the step's line; what was left open stays open. */
export function rewritten(text: string, printed: ReadonlyMap<number, readonly string[]>): string {
  const { steps } = parseTranscript(text);
  const lines = text.split("\n");
  for (const { line, expected } of steps.toReversed()) {
    const now = printed.get(line)?.map((each, at) => {
      const open = [expected[at] ?? "", ...expected].filter((known) => known !== each && allows(known, each));
      return expected.includes(each) ? each : (open.find((known) => known.trim() !== "<any>") ?? open[0] ?? each);
    });
    if (now !== undefined) lines.splice(line, expected.length, ...now);
  }
  return lines.join("\n");
}

function allows(expected: string, line: string): boolean {
  const pattern = expected
    .split(/(<[a-z]+>)/)
    .map((part) => placeholders[part]?.source ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join("");
  return new RegExp(`^${pattern}$`).test(line);
}
