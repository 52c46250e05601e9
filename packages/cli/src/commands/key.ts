// `avow key`: API keys of a site. A key is shown once; only its SHA-256 is kept, with the purposes it is bound to (clauses.md PY4).
import { type Policy, type Vocabulary, extendVocabulary, indexVocabulary, nearest } from "@avow/policy";
import type { Records, Site } from "@avow/store";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { CommandFailure } from "../failure.ts";
import { noticeById } from "../notice-files.ts";
import { collected, defaultData, examples } from "../options.ts";
import { noticeDirs, servedVocabulary, withRecords } from "../records.ts";
import { aligned } from "../terminal.ts";

interface KeyOptions extends CommonOptions {
  readonly data: string;
}

interface CreateOptions extends KeyOptions {
  readonly site: string;
  readonly purpose?: readonly string[];
  readonly notices?: readonly string[];
}

export function addKey(program: Command, context: Context): void {
  const key = program.command("key").description("API keys for asking a site's statistics");
  key
    .command("create")
    .description("print a new key, once; it is bound to its purposes for ever")
    .requiredOption("--site <domain>", "the site it may ask about")
    .option(
      "--purpose <purpose>",
      "what it may be used for, in words of the notice; repeatable; default: what visits are measured for",
      collected,
    )
    .option("--data <dir>", "data directory of the server", defaultData)
    .option("--notices <dir>", "where notices are, beside those the server serves; repeatable", collected)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples(
        "npm run -s avow -- key create --site my.example --data ./data",
        'npm run -s avow -- key create --site my.example --purpose "usage statistics"',
      ),
    )
    .action((options: CreateOptions) => create(context, options));
  key
    .command("list")
    .description("list keys by id; the keys themselves are kept nowhere")
    .option("--data <dir>", "data directory of the server", defaultData)
    .option("--json", "print JSON")
    .addHelpText("after", examples("npm run -s avow -- key list --data ./data"))
    .action((options: KeyOptions) => list(context, options));
  key
    .command("remove")
    .description("end a key at once")
    .argument("<id>", "its id, from `avow key list`")
    .option("--data <dir>", "data directory of the server", defaultData)
    .option("--json", "print JSON")
    .addHelpText("after", examples("npm run -s avow -- key remove 3f9c2a71b0de --data ./data"))
    .action((id: string, options: KeyOptions) => remove(context, id, options));
}

async function create(context: Context, options: CreateOptions): Promise<void> {
  const { hashSecret, newSecret, settingPurpose } = await import("@avow/server");
  const token = newSecret("avow_");
  const key = await withRecords(options.data, async (records) => {
    const site = await siteOf(records, options.site);
    const vocabulary = await servedVocabulary(records);
    const { policy } = await noticeById(site.notice, await noticeDirs(records, options.notices), vocabulary);
    const purposes = purposesOf(policy, vocabulary, options.purpose, settingPurpose);
    // The id is the hash's beginning: it can be told to others, and finds the key again.
    const hash = hashSecret(token);
    const added = { id: hash.slice(0, 12), hash, site: site.domain, purposes, createdAtMs: context.nowMs() };
    await records.addKey(added);
    return added;
  });
  report(context, options, { key: token, id: key.id, site: key.site, purposes: key.purposes }, token);
}

async function siteOf(records: Records, given: string): Promise<Site> {
  const domain = given.toLowerCase().replace(/^www\./, "");
  const site = await records.site(domain);
  if (site !== undefined) return site;
  const near = nearest(
    domain,
    (await records.sites()).map((each) => each.domain),
  );
  throw new CommandFailure(`no site \`${given}\``, {
    help:
      near === undefined
        ? `add it: npm run -s avow -- site add ${domain} --notice ID`
        : `did you mean \`${near}\`? others are in: npm run -s avow -- site list`,
  });
}

/** @throws CommandFailure for a purpose that stands at or below none the notice declares. */
function purposesOf(
  policy: Policy,
  vocabulary: Vocabulary,
  asked: readonly string[] | undefined,
  settingPurpose: string,
): readonly string[] {
  const notices = [policy, ...parentsOf(policy)].map(({ notice }) => notice);
  const practices = notices.flatMap((notice) => notice.practices);
  const declared = [...new Set(practices.flatMap((practice) => practice.for))];
  const measured = practices
    .filter(({ data, from }) => data.includes("page") && from.includes("visitor"))
    .flatMap((practice) => practice.for);
  const words = indexVocabulary(extendVocabulary(vocabulary, notices.toReversed()));
  for (const purpose of asked ?? []) {
    // Of the installation itself, which Avow's own notice declares; it opens no data.
    if (purpose === settingPurpose) continue;
    if (declared.some((broad) => words.isAtOrBelow("purpose", purpose, broad))) continue;
    const near = nearest(
      purpose,
      words.keys("purpose").filter((key) => declared.some((broad) => words.isAtOrBelow("purpose", key, broad))),
    );
    throw new CommandFailure(`notice \`${policy.id}\` declares no purpose \`${purpose}\``, {
      help:
        near === undefined
          ? `it declares: ${declared.join(", ")}`
          : `did you mean \`${near}\`? it declares: ${declared.join(", ")}`,
    });
  }
  const purposes = [...new Set(asked ?? measured)];
  if (purposes.length === 0)
    throw new CommandFailure(`notice \`${policy.id}\` measures no visits`, {
      help: "name what the key is for with --purpose",
    });
  return purposes;
}

function parentsOf({ parent }: Policy): readonly Policy[] {
  return parent === undefined ? [] : [parent, ...parentsOf(parent)];
}

async function list(context: Context, options: KeyOptions): Promise<void> {
  const kept = await withRecords(options.data, (records) => records.keys());
  const keys = kept.map(({ id, site, purposes, createdAtMs }) => ({
    id,
    site,
    purposes,
    createdAt: new Date(createdAtMs).toISOString(),
  }));
  const table = aligned([
    ["id", "site", "made on", "for"],
    ...keys.map((key) => [key.id, key.site, key.createdAt.slice(0, 10), key.purposes.join(", ")]),
  ]);
  report(
    context,
    options,
    { keys },
    keys.length === 0 ? "no keys yet\n  make one: npm run -s avow -- key create --site my.example" : table,
  );
}

async function remove(context: Context, id: string, options: KeyOptions): Promise<void> {
  const isRemoved = await withRecords(options.data, (records) => records.removeKey(id));
  if (!isRemoved) throw new CommandFailure(`no key \`${id}\``, { help: "ids are in: npm run -s avow -- key list" });
  report(context, options, { removed: id }, `key ${id} is ended`);
}
