// The frame of every published page: landmarks, one stylesheet beside it, no script, and a policy that forbids everything else.
import type { Controller } from "../model/notice.ts";
import { type Markup, markup } from "./escape.ts";

export interface Page {
  readonly title: string;
  /** Whom to ask; absent on the list of notices. */
  readonly controller?: Controller;
  /** From this page to the root of the site: empty, `../`, `../../`. */
  readonly up: string;
  /** The feed of the notice the page is about, seen from the page. */
  readonly feed?: string;
}

const contentPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

export function pageHtml({ title, controller, up, feed }: Page, body: Markup): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="stylesheet" href="${up}avow.css">
${feed === undefined ? "" : markup`<link rel="alternate" type="application/atom+xml" title="Changes" href="${feed}">`}
</head>
<body class="prose">
<a class="skip" href="#content">Skip to the content</a>
<header class="frame"><a class="home" href="${up}index.html">Privacy notices</a></header>
<main id="content" tabindex="-1" class="sheet">
${body}
</main>
<footer class="frame">${controller === undefined ? "" : markup`<span>Questions: ${contact(controller)}</span>`}<span>Published with Avow. Check it: <code>avow verify</code></span></footer>
</body>
</html>
`.markup;
}

export function contact({ contact: address }: Controller): Markup {
  const href = linkOf(address);
  return href === undefined ? markup`${address}` : markup`<a href="${href}">${address}</a>`;
}

/** Links lead to https and to mail; what is neither stays words. */
function linkOf(text: string): string | undefined {
  if (/^https:\/\/[^\s"'<>]+$/i.test(text)) return text;
  return /^[^\s@:/?#&"'<>]+@[^\s@:/?#&"'<>]+$/.test(text) ? `mailto:${text}` : undefined;
}
