// Reads a declaration: every key known, every value what it must be, each mistake with its place.
import { intervals, precisions } from "@avow/gate/telemetry-schema";
import { nearest } from "@avow/policy";
import type { Declaration, DeclaredEvent, DeclaredField, Steward } from "./declaration.ts";
import { type Placed, type Reading, type Span, listOf, mapOf, readPlaced, say, textOf } from "./placed-value.ts";
import { isDay, lengthMs, shareOf } from "./small-values.ts";

const topKeys = ["telemetry", "title", "notice", "feature", "from", "collector", "upload", "categories", "events"];
const stewardKeys = ["owner", "purpose", "expires", "review", "category"];
const eventKeys = ["schema", ...stewardKeys, "sample", "once", "time", "count by", "fields"];
const fieldKeys = ["data", ...stewardKeys, "not personal", "means"];

/** A block of keys, with what it is called in messages. */
interface Block {
  readonly reading: Reading;
  readonly what: string;
  readonly span: Span;
  readonly keys: ReadonlyMap<string, Placed>;
}

/** Undefined where nothing can be made of it; why is said. */
export function readDeclaration(reading: Reading, text: string): Declaration | undefined {
  const root = readPlaced(reading, text);
  if (root === undefined) return undefined;
  const block = blockOf(reading, root, "a declaration", topKeys);
  if (block === undefined) return undefined;
  const upload = uploadOf(block);
  const feature = needText(block, "feature");
  const categories = new Map([["unrestricted", { feature, span: root.span }]]);
  for (const [name, node] of mapOf(block.keys.get("categories")) ?? []) {
    categories.set(name, { feature: textOf(node) ?? "", span: node.span });
  }
  const id = needText(block, "telemetry");
  if (id !== "" && !/^[a-z\d]+(?:-[a-z\d]+)*$/.test(id))
    wrong(block, "telemetry", "lower-case words joined by hyphens");
  const collector = needText(block, "collector");
  if (collector !== "" && URL.parse(collector)?.pathname !== "/api/telemetry") {
    wrong(block, "collector", "an address that ends in /api/telemetry");
  }
  const events = mapOf(need(block, "events"));
  if (events !== undefined && events.size === 0) wrong(block, "events", "at least one event");
  return {
    path: reading.path,
    span: root.span,
    id,
    title: mayText(block, "title") ?? id,
    notice: needText(block, "notice"),
    feature,
    from: mayText(block, "from") ?? "software user",
    collector,
    ...upload,
    categories,
    events: [...(events ?? [])].flatMap(([each, node]) => readEvent(reading, each, node) ?? []),
  };
}

function uploadOf(block: Block): { readonly everyMs: number; readonly withinMs: number } {
  const node = block.keys.get("upload");
  const upload = node === undefined ? undefined : blockOf(block.reading, node, "`upload`", ["every", "within"]);
  const everyMs = lengthMs(upload === undefined ? undefined : mayText(upload, "every")) ?? 86_400_000;
  const withinMs = lengthMs(upload === undefined ? undefined : mayText(upload, "within")) ?? 43_200_000;
  for (const key of ["every", "within"]) {
    const text = textOf(upload?.keys.get(key));
    if (upload !== undefined && text !== undefined && lengthMs(text) === undefined)
      wrong(upload, key, "a length, e.g. `6 hours`");
  }
  if (upload !== undefined && everyMs < 86_400_000) wrong(upload, "every", "a day at least: one batch a day is made");
  return { everyMs, withinMs };
}

function readEvent(reading: Reading, id: string, node: Placed): DeclaredEvent | undefined {
  const block = blockOf(reading, node, `the event \`${id.slice(0, 100)}\``, eventKeys);
  if (block === undefined) return undefined;
  const steward = stewardOf(block);
  for (const key of stewardKeys) if (!block.keys.has(key)) need(block, key);
  const share = block.keys.get("sample");
  const sample = share === undefined ? 1 : shareOf(share.value);
  if (sample === undefined) wrong(block, "sample", "a share, e.g. `1 in 10`");
  const once = wordOf(block, "once", intervals);
  const time = wordOf(block, "time", precisions);
  const fields = new Map<string, DeclaredField>();
  for (const [path, each] of mapOf(block.keys.get("fields")) ?? []) {
    const field = readField(reading, id, path, each);
    if (field !== undefined) fields.set(path, field);
  }
  return {
    id,
    span: block.span,
    schema: needText(block, "schema"),
    ...steward,
    sample: sample ?? 1,
    ...(once === undefined ? {} : { once }),
    time: time ?? "day",
    countBy: textsOf(block, "count by") ?? [],
    fields,
  };
}

