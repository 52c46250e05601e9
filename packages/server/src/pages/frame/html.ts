// What a view returns: text that is already escaped. Every view is a tagged template of `hono/html`, which escapes what it is given.
import type { html } from "hono/html";

export type Html = ReturnType<typeof html>;
