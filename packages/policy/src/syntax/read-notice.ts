// The whole of a notice, section by section, in the order of docs/design/language.md.
import type { Node } from "yaml";
import type { Notice } from "../model/notice.ts";
import { type Place, readBlock, shortened } from "./blocks.ts";
import { field, isId, mayText, mayTexts, needText } from "./fields.ts";
import { readFeatures, readVenues } from "./read-features.ts";
import { readController, readCovers, readInstalled, readTerms, readVersion } from "./read-head.ts";
import { noticeKeys } from "./keys.ts";
import { checkGroups, readGroups } from "./read-groups.ts";
import { readPage, readWords } from "./read-page.ts";
import { readPractices } from "./read-practices.ts";
import { readPromises } from "./read-promises.ts";
import { readRecipients } from "./read-recipients.ts";
import { type Reading, report, spanOf } from "./reading.ts";

/** Other notices are named by a relative path to a YAML file, so that a notice cannot make a check read anything else. */
function readPath(reading: Reading, place: Place | undefined, path: string | undefined): string | undefined {
  if (path === undefined || place === undefined) return undefined;
  if (/\.ya?ml$/.test(path) && !/^[/\\~]|^[a-z][a-z0-9+.-]*:/i.test(path)) return path;
  const help = "write the path of its file, seen from this one, e.g. `../psf/notice.yaml`";
  report(
    reading,
    "bad-value",
    spanOf(reading, place.node, place.span),
    `\`${shortened(path)}\` is no path of a notice`,
    help,
  );
  return undefined;
}

/** Reports what it cannot read; the notice it gives is whole only when nothing was reported. */
export function readNotice(reading: Reading, node: Node | null): Notice | undefined {
  const start = { line: 1, column: 1 };
  if (node === null) {
    const help = "begin it with `avow: 1` and `notice: …`, or run `avow init`";
    report(reading, "empty-file", start, "the file is empty", help);
    return undefined;
  }
  const block = readBlock(reading, { at: "", span: start, node }, "a notice", noticeKeys);
  if (block === undefined) return undefined;
  readVersion(reading, block);
  const id = needText(reading, block, "notice", "the file");
  const idPlace = field(block, "notice");
  if (id !== "" && idPlace !== undefined) isId(reading, idPlace, id);
  const example = mayText(reading, block, "example", "the notice");
  const addendumTo = readPath(
    reading,
    field(block, "addendum to"),
    mayText(reading, block, "addendum to", "the notice"),
  );
  const groups = readGroups(reading, field(block, "groups"));
  const { practices, parts } = readPractices(reading, field(block, "practices"), groups);
  const notice: Omit<Notice, "spans"> = {
    path: reading.path,
    id,
    title: needText(reading, block, "title", "the notice"),
    ...(example === undefined ? {} : { example }),
    controller: readController(reading, block),
    covers: readCovers(reading, field(block, "covers")),
    installed: readInstalled(reading, field(block, "installed")),
    ...(addendumTo === undefined ? {} : { addendumTo }),
    seeAlso: (mayTexts(reading, block, "see also", "the notice") ?? []).flatMap(
      (each) => readPath(reading, field(block, "see also"), each) ?? [],
    ),
    terms: readTerms(reading, field(block, "terms")),
    recipients: readRecipients(reading, field(block, "recipients"), groups),
    features: readFeatures(reading, field(block, "features"), groups),
    venues: readVenues(reading, field(block, "venues")),
    practices,
    promises: readPromises(reading, field(block, "promises"), groups),
    page: readPage(reading, field(block, "page"), parts),
    words: readWords(reading, field(block, "words"), parts),
  };
  checkGroups(
    reading,
    groups,
    notice.recipients.map((each) => each.id),
  );
  if (!block.entries.has("page"))
    report(
      reading,
      "missing-key",
      start,
      "the notice needs `page`",
      "add `page:` with headings and the ids under them",
    );
  return { ...notice, spans: Object.fromEntries(reading.spans) };
}