function readField(reading: Reading, id: string, path: string, node: Placed): DeclaredField | undefined {
  const what = `the field \`${path.slice(0, 60)}\` of \`${id.slice(0, 100)}\``;
  const block = blockOf(reading, node, what, fieldKeys);
  if (block === undefined) return undefined;
  const data = needText(block, "data");
  const [notPersonal, means] = [mayText(block, "not personal"), mayText(block, "means")];
  return {
    path,
    span: block.span,
    data,
    ...stewardOf(block),
    ...(notPersonal === undefined ? {} : { notPersonal }),
    ...(means === undefined ? {} : { means }),
  };
}

function stewardOf(block: Block): Steward {
  const [owner, purpose, expires, review] = ["owner", "purpose", "expires", "review"].map((key) => mayText(block, key));
  const categories = textsOf(block, "category");
  if (expires !== undefined && !isDay(expires)) wrong(block, "expires", "a day, e.g. `2027-06-30`");
  if (review !== undefined && !review.startsWith("https://")) wrong(block, "review", "an https address");
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(expires === undefined ? {} : { expires }),
    ...(review === undefined ? {} : { review }),
    ...(categories === undefined ? {} : { categories }),
  };
}

function blockOf(reading: Reading, node: Placed, what: string, known: readonly string[]): Block | undefined {
  const keys = mapOf(node);
  if (keys === undefined) {
    say(reading, "telemetry-bad-value", node.span, `${what} is a block of keys`, `of: ${known.join(", ")}`);
    return undefined;
  }
  for (const [key, { span }] of keys) {
    if (known.includes(key)) continue;
    const meant = nearest(key, known);
    const help = meant === undefined ? `one of: ${known.join(", ")}` : `did you mean \`${meant}\`?`;
    say(reading, "telemetry-unknown-key", span, `\`${key.slice(0, 60)}\` is no key of ${what}`, help);
  }
  return { reading, what, span: node.span, keys };
}

function need(block: Block, key: string): Placed | undefined {
  const found = block.keys.get(key);
  if (found === undefined) {
    say(
      block.reading,
      "telemetry-missing",
      block.span,
      `\`${key}\` of ${block.what} is missing`,
      "nobody can answer for it without",
    );
  }
  return found;
}

function needText(block: Block, key: string): string {
  return need(block, key) === undefined ? "" : (mayText(block, key) ?? "");
}

function mayText(block: Block, key: string): string | undefined {
  const node = block.keys.get(key);
  if (node === undefined) return undefined;
  const text = textOf(node)?.trim();
  if (text !== undefined && text !== "" && text.length <= 500) return text;
  wrong(block, key, "a text of at most 500 characters");
  return undefined;
}

function textsOf(block: Block, key: string): readonly string[] | undefined {
  const node = block.keys.get(key);
  if (node === undefined) return undefined;
  const texts = (listOf(node) ?? [node]).map(textOf);
  if (texts.every((text) => text !== undefined && text !== "")) return texts.filter((text) => text !== undefined);
  wrong(block, key, "a word, or a list of words");
  return undefined;
}

function wordOf<Word extends string>(block: Block, key: string, words: readonly Word[]): Word | undefined {
  const text = mayText(block, key);
  const found = words.find((word) => word === text);
  if (text !== undefined && found === undefined) wrong(block, key, `one of: ${words.join(", ")}`);
  return found;
}

function wrong({ reading, keys, what, span }: Block, key: string, must: string): void {
  say(
    reading,
    "telemetry-bad-value",
    keys.get(key)?.span ?? span,
    `\`${key}\` of ${what} must be something else`,
    must,
  );
}
