// The one stylesheet, read once; its address carries its hash, so that it may be kept for ever and is never stale.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Beside the source, which is published too: the compiler copies no stylesheets. */
const path = join(import.meta.dirname, "../../../src/pages/avow.css");

export const stylesheet = readFileSync(path, "utf8");
const hash = createHash("sha256").update(stylesheet).digest("hex").slice(0, 12);

export const stylesheetEtag = `"${hash}"`;
export const stylesheetPath = `/assets/avow.${hash}.css`;
