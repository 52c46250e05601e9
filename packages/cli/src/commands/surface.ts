// `avow surface`: for every datum what is held, where, since when and for how long, or that no such records exist.
import { type Policy, type SurfaceField, type Vocabulary, surface as surfaceOf } from "@avow/policy";
import type { Command } from "commander";
import { type CommonOptions, type Context, report } from "../context.ts";
import { type NoticeFile, policyOf, readNotice, someNoticesBelow, unsoundText } from "../notice-files.ts";
import { collected, examples, shippedNotices } from "../options.ts";
import { noticeDirs, withRecords } from "../records.ts";
import { termsOption, vocabularyWith } from "../term-file.ts";
import { type Stored, placesOf, sinceOf, storedIn } from "./surface-stores.ts";

interface SurfaceOptions extends CommonOptions {
  readonly notice?: string;
  readonly data?: string;
  readonly notices?: readonly string[];
  readonly terms?: string;
}

interface Placed extends SurfaceField {
  /** Columns that hold it, `store table.column`; only with a data directory. */
  readonly where?: readonly string[];
  /** First row's day, or the day its practice was first served; only with a data directory. */
  readonly since?: string;
}

interface NoticeSurface {
  readonly notice: string;
  readonly title: string;
  readonly version: string;
  readonly example?: string;
  readonly contact: string;
  readonly fields: readonly Placed[];
}

export function addSurface(program: Command, context: Context): void {
  program
    .command("surface")
    .description("before any subpoena: what is held of each datum, where, since when, or that no such records exist")
    .option("--notice <notice>", "its id, or a notice file; default: every notice")
    .option("--data <dir>", "data directory of the server: adds stores, columns and first days")
    .option("--notices <dir>", "a directory of notices; repeatable; default: those that come with Avow", collected)
    .option(...termsOption)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nWith --data, exit 1 where a store has a column that no notice here accounts for.\n${examples(
        "npm run -s avow -- surface --notice pypi",
        "npm run -s avow -- surface --data ./data",
      )}`,
    )
    .action((options: SurfaceOptions) => surface(context, options));
}

async function surface(context: Context, options: SurfaceOptions): Promise<void> {
  const vocabulary = vocabularyWith(options.terms);
  const dirs =
    options.data === undefined
      ? (options.notices ?? [shippedNotices()])
      : await withRecords(options.data, (records) => noticeDirs(records, options.notices));
  const read = options.notice === undefined ? await allNotices(dirs, vocabulary) : [];
  const policies =
    options.notice === undefined
      ? read.flatMap(({ policy }) => (policy === undefined ? [] : [policy]))
      : [await policyOf(options.notice, dirs, vocabulary)];
  const stored = options.data === undefined ? undefined : await storedIn(options.data, dirs, vocabulary);
  const notices = policies.map((policy): NoticeSurface => {
    const { id, title, version, example, controller } = policy;
    const fields = surfaceOf(policy, vocabulary).map((field) => placed(policy, field, stored));
    return {
      notice: id,
      title,
      version,
      ...(example === undefined ? {} : { example }),
      contact: controller.contact,
      fields,
    };
  });
  const undeclared = stored?.undeclared ?? [];
  if (undeclared.length > 0) context.exitCode = 1;
  const busy =
    stored?.isBusy === true ? ["the events are open in a running server: their first days are known to it"] : [];
  const notes = [...busy, ...undeclared, ...unsoundText(read)];
  report(
    context,
    options,
    { notices, notes },
    [...notices.map((each) => text(each, stored !== undefined)), ...notes].join("\n\n"),
  );
}

function allNotices(dirs: readonly string[], vocabulary: Vocabulary): Promise<readonly NoticeFile[]> {
  return Promise.all(someNoticesBelow(dirs).map((path) => readNotice(path, undefined, vocabulary)));
}

function placed(policy: Policy, field: SurfaceField, stored: Stored | undefined): Placed {
  if (stored === undefined || (field.standing !== "held" && field.standing !== "may be held")) return field;
  const practices = field.uses.map(({ practice }) => practice);
  const where = placesOf(stored, field.data, practices, policy);
  const since = sinceOf(stored, policy, practices);
  return { ...field, where, ...(since === undefined ? {} : { since }) };
}

/** A declaration cannot say that something does not exist: only that nobody declared it. */
function text({ title, notice, version, example, contact, fields }: NoticeSurface, isStored: boolean): string {
  const detailed = fields.filter(({ uses, seenBy }) => uses.length + seenBy.length > 0);
  const absent = fields
    .filter(({ standing, seenBy }) => standing === "no such records exist" && seenBy.length === 0)
    .map(({ data }) => data);
  return [
    `${title} (${notice}), version ${version}`,
    ...(example === undefined ? [] : [`example ${example}`]),
    ...detailed.map((each) => fieldText(each, isStored)),
    `${isStored ? "no such records exist" : "no such records are declared"}: ${absent.length === 0 ? "of nothing; see above" : absent.join(", ")}`,
    ...(isStored ? [] : ["by the declaration alone; what the stores hold is looked up with --data"]),
    `questions: ${contact}`,
  ].join("\n");
}

function fieldText({ data, standing, uses, seenBy, where, since }: Placed, isStored: boolean): string {
  const places = where === undefined ? [] : [where.length === 0 ? "in no column here" : `in ${where.join(", ")}`];
  const from = since === undefined ? [] : [`since ${since}`];
  const held = isStored || standing !== "no such records exist" ? standing : "not with us";
  const head = `${data}: ${[held, ...places, ...from].join(", ")}`;
  return [
    head,
    ...uses.map(({ practice, from: whom, keeps, to, isPublic, assumed }) => {
      const who = isPublic ? ["the public", ...to] : to;
      const unstated = assumed.length === 0 ? "" : ` (assumed: ${assumed.join(", ")})`;
      return `  ${practice}, from ${whom.join(", ")}: ${keeps.length === 0 ? "not kept" : keeps.join(", then ")}; ${isPublic ? "public" : "private"}, to ${who.length === 0 ? "nobody" : who.join(", ")}${unstated}`;
    }),
    ...(seenBy.length === 0
      ? []
      : [`  seen by ${seenBy.join(", ")}, reached by the person's own machine: what becomes of it there is theirs`]),
  ].join("\n");
}
