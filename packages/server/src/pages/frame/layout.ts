// The frame of every page: landmarks, skip link, one stylesheet, and at the foot whom to ask (clauses.md JP11).
import { html } from "hono/html";
import { linkOf } from "./format.ts";
import type { Html } from "./html.ts";
import { stylesheetPath } from "./stylesheet.ts";

export interface Frame {
  /** What the window is called. */
  readonly title: string;
  /** Whom to ask; of the notice the page is about, else of this installation's own. */
  readonly contact: string;
  readonly isOwner: boolean;
  /** `sheet` for prose with a margin, `stats` for a bulletin. */
  readonly kind: "sheet" | "stats";
  /** Extra words at the foot, e.g. the notice's version on a bulletin. */
  readonly foot?: Html;
  /** Where changes of what the page shows are told. */
  readonly feed?: string;
  /** Only the measured example has one. */
  readonly script?: Html;
}

export function layout(frame: Frame, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${frame.title}</title>
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${stylesheetPath}" />
        ${frame.feed === undefined ? "" : html`<link rel="alternate" type="application/atom+xml" title="Changes" href="${frame.feed}" />`}
        ${frame.script ?? ""}
      </head>
      <body class="${frame.kind === "stats" ? "stats" : "prose"}">
        <a class="skip" href="#content">Skip to the content</a>
        <header class="frame">
          <a class="home" href="/">Avow</a>
          <nav aria-label="This installation">${ownerLinks(frame.isOwner)}</nav>
        </header>
        <main id="content" tabindex="-1" class="${frame.kind === "stats" ? "bulletin" : "sheet"}">${body}</main>
        <footer class="frame">
          <span>Questions: ${contactLink(frame.contact)}</span>
          ${frame.foot ?? ""}
          <a class="no-print" href="/whose">Whose notice covers an address?</a>
        </footer>
      </body>
    </html> `;
}

export function contactLink(contact: string): Html {
  const href = linkOf(contact);
  return href === undefined ? html`${contact}` : html`<a href="${href}">${contact}</a>`;
}

function ownerLinks(isOwner: boolean): Html {
  if (!isOwner) return html`<a href="/sign-in">Owner: sign in</a>`;
  return html`<a href="/stats">Sites</a> <a href="/settings">Settings</a>
    <form method="post" action="/sign-out"><button class="word">Sign out</button></form>`;
}
