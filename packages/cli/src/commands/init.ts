// `avow init`: a starter notice for one's own site, made from notices/example, checked before it is called written.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatDiagnostic } from "@avow/policy";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { errorsOf, hasErrors, readNotice } from "../notice-files.ts";
import { domainOf, exampleNotice, examples } from "../options.ts";

interface InitOptions extends CommonOptions {
  readonly id?: string;
  readonly notices: string;
  readonly title?: string;
  readonly controller?: string;
  readonly contact?: string;
}

export function addInit(program: Command, context: Context): void {
  program
    .command("init")
    .description("write a starter notice for a site: what ordinary analytics measure, and what they never do")
    .argument("<domain>", "the site it covers, for example my.example")
    .option("--id <id>", "name of the notice: lower case, digits, hyphens; default: the first part of the domain")
    .option("--notices <dir>", "where notices are; writes DIR/ID/notice.yaml", "my-notices")
    .option("--title <title>", "default: Privacy notice of DOMAIN")
    .option("--controller <name>", "who answers for the data; default: DOMAIN")
    .option("--contact <address>", "where people ask; default: privacy@DOMAIN")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples(
        "npm run -s avow -- init my.example --id my --notices ./my-notices",
        'npm run -s avow -- init my.example --controller "My Foundation" --contact privacy@my.example',
      ),
    )
    .action((domain: string, options: InitOptions) => init(context, domain, options));
}

async function init(context: Context, given: string, options: InitOptions): Promise<void> {
  const domain = domainOf(given);
  if (domain === undefined)
    throw misuse(`\`${given}\` is not a domain`, "give a host name like my.example, without https:// and path");
  const id = options.id ?? domain.split(".")[0] ?? "";
  requireId(id);
  const path = join(options.notices, id, "notice.yaml");
  const text = starterOf(readFileSync(exampleNotice(), "utf8"), {
    id,
    domain,
    title: options.title ?? `Privacy notice of ${domain}`,
    controller: options.controller ?? domain,
    contact: options.contact ?? `privacy@${domain}`,
  });
  writeNew(path, text);
  const written = await readNotice(path);
  if (hasErrors(written)) {
    rmSync(path);
    throw new CommandFailure(
      `nothing written: the notice would not pass its check\n${errorsOf(written).map(formatDiagnostic).join("\n")}`,
      {
        help: "change what the options say",
      },
    );
  }
  const next = [
    `npm start -- --notices ${options.notices}`,
    `npm run -s avow -- site add ${domain} --notice ${id} --notices ${options.notices}`,
  ];
  report(
    context,
    options,
    { path, notice: id, covers: [domain], next },
    `wrote ${path}; read it, it is yours to change\nnext:\n${next.map((line) => `  ${line}`).join("\n")}`,
  );
}

function requireId(id: string): void {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id) || id.length > 60) {
    throw misuse(
      `\`${id}\` is not a notice id`,
      "use lower-case letters, digits and single hyphens, for example my-site",
    );
  }
  if (id === "avow") throw misuse("`avow` is the notice of the installation itself", "give another with --id");
}

interface Starter {
  readonly id: string;
  readonly domain: string;
  readonly title: string;
  readonly controller: string;
  readonly contact: string;
}

/** The example with its head replaced; everything below stands as it is. */
export function starterOf(example: string, starter: Starter): string {
  const head: readonly (readonly [RegExp, string])[] = [
    // The example's own introduction.
    [/^(?:#.*\n|\n)+/, ""],
    [/^notice: .*$/m, `notice: ${starter.id}`],
    [/^title: .*$/m, `title: ${plainOrQuoted(starter.title)}`],
    [/^example: .*\n/m, ""],
    [
      /^controller: .*$/m,
      `controller: { name: ${plainOrQuoted(starter.controller)}, contact: ${plainOrQuoted(starter.contact)} }`,
    ],
    [/^covers: .*$/m, `covers: [${starter.domain}]`],
  ];
  // As functions: a `$` in a name is a letter like any other.
  return head
    .reduce((text, [line, by]) => text.replace(line, () => by), example)
    .replaceAll("example.org", () => starter.domain);
}

/** YAML for a word or words that can only be read as text; anything else in quotes. */
function plainOrQuoted(value: string): string {
  const isPlain = /^[a-z][\w@./-]*(?: [\w@./-]+)*$/i.test(value) && /[ @.]/.test(value);
  return isPlain ? value : JSON.stringify(value);
}

function writeNew(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST")
      throw new CommandFailure(`\`${path}\` exists; nothing was changed`, {
        help: "edit it, or give another name with --id",
        cause: error,
      });
    throw new CommandFailure(`\`${path}\` cannot be written (${code ?? "fault"})`, {
      help: "give a directory you may write to with --notices",
      cause: error,
    });
  }
}
